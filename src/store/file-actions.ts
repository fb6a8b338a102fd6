import type { Problem } from '../base/result.ts';
import { parseExperimentText } from '../experiment/parse-text.ts';
import type { ExportFormatName, ExportOptions } from '../runs/export-formats.ts';
import { History } from '../runs/history.ts';
import { parseRecordText } from '../runs/record-text.ts';
import type { GivenFile } from '../worker/protocol.ts';
import { exportedRuns, partRunFiles, pytorchFiles, sortFiles } from './given-files.ts';
import type { Shared } from './shared.ts';

export interface FileActions {
  /** Takes files from a picker or dropped on the page: weights, experiments or images, by their names. */
  takeFiles(files: readonly GivenFile[]): void;
  /** Says why files that were given cannot be taken. */
  refuseFiles(problem: Problem): void;
  /** Makes a file of the live run, or of another one, whose name then begins the file's; it is in the state when done. */
  export(
    format: ExportFormatName,
    options: ExportOptions,
    other?: { readonly id: string; readonly file: string },
  ): void;
}

/** Export and import of weights and experiments. */
export function createFileActions(
  { client, get, set, report, show, allow, adopt }: Shared,
  loadFiles: (files: readonly GivenFile[]) => void,
  openRunFiles: (files: readonly File[]) => Promise<void>,
): FileActions {
  const importWeights = async (weights: File, experiment: File | undefined) => {
    if (get().opening) return report('import', { message: 'A run is being prepared. Import again when it is ready.' });
    set({ opening: true, notice: undefined });
    const answer = await client.request({ kind: 'import', weights, experiment });
    if (!answer.ok) {
      set({ opening: false, preparing: undefined });
      return report('import', answer.error);
    }
    const { continues, withoutAuxiliary, step, notes, ...run } = answer.value;
    const history = await client.request({ kind: 'readHistory', run: run.id });
    adopt(run, history.ok ? History.of(history.value, run.record) : undefined);
    set({ opening: false, preparing: undefined });
    const anew = withoutAuxiliary ? 'optimiser and auxiliary networks start' : 'the optimiser starts';
    const how = continues
      ? `The run goes on exactly where it was exported, at step ${step}.`
      : `The weights were taken over; ${anew} anew${step > 0 ? `, at step ${step}` : ''}.`;
    set({ notice: [`${weights.name} imported.`, how, ...notes].join(' ') });
  };

  const importExperiment = async (file: File) => {
    const text = await file.text();
    const record = parseRecordText(text, file.name);
    if (record?.ok === false) return report('import', record.error);
    if (record !== undefined) return set({ givenRecord: { file, record: record.value } });
    const parsed = parseExperimentText(text, file.name);
    if (!parsed.ok) return report('import', parsed.error);
    if (!allow(parsed.value, 'import')) return;
    show(parsed.value, {
      held: true,
      refusals: {},
      alsoChanged: [],
      notice: `${file.name} is shown in the controls. Start a new run with it there.`,
    });
  };

  return {
    async takeFiles(files) {
      if (files.length === 0) return;
      const { runs, others } = partRunFiles(files, get().view === 'compare', await exportedRuns(files));
      if (runs.length > 0) {
        set({ view: 'compare' });
        void openRunFiles(runs.map(({ file }) => file));
      }
      const { weights, experiment, data } = sortFiles(others, await pytorchFiles(others));
      report('import', undefined);
      set({ givenRecord: undefined });
      if (weights !== undefined) void importWeights(weights.file, experiment?.file);
      else if (experiment !== undefined) void importExperiment(experiment.file);
      if (data.length > 0) loadFiles(data);
    },
    refuseFiles: (problem) => report('import', problem),
    async export(format, options, other) {
      if (get().exporting !== undefined) return;
      report('export', undefined);
      set({ exporting: format, exported: undefined });
      const answer = await client.request({ kind: 'export', run: other?.id, format, options });
      set({ exporting: undefined });
      if (!answer.ok) return report('export', answer.error);
      const { name, type, bytes } = answer.value;
      const file = other === undefined ? name : `${other.file}.${name}`;
      set({ exported: { name: file, content: new Blob([bytes], { type }) } });
    },
  };
}
