import * as v from 'valibot';

/** How runs are kept on this device; no part of an experiment. */
export interface Settings {
  /** Seconds of training between two checkpoints, 1 to 3600. */
  readonly checkpointSeconds: number;
  /** What a step's plan may come to, in MB (1e6 bytes); left out: whatever there is. */
  readonly memoryBudget?: number | undefined;
}

export const startingSettings: Settings = { checkpointSeconds: 30 };

const settingsSchema = v.object({
  checkpointSeconds: v.pipe(v.number(), v.minValue(1), v.maxValue(3600)),
  memoryBudget: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(1e6))),
});

/** Settings read from somewhere; undefined where they are none. */
export function parseSettings(data: unknown): Settings | undefined {
  const parsed = v.safeParse(settingsSchema, data);
  return parsed.success ? parsed.output : undefined;
}
