import { fields } from '../../experiment/fields.ts';
import { Switch } from '../parts/switch.tsx';
import { usePlayground } from '../playground-context.ts';
import { type ControlName, type FieldKind, fieldKinds } from './field-kinds.ts';
import { describedBy, FieldRow } from './field-row.tsx';
import { FieldSlider } from './field-slider.tsx';
import { NumberInput } from './number-input.tsx';
import { SizeInput } from './size-input.tsx';
import { useField } from './use-field.ts';

/** One field of the experiment with its label, help and control. */
export function FieldControl({ name }: { readonly name: ControlName }) {
  const kind = fieldKinds[name];
  return (
    <FieldRow name={name} group={kind.kind === 'numbers'}>
      <Control name={name} kind={kind} />
    </FieldRow>
  );
}

function Control({ name, kind }: { readonly name: ControlName; readonly kind: FieldKind }) {
  const { value, off, refused, set, forgive } = useField(name);
  const common = { id: `field-${name}`, disabled: off, ...describedBy(name, refused) };
  switch (kind.kind) {
    case 'choice':
      return <Choice name={name} kind={kind} />;
    case 'switch':
      return <Switch {...common} checked={value === true} onSwitch={set} />;
    case 'number':
      return (
        <>
          {kind.slider && (
            <FieldSlider name={name} value={Number(value)} range={kind.slider} disabled={off} onChange={set} />
          )}
          <NumberInput {...common} value={Number(value)} whole={kind.whole} onCommit={set} onForgive={forgive} />
        </>
      );
    case 'size':
      return <SizeInput {...common} value={value as number | 'all'} onCommit={set} onForgive={forgive} />;
    case 'numbers': {
      const numbers = value as readonly number[];
      return (
        <fieldset className="numbers" aria-labelledby={`label-${name}`} aria-describedby={common['aria-describedby']}>
          {kind.parts.map((part, index) => (
            <NumberInput
              key={part}
              aria-label={`${fields[name].title}, ${part}`}
              aria-invalid={common['aria-invalid']}
              disabled={off}
              value={numbers[index] as number}
              whole={kind.whole}
              onCommit={(number) => set(numbers.with(index, number))}
              onForgive={forgive}
            />
          ))}
        </fieldset>
      );
    }
  }
}

function Choice({ name, kind }: { readonly name: ControlName; readonly kind: Extract<FieldKind, { kind: 'choice' }> }) {
  const experiment = usePlayground((state) => state.experiment);
  const { value, off, refused, set } = useField(name);
  const read = (text: string) => (kind.numeric && text !== 'all' ? Number(text) : text);
  return (
    <select
      id={`field-${name}`}
      className="input select"
      disabled={off}
      {...describedBy(name, refused)}
      value={String(value)}
      onChange={(event) => set(read(event.target.value))}
    >
      {kind.options(experiment).map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
