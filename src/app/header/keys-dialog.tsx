import { PageDialog } from '../parts/page-dialog.tsx';
import { Switch } from '../parts/switch.tsx';
import { otherKeys, shortcuts } from '../transport/shortcuts.ts';

/** All keys of the page, and the switch that turns the single keys off. */
export function KeysDialog({
  open,
  on,
  onOpenChange,
  onSwitch,
}: {
  readonly open: boolean;
  readonly on: boolean;
  onOpenChange(open: boolean): void;
  onSwitch(on: boolean): void;
}) {
  const lines = [...shortcuts.map(({ name, words }) => ({ names: [name], words })), ...otherKeys];
  return (
    <PageDialog title="Keyboard" opening={{ open, onOpenChange }}>
      <table className="keys">
        <tbody>
          {lines.map(({ names, words }) => (
            <tr key={words}>
              <th scope="row">
                {names.map((name) => (
                  <kbd key={name} className="key">
                    {name}
                  </kbd>
                ))}
              </th>
              <td>{words}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="row keys-switch">
        <Switch id="single-keys" checked={on} onSwitch={onSwitch} />
        <label htmlFor="single-keys">Single keys work anywhere on the page</label>
      </div>
    </PageDialog>
  );
}
