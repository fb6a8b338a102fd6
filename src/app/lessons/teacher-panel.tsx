import { Link } from 'lucide-react';
import { useId, useState } from 'react';
import type { FieldName } from '../../experiment/experiment.ts';
import { fieldNames, fields } from '../../experiment/fields.ts';
import { teachingHash } from '../../store/teaching.ts';
import { formatBytes } from '../look/format.ts';
import { kept } from '../parts/kept.ts';
import { Panel } from '../parts/panel.tsx';
import { Switch } from '../parts/switch.tsx';
import { usePlayground } from '../playground-context.ts';

const useWithLesson = kept(true);
const useLocks = kept<readonly FieldName[]>([]);
const useBudget = kept('');

/** Makes a link for a class: this experiment, this lesson, what may not be changed, how much memory a run may need. */
export function TeacherPanel() {
  const experiment = usePlayground((state) => state.experiment);
  const lesson = usePlayground((state) => state.lesson);
  const taught = usePlayground((state) => state.teaching);
  // Between them a teacher looks at the controls on another screen.
  const [withLesson, setWithLesson] = useWithLesson();
  const [locks, setLocks] = useLocks();
  const [budget, setBudget] = useBudget();
  const [said, setSaid] = useState('');
  const id = useId();
  const megabytes = Number(budget);
  const refused = budget !== '' && !(megabytes > 0);
  const address = new URL(
    teachingHash(experiment, {
      lesson: withLesson ? lesson.name : undefined,
      step: withLesson ? lesson.step : 0,
      locks,
      memoryBudget: budget === '' || refused ? undefined : Math.round(megabytes * 1e6),
    }),
    location.href,
  ).href;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(address);
      setSaid('Copied');
    } catch {
      setSaid('Select the link and copy it');
    }
  };
  if (taught !== undefined && (taught.locks.length > 0 || taught.memoryBudget !== undefined)) {
    const locked = taught.locks.map((name) => fields[name].title).join(', ');
    return (
      <Panel label="For a class">
        <p>
          This page was opened by a teacher's link.{locked !== '' && ` Locked: ${locked}.`}
          {taught.memoryBudget !== undefined && ` Memory budget of a run: ${formatBytes(taught.memoryBudget)}.`} It
          holds for every run here, resumed and imported ones too.
        </p>
      </Panel>
    );
  }
  return (
    <Panel label="For a class">
      <p className="soft">
        A link that opens the experiment in the controls as you set it here. It holds no images and no weights.
      </p>
      <div className="stack teacher">
        <div className="row">
          <Switch id={`${id}-lesson`} checked={withLesson} onSwitch={setWithLesson} />
          <label htmlFor={`${id}-lesson`}>Open this lesson, at step {lesson.step + 1}</label>
        </div>
        <div className="row">
          <label htmlFor={`${id}-budget`}>Memory budget of a run, MB</label>
          <input
            id={`${id}-budget`}
            className="teacher-budget"
            inputMode="decimal"
            value={budget}
            placeholder="none"
            aria-invalid={refused || undefined}
            aria-describedby={refused ? `${id}-refused` : undefined}
            onChange={(event) => setBudget(event.target.value)}
          />
        </div>
        {refused && (
          <p id={`${id}-refused`} role="alert">
            The budget must be a number of megabytes above 0, or empty for none.
          </p>
        )}
        <fieldset className="teacher-locks">
          <legend>Lock these fields</legend>
          {fieldNames.map((name) => (
            <label key={name} className="teacher-lock">
              <input
                type="checkbox"
                checked={locks.includes(name)}
                onChange={(event) =>
                  setLocks(event.target.checked ? [...locks, name] : locks.filter((other) => other !== name))
                }
              />
              {fields[name].title}
            </label>
          ))}
        </fieldset>
        <div className="row">
          <button type="button" className="button button-solid" onClick={() => void copy()}>
            <Link aria-hidden /> Copy link for the class
          </button>
          <input className="teacher-link" aria-label="Link for the class" readOnly value={address} />
          <span aria-live="polite">{said}</span>
        </div>
      </div>
    </Panel>
  );
}
