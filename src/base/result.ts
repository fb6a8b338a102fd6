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
  /** What kind of trouble it is, where the way on depends on it. */
  readonly fault?: Fault;
  /** Lines to copy that mend it elsewhere. */
  readonly code?: string;
  /** Lists too long for the message, which says how much there is of each. */
  readonly details?: readonly Detail[];
  /** Ways on that were found to help. */
  readonly remedies?: readonly Remedy[];
}

/** Items of one kind that a problem is about. */
export interface Detail {
  /** What they are and how many: "It lacks 20 tensors". */
  readonly summary: string;
  readonly items: readonly string[];
}

/** A way on: an experiment that would do. */
export interface Remedy {
  /** For a button: "batch 32, 120 MB". */
  readonly words: string;
  /** All fields; checked again where it is used. */
  readonly experiment: Readonly<Record<string, unknown>>;
}

/**
 * Troubles that can meet a run through nobody's mistake: its numbers are none any more, the GPU device or the worker is
 * gone, there is no memory (of the device, or by the budget the user set) or no space to store it.
 */
export type Fault = 'diverged' | 'device-lost' | 'worker-lost' | 'out-of-memory' | 'over-budget' | 'storage-full';

export const ok = <Value>(value: Value): { readonly ok: true; readonly value: Value } => ({ ok: true, value });

export const fail = (message: string, where?: string): { readonly ok: false; readonly error: Problem } => ({
  ok: false,
  error: where === undefined ? { message } : { message, where },
});

/** A failure of a kind that has a way on of its own. */
export const failWith = (
  fault: Fault,
  message: string,
  where?: string,
): { readonly ok: false; readonly error: Problem } => ({
  ok: false,
  error: { ...fail(message, where).error, fault },
});

/** The value of a result that cannot have failed; a failure here is a bug and throws. */
export const expectOk = <Value>(result: Result<Value>): Value => {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};
