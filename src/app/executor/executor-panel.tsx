import { deviceInWords } from '../../runtime/executor.ts';
import type { ExecutorChoice } from '../../worker/protocol.ts';
import { Panel } from '../parts/panel.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import { useActions, usePlayground } from '../playground-context.ts';
import { computedInWords } from '../runs/computed-words.ts';
import { DeviceReport } from './device-report.tsx';
import { SettingsFields } from './settings-fields.tsx';
import { WebgpuNote } from './webgpu-note.tsx';

const none: readonly never[] = [];

/** What trains, on which device and why, and what else could. */
export function ExecutorPanel() {
  const run = usePlayground((state) => state.run);
  const choice = usePlayground((state) => state.executor);
  const begun = usePlayground((state) => (state.progress?.step ?? 0) > 0);
  const report = usePlayground((state) => state.progress?.device);
  const opening = usePlayground((state) => state.opening);
  const { chooseExecutor, reopen } = useActions();
  const executors = run?.executors ?? none;
  const names: readonly ExecutorChoice[] = ['auto', ...executors.map(({ name }) => name)];
  const usable = (name: ExecutorChoice) => executors.find((executor) => executor.name === name)?.usable ?? true;
  const waits = usePlayground((state) => state.run !== undefined && state.executor !== state.openedWith) && begun;
  return (
    <Panel label="Executor">
      <div className="stack">
        <ProblemNote place="executor" reportable />
        <p>
          <strong>{run?.executor ?? 'none yet'}</strong>
          {run && <span className="soft"> on {deviceInWords(run)}</span>}
        </p>
        {run?.note && <p className="soft">{run.note}</p>}
        {run !== undefined && run.record.handovers.length > 0 && (
          <ul className="soft computed-on" aria-label="Computed on" title="As the run's record and its exports say">
            {computedInWords(run.record).map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        )}
        {run && <WebgpuNote run={run} />}
        <div className="row">
          <label htmlFor="executor">Run on</label>
          <select
            id="executor"
            className="input select"
            value={choice}
            disabled={opening}
            onChange={(event) => chooseExecutor(event.target.value as ExecutorChoice)}
          >
            {names.map((name) => (
              <option key={name} value={name} disabled={!usable(name)}>
                {name === 'auto' ? 'auto: the best here' : name}
                {usable(name) ? '' : ' (not here)'}
              </option>
            ))}
          </select>
          {waits && (
            <button type="button" className="button button-small" onClick={reopen}>
              Reopen on {choice}, from step 0
            </button>
          )}
        </div>
        {report && <DeviceReport report={report} />}
        <SettingsFields />
        <details>
          <summary>What this browser offers</summary>
          <dl className="executors">
            {executors.map(({ name, usable: can, reason }) => (
              <div key={name}>
                <dt>
                  {name} <span className="soft">{can ? 'usable' : 'not usable'}</span>
                </dt>
                <dd className="soft">{reason}</dd>
              </div>
            ))}
          </dl>
        </details>
      </div>
    </Panel>
  );
}
