import { useEffect, useId, useState } from 'react';
import {
  type ExportFormatName,
  type ExportOptions,
  exportFormatNames,
  exportFormats,
  plainExport,
} from '../../runs/export-formats.ts';
import { download } from '../header/download.ts';
import { formatBytes } from '../look/format.ts';
import { ProblemNote } from '../parts/problem-note.tsx';
import { Switch } from '../parts/switch.tsx';
import { useActions, usePlayground } from '../playground-context.ts';
import './export.css';

/** What the options mean, where a format knows them. */
const optionWords: Readonly<Record<keyof ExportOptions, { readonly label: string; readonly help: string }>> = {
  earlyExits: {
    label: 'Early exits',
    help: "Every module's auxiliary classifiers and probe as further outputs, where they give logits",
  },
  optimiser: {
    label: "Optimiser's state",
    help: 'Velocities too, so that training goes on exactly; the file is about twice as large',
  },
  images: {
    label: 'Images of the run',
    help: 'The training and test images too, so that train.py needs nothing else. Mind the terms of the data set',
  },
};

/** Formats and options to choose, and the button that makes the file; inside a dialog. `other`: not the live run. */
export function ExportForm({ other }: { readonly other?: { readonly id: string; readonly file: string } }) {
  const [format, setFormat] = useState<ExportFormatName>(other === undefined ? 'safetensors' : 'run');
  const [options, setOptions] = useState(plainExport);
  const exporting = usePlayground((state) => state.exporting);
  const actions = useActions();
  const { dismiss } = actions;
  // What went wrong with another file is none of this one's.
  useEffect(() => dismiss('export'), [dismiss]);
  const { options: known, title } = exportFormats[format];
  const when = other === undefined ? 'after the step under way; training goes on' : 'of its last checkpoint';
  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          actions.export(format, options, other);
        }}
      >
        <fieldset className="export-formats">
          <legend className="visually-hidden">Format</legend>
          {exportFormatNames.map((name) => (
            <FormatChoice key={name} name={name} chosen={name === format} onChoose={setFormat} />
          ))}
        </fieldset>
        {known.map((option) => (
          <OptionSwitch
            key={option}
            option={option}
            on={options[option]}
            onSwitch={(on) => setOptions({ ...options, [option]: on })}
          />
        ))}
        <div className="row export-end">
          <button
            type="submit"
            className="button button-solid"
            disabled={exporting !== undefined}
            title={`Makes ${exportFormats[format].file} ${when}`}
          >
            {exporting === undefined ? `Download ${title}` : 'Being made...'}
          </button>
          <Made />
        </div>
      </form>
      <ProblemNote place="export" />
    </>
  );
}

function FormatChoice({
  name,
  chosen,
  onChoose,
}: {
  readonly name: ExportFormatName;
  readonly chosen: boolean;
  onChoose(name: ExportFormatName): void;
}) {
  const id = useId();
  const { title, help } = exportFormats[name];
  return (
    <div className={`export-format ${chosen ? 'export-chosen' : ''}`}>
      <input
        id={id}
        type="radio"
        name="export-format"
        checked={chosen}
        aria-describedby={`${id}-help`}
        onChange={() => onChoose(name)}
      />
      <div>
        <label htmlFor={id}>{title}</label>
        <p id={`${id}-help`} className="soft">
          {help}
        </p>
      </div>
    </div>
  );
}

function OptionSwitch({
  option,
  on,
  onSwitch,
}: {
  readonly option: keyof ExportOptions;
  readonly on: boolean;
  onSwitch(on: boolean): void;
}) {
  const id = useId();
  const { label, help } = optionWords[option];
  return (
    <div className="row export-option" title={help}>
      <Switch id={id} checked={on} onSwitch={onSwitch} aria-describedby={`${id}-help`} />
      <label htmlFor={id}>{label}</label>
      <span id={`${id}-help`} className="soft">
        {help}
      </span>
    </div>
  );
}

/** The file made last: its size, and once more to download. */
function Made() {
  const exported = usePlayground((state) => state.exported);
  return (
    <div aria-live="polite">
      {exported !== undefined && (
        <button
          type="button"
          className="button"
          title="Downloads it again, if the browser held it back"
          onClick={() => download(exported.content, exported.name)}
        >
          {exported.name} ({formatBytes(exported.content.size)})
        </button>
      )}
    </div>
  );
}
