import { formatBytes, formatWhole } from '../look/format.ts';
import { Panel } from '../parts/panel.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import { useActions, usePlayground } from '../playground-context.ts';
import { FilePicker } from './file-picker.tsx';
import { Samples } from './samples.tsx';
import './data.css';

/** Where images come from, and the set of the live run. */
export function DataPanel() {
  const data = usePlayground((state) => state.run?.data);
  const loaded = usePlayground((state) => state.loadedData);
  const served = usePlayground((state) => state.served);
  const loading = usePlayground((state) => state.loadingData);
  const share = usePlayground((state) => (state.loadingData ? state.preparing?.share : undefined));
  const { loadServed } = useActions();
  const shown = loaded !== undefined && data?.name !== loaded.name ? [data, loaded] : [data];
  return (
    <Panel label="Data">
      <div className="stack">
        <ProblemNote place="data" />
        {served.length > 0 && loaded === undefined && (
          <button type="button" className="button" disabled={loading} onClick={loadServed}>
            Load from the server&rsquo;s folder ({formatBytes(served.reduce((sum, file) => sum + file.size, 0))})
          </button>
        )}
        <FilePicker disabled={loading} />
        {loading && (
          <div className="row">
            <progress
              className="bar"
              aria-label="Reading CIFAR-10"
              max={1}
              {...(share === undefined ? {} : { value: share })}
            />
            <span>Reading CIFAR-10 {share === undefined ? '' : `${Math.floor(share * 100)}\u00a0%`}</span>
          </div>
        )}
        {shown.map((info, index) =>
          info === undefined ? null : (
            <div key={info.name} className="stack data-set">
              <h3>
                {info.title} <span className="soft">{index === 0 ? 'in this run' : 'loaded, not in this run yet'}</span>
              </h3>
              <p>
                {formatWhole(info.trainCount)} training and {formatWhole(info.testCount)} test images of{' '}
                {info.classNames.length} classes, {info.samples.size}&times;{info.samples.size}.
              </p>
              <Samples info={info} />
              {info.notes.map((note) => (
                <p key={note}>{note}</p>
              ))}
              <details>
                <summary>Checksum and terms</summary>
                <p className="checksum">{info.checksum}</p>
                <p>{info.terms}</p>
              </details>
            </div>
          ),
        )}
      </div>
    </Panel>
  );
}
