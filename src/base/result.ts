/** A value, or a failure the user can cause and mend. Throws are for bugs. */
export type Result<Value, Failure = Problem> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: Failure };

/** What went wrong, where, and what to do, in words a user understands. */
export interface Problem {
  /** One or two sentences: what was refused, why, and the remedy. */
  readonly message: string;
  /** The file, field or graph node it was found in. */
  readonly where?: string;
}

export const ok = <Value>(value: Value): { readonly ok: true; readonly value: Value } => ({ ok: true, value });

export const fail = (message: string, where?: string): { readonly ok: false; readonly error: Problem } => ({
  ok: false,
  error: where === undefined ? { message } : { message, where },
});

/** The value of a result that cannot have failed; a failure here is a bug and throws. */
export const expectOk = <Value>(result: Result<Value>): Value => {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};
