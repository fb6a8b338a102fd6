import type { Experiment } from '../../experiment/experiment.ts';
import { meaningless } from '../../store/meaning.ts';
import { lockedReason } from '../../store/teaching.ts';
import { useActions, usePlayground } from '../playground-context.ts';
import type { ControlName } from './field-kinds.ts';

/** What every control needs of its field. */
export interface FieldState {
  readonly value: Experiment[ControlName];
  /** Changes nothing at present. */
  readonly off: boolean;
  readonly refused: boolean;
  /** Tries a value; false where it was refused, which is then said at the field. */
  set(value: unknown): boolean;
  /** Takes back a refusal. */
  forgive(): void;
}

export function useField(name: ControlName): FieldState {
  const value = usePlayground((state) => state.experiment[name]);
  const off = usePlayground(
    (state) => (lockedReason(state.teaching, name) ?? meaningless(state.experiment, name)) !== undefined,
  );
  const refused = usePlayground((state) => state.refusals[name] !== undefined);
  const { change, refuse } = useActions();
  return {
    value,
    off,
    refused,
    set: (next) => change({ [name]: next }),
    forgive: () => refuse(name, undefined),
  };
}
