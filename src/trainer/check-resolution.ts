import { fail, ok, type Result } from '../base/result.ts';
import { largestTrained, type Resolution } from '../experiment/data-sets.ts';

/** Refuses resolutions that are for plans only. */
export function checkResolution(resolution: Resolution): Result<void> {
  if (resolution <= largestTrained) return ok(undefined);
  return fail(
    `resolution = ${resolution} can be planned, not trained here. Choose ${largestTrained} or less to train.`,
    'resolution',
  );
}
