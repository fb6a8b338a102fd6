import { useMemo } from 'react';
import { changedFields } from '../../experiment/changes.ts';
import { presetExperiment, presetGroups, suggestedPresets } from '../../experiment/presets.ts';
import { useActions, usePlayground } from '../playground-context.ts';

/** Picks a whole experiment by name; says "own settings" once it was edited. */
export function PresetPicker() {
  const experiment = usePlayground((state) => state.experiment);
  const { choosePreset } = useActions();
  const current = useMemo(
    () =>
      suggestedPresets.find((name) => {
        const preset = presetExperiment(name);
        return preset.ok && changedFields(preset.value, experiment).length === 0;
      }),
    [experiment],
  );
  return (
    <div className="field-line preset">
      <label className="field-name" htmlFor="preset">
        Preset
      </label>
      <select
        id="preset"
        className="input select"
        value={current ?? ''}
        onChange={(event) => {
          if (event.target.value !== '') choosePreset(event.target.value);
        }}
      >
        {current === undefined && <option value="">own settings</option>}
        {presetGroups.map(({ title, names }) => (
          <optgroup key={title} label={title}>
            {names.map((name) => (
              <option key={name} value={name}>
                {name === 'quick' ? 'quick (built-in shapes, seconds)' : name}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </div>
  );
}
