import type { ReactNode } from 'react';
import { fields } from '../../experiment/fields.ts';
import { meaningless } from '../../store/meaning.ts';
import { waitingFields } from '../../store/state.ts';
import { lockedReason } from '../../store/teaching.ts';
import { Tip } from '../parts/tip.tsx';
import { usePlayground } from '../playground-context.ts';
import { effects } from './effect.ts';
import type { ControlName } from './field-kinds.ts';

/** A field's name, symbol and effect beside its control, what it does in a tooltip, and under it why a value was refused. */
export function FieldRow({
  name,
  group = false,
  children,
}: {
  readonly name: ControlName;
  /** Several inputs: the name then labels the group. */
  readonly group?: boolean;
  readonly children: ReactNode;
}) {
  const { title, symbol, unit, range, effect, help, formula, source } = fields[name];
  const reason = usePlayground((state) => lockedReason(state.teaching, name) ?? meaningless(state.experiment, name));
  const refusal = usePlayground((state) => state.refusals[name]);
  const waits = usePlayground((state) => waitingFields(state).includes(name));
  const { words, icon: Icon } = effects[effect];
  const Name = group ? 'span' : 'label';
  const content = (
    <>
      <div className="tooltip-title">
        {title} {symbol && <span className="symbol">{symbol}</span>} {unit && <span className="soft">in {unit}</span>}
      </div>
      {reason && <div>Off: {reason}</div>}
      <div>{help}</div>
      {formula && <div className="formula">{formula}</div>}
      {source && <div className="soft">{source}.</div>}
      <div className="soft">Takes {range}.</div>
      <div className="badge">
        <Icon aria-hidden /> {words}
      </div>
    </>
  );
  return (
    <div className="field" data-off={reason !== undefined} data-waits={waits}>
      <Tip side="right" content={content}>
        <div className="field-line">
          <Name className="field-name" id={`label-${name}`} {...(group ? {} : { htmlFor: `field-${name}` })}>
            {title}
          </Name>
          {symbol && <span className="symbol field-symbol">{symbol}</span>}
          <Icon aria-hidden className="field-effect" />
          <div className="field-control">{children}</div>
        </div>
      </Tip>
      <span id={`help-${name}`} hidden>
        {reason ? `Off: ${reason} ` : ''}
        {help} {formula ? `Formula: ${formula}. ` : ''}
        {source ? `From ${source}. ` : ''}
        {unit ? `In ${unit}. ` : ''}Takes {range}. {words}.
      </span>
      {refusal !== undefined && (
        <p className="field-refusal" id={`refusal-${name}`} role="alert">
          {refusal}
        </p>
      )}
    </div>
  );
}

/** Attributes that tie an input to its help and refusal. */
export const describedBy = (name: ControlName, refused: boolean) => ({
  'aria-describedby': refused ? `refusal-${name} help-${name}` : `help-${name}`,
  'aria-invalid': refused || undefined,
});
