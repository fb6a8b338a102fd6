import { dataSets } from '../../experiment/data-sets.ts';
import type { CutWord } from '../../experiment/networks.ts';
import { experimentInWords } from '../../store/compare/experiment-words.ts';
import type { SweepChoice, SweepMethod } from '../../store/sweep/sweep-plan.ts';
import { formatBytes, formatSeconds } from '../look/format.ts';
import { Note } from '../parts/note.tsx';
import { Panel } from '../parts/panel.tsx';
import { Tip } from '../parts/tip.tsx';
import { useActions, usePlayground } from '../playground-context.ts';
import { cutChoices, methodChoices } from './method-choices.ts';
import { SweepPlanTable } from './sweep-plan-table.tsx';
import { useSweepPlan } from './use-sweep-plan.ts';
import './sweep.css';

const toggled = <Value,>(values: readonly Value[], value: Value): readonly Value[] =>
  values.includes(value) ? values.filter((other) => other !== value) : [...values, value];

/** Sets up a sweep over K, methods and seeds, and shows its runs with memory and time before they are queued. */
export function SweepPanel() {
  const choice = usePlayground((state) => state.runsView.sweep);
  const { methods, cuts, seeds } = choice;
  const { members, refused, sharedBp } = useSweepPlan(choice);
  const experiment = usePlayground((state) => state.experiment);
  const { addToQueue, viewRuns } = useActions();
  const choose = (change: Partial<SweepChoice>) => viewRuns({ sweep: { ...choice, ...change } });
  const seconds = members.every((member) => member.seconds !== undefined)
    ? members.reduce((sum, member) => sum + (member.seconds ?? 0), 0)
    : undefined;
  const most = Math.max(...members.map(({ preview }) => preview?.peakBytes ?? 0));
  return (
    <Panel label="Sweep" className="sweep">
      <div className="stack">
        <p className="soft">
          Everything else as in the controls: {experimentInWords(experiment)}, {experiment.epochs}{' '}
          {experiment.epochs === 1 ? 'epoch' : 'epochs'} of {dataSets[experiment.data].title}.
        </p>
        <fieldset className="stack">
          <legend>Modules K</legend>
          <div className="row">
            {cutChoices.map(({ cuts: word, title }) => (
              <label key={word} className="choice">
                <input
                  type="checkbox"
                  checked={cuts.includes(word)}
                  onChange={() => choose({ cuts: toggled(cuts, word) })}
                />
                {title}
              </label>
            ))}
          </div>
          {cuts.length === 0 && <p className="soft">None chosen: as in the controls.</p>}
        </fieldset>
        <fieldset className="stack">
          <legend>Methods</legend>
          <div className="method-choices">
            {methodChoices.map(({ method, title, help }) => (
              <Tip key={method} content={help} side="right">
                <label className="choice">
                  <input
                    type="checkbox"
                    checked={methods.includes(method)}
                    onChange={() => choose({ methods: toggled(methods, method) })}
                  />
                  {title}
                </label>
              </Tip>
            ))}
          </div>
        </fieldset>
        <label className="row">
          Seeds
          <input
            className="input seeds-input"
            type="number"
            min={1}
            max={20}
            value={seeds}
            onChange={(event) =>
              choose({ seeds: Math.max(1, Math.min(20, Math.floor(Number(event.target.value)) || 1)) })
            }
          />
          <span className="soft">from seed {experiment.seed} on; results as mean and spread</span>
        </label>
        <SweepPlanTable members={members} />
        {sharedBp > 0 && (
          <p className="soft">
            K = 1 is back-propagation for every method: trained once, and drawn as a point of all {sharedBp}.
          </p>
        )}
        {refused.map(({ title, message }) => (
          <Note key={title} kind="plain">
            <p>
              Left out: {title}. {message}
            </p>
          </Note>
        ))}
        <div className="row">
          <button
            type="button"
            className="button button-solid"
            disabled={members.length === 0}
            onClick={() => {
              const group = groupName(members.length, methods, cuts, seeds);
              addToQueue(members.map(({ title, experiment: one }) => ({ title, group, experiment: one })));
            }}
          >
            Queue {members.length} {members.length === 1 ? 'run' : 'runs'}
          </button>
          <span className="sweep-cost" aria-live="polite">
            about {formatSeconds(seconds)}, {formatBytes(most || undefined)} at most
          </span>
        </div>
      </div>
    </Panel>
  );
}

/** What the runs of a sweep are grouped under. */
function groupName(
  count: number,
  methods: readonly SweepMethod[],
  cuts: readonly CutWord[],
  seeds: number,
): string | undefined {
  if (count < 2) return undefined;
  const parts = [
    ...(cuts.length > 0 ? [`K = ${cuts.map((word) => word.replace(/^k/, '')).join(', ')}`] : []),
    ...(methods.length > 1 ? [`${methods.length} methods`] : []),
    ...(seeds > 1 ? [`${seeds} seeds`] : []),
  ];
  const time = new Date().toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return `${parts.join('; ')} (${time})`;
}
