import type { ComponentProps } from 'react';

/** On or off, applied at once. */
export function Switch({
  checked,
  onSwitch,
  ...rest
}: Omit<ComponentProps<'input'>, 'checked' | 'onChange'> & { readonly checked: boolean; onSwitch(on: boolean): void }) {
  return (
    <input
      {...rest}
      type="checkbox"
      role="switch"
      className="switch"
      checked={checked}
      aria-checked={checked}
      onChange={(event) => onSwitch(event.target.checked)}
    />
  );
}
