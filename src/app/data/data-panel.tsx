import { useState } from 'react';
import type { DataInfo } from '../../worker/protocol.ts';
import { Segmented } from '../charts/segmented.tsx';
import { Panel } from '../parts/panel.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import { useActions, usePlayground } from '../playground-context.ts';
import { DataLoader } from './data-loader.tsx';
import { DataSet } from './data-set.tsx';
import './data.css';

/** Where images come from, and a look at the sets that are here: the live run's and those loaded. */
export function DataPanel() {
  const own = usePlayground((state) => state.run?.data);
  const loaded = usePlayground((state) => state.loadedData);
  const [wanted, setWanted] = useState<string>();
  const sets = [...(own === undefined ? [] : [own]), ...loaded.filter(({ name }) => name !== own?.name)];
  const shown = sets.find(({ name }) => name === wanted) ?? sets[0];
  return (
    <Panel label="Data">
      <div className="stack">
        <ProblemNote place="data" />
        <DataLoader />
        {sets.length > 1 && shown !== undefined && (
          <Segmented
            label="Data set to look at"
            value={shown.name}
            choices={sets.map(({ name, title }) => [name, title] as const)}
            onChange={setWanted}
          />
        )}
        {shown !== undefined && <DataSet key={shown.checksum} info={shown} inRun={shown === own} />}
        {shown !== undefined && shown !== own && <Choose info={shown} />}
      </div>
    </Panel>
  );
}

/** Trains on a set that is loaded and that the live run does not use. */
function Choose({ info }: { readonly info: DataInfo }) {
  const { chooseLoaded } = useActions();
  if (info.trainCount === 0) return null;
  return (
    <button type="button" className="button" title="Chooses it in the controls" onClick={() => chooseLoaded(info)}>
      Train on {info.title}
    </button>
  );
}
