import { useId, useState } from 'react';
import { parseSettings, type Settings } from '../../runs/settings.ts';
import { NumberInput } from '../controls/number-input.tsx';
import { Tip } from '../parts/tip.tsx';
import { useActions, usePlayground } from '../playground-context.ts';

/** How runs are kept on this device: of the browser, not of an experiment. */
export function SettingsFields() {
  const settings = usePlayground((state) => state.settings);
  return (
    <fieldset className="stack" aria-label="Settings of this browser">
      <Field
        label="Seconds between checkpoints"
        help="1 to 3600. Applies now. A run goes on from its last checkpoint after a reload, a crash or a lost device."
        value={settings.checkpointSeconds}
        whole={false}
        change={(checkpointSeconds) => ({ ...settings, checkpointSeconds })}
      />
      <Field
        label="Memory budget, MB"
        help="What a training step may need by its plan; 0: no limit. Applies when a run is opened or rebuilt, which is refused where it needs more. Where a teacher's link sets one too, the smaller counts."
        value={settings.memoryBudget ?? 0}
        whole
        change={(budget) => ({ ...settings, memoryBudget: budget === 0 ? undefined : budget })}
      />
    </fieldset>
  );
}

function Field({
  label,
  help,
  value,
  whole,
  change,
}: {
  readonly label: string;
  readonly help: string;
  readonly value: number;
  readonly whole: boolean;
  change(value: number): Settings;
}) {
  const { configure } = useActions();
  const [refused, setRefused] = useState(false);
  const id = useId();
  return (
    <div className="row">
      <label htmlFor={id}>{label}</label>
      <Tip content={help}>
        <span>
          <NumberInput
            id={id}
            value={value}
            whole={whole}
            disabled={false}
            aria-describedby={`${id}-help`}
            {...(refused ? { 'aria-invalid': true } : {})}
            onCommit={(number) => {
              const settings = parseSettings(change(number));
              setRefused(settings === undefined);
              if (settings !== undefined) configure(settings);
              return settings !== undefined;
            }}
            onForgive={() => setRefused(false)}
          />
        </span>
      </Tip>
      <span id={`${id}-help`} className={refused ? 'bad' : 'soft visually-hidden'}>
        {help}
      </span>
    </div>
  );
}
