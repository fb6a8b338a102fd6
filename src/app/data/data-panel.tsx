import type { DataInfo } from '../../worker/protocol.ts';
import { Segmented } from '../charts/segmented.tsx';
import { formatWhole } from '../look/format.ts';
import { kept } from '../parts/kept.ts';
import { Panel } from '../parts/panel.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import { useActions, usePlayground } from '../playground-context.ts';
import { DataLoader } from './data-loader.tsx';
import { DataSet } from './data-set.tsx';
import './data.css';

/** Checksum of the set that is looked at. */
const useWanted = kept<string | undefined>(undefined);

/** Where images come from, and a look at the sets that are here: the live run's and those loaded. */
export function DataPanel() {
  const own = usePlayground((state) => state.run?.data);
  const loaded = usePlayground((state) => state.loadedData);
  const [wanted, setWanted] = useWanted();
  const ofRun = usePlayground((state) => state.dataOfRun);
  // What the run trains on is shown as the run has it: with its subset and its validation part.
  const sets = [...(own === undefined ? [] : [own]), ...loaded.filter((set) => set !== ofRun)];
  const shown = sets.find(({ checksum }) => checksum === wanted) ?? sets[0];
  return (
    <Panel label="Data">
      <div className="stack">
        <ProblemNote place="data" />
        <DataLoader />
        {sets.length > 1 && shown !== undefined && (
          <Segmented
            label="Data set to look at"
            value={shown.checksum}
            choices={sets.map((set) => [set.checksum, nameIn(sets, set)] as const)}
            onChange={setWanted}
          />
        )}
        {shown !== undefined && <DataSet key={shown.checksum} info={shown} inRun={shown === own} />}
        {shown !== undefined && shown !== own && <Choose info={shown} replaces={shown.name === own?.name} />}
      </div>
    </Panel>
  );
}

/** Its title, and with others of that title how many images it has. */
function nameIn(sets: readonly DataInfo[], { title, trainCount }: DataInfo): string {
  const several = sets.filter((set) => set.title === title).length > 1;
  return several ? `${title} (${formatWhole(trainCount)})` : title;
}

/** Trains on a set that is loaded and that the live run does not use; one of the same name can only be taken by a new run. */
function Choose({ info, replaces }: { readonly info: DataInfo; readonly replaces: boolean }) {
  const { chooseLoaded } = useActions();
  if (info.trainCount === 0) return null;
  return (
    <button
      type="button"
      className="button"
      title={replaces ? 'Starts a new run with these images' : 'Chooses it in the controls'}
      onClick={() => chooseLoaded(info)}
    >
      {replaces ? `Start a new run on these ${formatWhole(info.trainCount)} images` : `Train on ${info.title}`}
    </button>
  );
}
