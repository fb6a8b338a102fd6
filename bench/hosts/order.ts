import type { Measurement } from '../measurement.ts';

/** What the program of a host is told, as JSON in its first argument. */
export interface Order {
  readonly measurement: Measurement;
  /** Vulkan driver description for Dawn; left out: the machine's own drivers. */
  readonly icd?: string;
  /** Folder of CIFAR-10's files. */
  readonly data?: string;
}
