import type { Experiment } from '../experiment/experiment.ts';
import type { DataInfo, DataSource, GivenFile, Look } from '../worker/protocol.ts';
import { edit } from './edit.ts';
import type { Shared } from './shared.ts';

export interface DataActions {
  /** Reads a data set from files of this device. */
  loadFiles(files: readonly GivenFile[]): void;
  /** Reads one from the folder of the page's own server. */
  loadServed(): void;
  /** Ends the reading under way. */
  cancelLoading(): void;
  /** Brings a look at a set, given by its checksum, into the state. */
  lookAt(set: string, look: Look): void;
  /** Chooses a set that is loaded, at the resolution it was read at; a run that has not begun is opened with it. */
  chooseLoaded(set: DataInfo): void;
  /** Reads again what a stopped worker had; resolves when that is done. */
  reloadData(): Promise<void>;
}

/** Loading of images. A set that was loaded is chosen by the controls, and a run that has not begun is opened with it. */
export function createDataActions({ client, get, set, report, show, open }: Shared): DataActions {
  const sources = new Map<Experiment['data'], DataSource>();

  const load = async (source: DataSource, experiment: Experiment): Promise<DataInfo | undefined> => {
    if (get().loadingData) return undefined;
    set({ loadingData: true });
    report('data', undefined);
    const answer = await client.request({ kind: 'loadData', source, experiment });
    set({ loadingData: false, preparing: undefined });
    if (!answer.ok) {
      if (answer.error.where !== 'cancelled') report('data', answer.error);
      return undefined;
    }
    const loaded = answer.value;
    sources.set(loaded.name, source);
    set(({ loadedData }) => ({ loadedData: [...loadedData.filter(({ name }) => name !== loaded.name), loaded] }));
    return loaded;
  };

  const choose = async ({ name, resolution, trainCount }: DataInfo) => {
    // Images without labels are to be looked at.
    if (trainCount === 0) return;
    const { experiment, run, progress, executor } = get();
    const chosen = edit(experiment, { data: name, resolution: resolution as Experiment['resolution'] });
    if (!chosen.ok) return report('data', chosen.error);
    show(chosen.value.experiment, { alsoChanged: chosen.value.alsoChanged });
    const begun = run !== undefined && (progress?.step ?? 0) > 0;
    if (!begun) await open(chosen.value.experiment, executor, 'data');
  };

  const loadAndChoose = async (source: DataSource) => {
    const loaded = await load(source, get().experiment);
    if (loaded !== undefined) await choose(loaded);
  };

  return {
    loadFiles: (files) => void loadAndChoose({ kind: 'files', files }),
    loadServed: () => void loadAndChoose({ kind: 'served', files: get().served }),
    cancelLoading: () => void client.request({ kind: 'cancelData' }),
    chooseLoaded: (loaded) => void choose(loaded),
    async lookAt(checksum, look) {
      const answer = await client.request({ kind: 'viewData', set: checksum, look });
      if (answer.ok) set({ dataView: answer.value });
      else report('data', answer.error);
    },
    async reloadData() {
      for (const { name, resolution } of get().loadedData) {
        const source = sources.get(name);
        const at = { data: name, resolution: resolution as Experiment['resolution'] };
        if (source !== undefined) await load(source, { ...get().experiment, ...at });
      }
    },
  };
}
