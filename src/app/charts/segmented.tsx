import { useId } from 'react';

/** One of a few choices, as radio buttons side by side. */
export function Segmented<Value extends string>({
  label,
  value,
  choices,
  onChange,
}: {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly (readonly [value: Value, words: string])[];
  onChange(value: NoInfer<Value>): void;
}) {
  // One name for all, so that arrow keys go from choice to choice.
  const name = useId();
  return (
    <fieldset className="segmented">
      <legend className="visually-hidden">{label}</legend>
      {choices.map(([choice, words]) => (
        <label key={choice} className="segment">
          <input
            type="radio"
            name={name}
            className="visually-hidden"
            checked={value === choice}
            onChange={() => onChange(choice)}
          />
          <span>{words}</span>
        </label>
      ))}
    </fieldset>
  );
}
