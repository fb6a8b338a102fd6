import type { DataSource } from '../worker/protocol.ts';
import { edit } from './edit.ts';
import type { Shared } from './shared.ts';

export interface DataActions {
  /** Reads CIFAR-10 from files of this device. */
  loadFiles(files: readonly File[]): void;
  /** Reads CIFAR-10 from the folder of the page's own server. */
  loadServed(): void;
  /** Reads again what a stopped worker had; resolves when that is done. */
  reloadData(): Promise<void>;
}

/** Loading of images. Once CIFAR-10 is there the controls choose it, and a run that has not begun is opened with it. */
export function createDataActions({ client, get, set, report, show, open }: Shared): DataActions {
  let lastSource: DataSource | undefined;

  const load = async (source: DataSource): Promise<boolean> => {
    if (get().loadingData) return false;
    set({ loadingData: true });
    report('data', undefined);
    const answer = await client.request({ kind: 'loadData', source });
    set({ loadingData: false, preparing: undefined });
    if (!answer.ok) {
      report('data', answer.error);
      return false;
    }
    lastSource = source;
    set({ loadedData: answer.value });
    return true;
  };

  const loadAndChoose = async (source: DataSource) => {
    if (!(await load(source))) return;
    const { experiment, run, progress, executor } = get();
    const chosen = edit(experiment, { data: 'cifar-10' });
    if (!chosen.ok) return report('data', chosen.error);
    show(chosen.value.experiment);
    const begun = run !== undefined && (progress?.step ?? 0) > 0;
    if (!begun) await open(chosen.value.experiment, executor, 'data');
  };

  return {
    loadFiles: (files) => void loadAndChoose({ kind: 'files', files }),
    loadServed: () => void loadAndChoose({ kind: 'served', files: get().served }),
    async reloadData() {
      if (lastSource !== undefined) await load(lastSource);
    },
  };
}
