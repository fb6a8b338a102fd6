import type { Finding, Measurement } from '../measurement.ts';

export type BenchRequest =
  | { readonly kind: 'measure'; readonly measurement: Measurement }
  /** Trains until the page goes. */
  | { readonly kind: 'train'; readonly measurement: Measurement };

export type BenchAnswer =
  | { readonly kind: 'found'; readonly findings: Finding[] }
  | { readonly kind: 'stepped' }
  | { readonly kind: 'failed'; readonly message: string };
