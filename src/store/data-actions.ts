import type { Experiment } from '../experiment/experiment.ts';
import type { DataInfo, DataSource, GivenFile, HubChoice, Look } from '../worker/protocol.ts';
import { edit } from './edit.ts';
import type { Shared } from './shared.ts';

export interface DataActions {
  /** Reads a data set from files of this device. */
  loadFiles(files: readonly GivenFile[]): void;
  /** Reads one from the folder of the page's own server. */
  loadServed(): void;
  /** Finds out what fetching a choice from a hub would cost; the offer is in the state when done. */
  planHub(choice: HubChoice): void;
  /** Fetches what was offered. */
  loadHub(choice: HubChoice): void;
  forgetOffer(): void;
  /** Reads a set that is kept on this device. */
  loadStored(id: string): void;
  deleteStored(id: string): void;
  /** Brings the list of sets kept on this device into the state. */
  listStored(): void;
  /** Bytes of decoded images that may be in memory, from the next reading on. */
  limitMemory(bytes: number): void;
  /** Ends the reading under way. */
  cancelLoading(): void;
  /** Brings a look at a set, given by its checksum, into the state. */
  lookAt(set: string, look: Look): void;
  /**
   * Chooses a set that is loaded, at the resolution it was read at. A run that has not begun is opened with it; one that has is left for a new
   * run where the set takes the place of another of its name, as the experiment then says the same.
   */
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
    const { imageMemory: memoryLimit } = get();
    const answer = await client.request({ kind: 'loadData', source, experiment, memoryLimit });
    set({ loadingData: false, preparing: undefined });
    if (!answer.ok) {
      if (answer.error.where !== 'cancelled') report('data', answer.error);
      return undefined;
    }
    const loaded = answer.value;
    sources.set(loaded.name, source);
    set(({ loadedData }) => ({ loadedData: [...loadedData.filter(({ name }) => name !== loaded.name), loaded] }));
    void listStored();
    return loaded;
  };

  const listStored = async () => {
    const answer = await client.request({ kind: 'listSets' });
    if (answer.ok) set({ storedSets: answer.value });
  };

  const choose = async ({ name, resolution, trainCount }: DataInfo, wanted = false) => {
    // Images without labels are to be looked at.
    if (trainCount === 0) return;
    const { experiment, run, progress, executor } = get();
    const chosen = edit(experiment, { data: name, resolution: resolution as Experiment['resolution'] });
    if (!chosen.ok) return report('data', chosen.error);
    show(chosen.value.experiment, { alsoChanged: chosen.value.alsoChanged });
    const begun = run !== undefined && (progress?.step ?? 0) > 0;
    const replaces = run?.experiment.data === name && run.experiment.resolution === resolution;
    if (!begun || (wanted && replaces)) await open(chosen.value.experiment, executor, 'data');
  };

  const loadAndChoose = async (source: DataSource) => {
    const loaded = await load(source, get().experiment);
    if (loaded !== undefined) await choose(loaded);
  };

  return {
    loadFiles: (files) => void loadAndChoose({ kind: 'files', files }),
    loadServed: () => void loadAndChoose({ kind: 'served', files: get().served }),
    cancelLoading: () => void client.request({ kind: 'cancelData' }),
    async planHub(choice) {
      if (get().loadingData) return;
      set({
        loadingData: true,
        hubOffer: undefined,
        preparing: { what: `list of ${choice.repository}`, share: undefined },
      });
      report('data', undefined);
      const answer = await client.request({ kind: 'planHub', choice });
      set({ loadingData: false, preparing: undefined });
      if (answer.ok) set({ hubOffer: answer.value });
      else if (answer.error.where !== 'cancelled') report('data', answer.error);
    },
    loadHub(choice) {
      set({ hubOffer: undefined });
      void loadAndChoose({ kind: 'hub', choice });
    },
    forgetOffer: () => set({ hubOffer: undefined }),
    loadStored: (id) => void loadAndChoose({ kind: 'stored', id }),
    async deleteStored(id) {
      const answer = await client.request({ kind: 'deleteSet', set: id });
      if (answer.ok) set({ storedSets: answer.value });
      else report('data', answer.error);
    },
    listStored: () => void listStored(),
    limitMemory: (imageMemory) => set({ imageMemory }),
    chooseLoaded: (loaded) => void choose(loaded, true),
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
