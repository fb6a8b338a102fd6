import { memo, useState } from 'react';
import type { RunRecord } from '../../runs/run-record.ts';
import { reportedFigures, trainingInWords } from '../../store/compare/reported-figures.ts';
import type { RunColumn } from '../../store/compare/run-columns.ts';
import { notOfFile } from '../../store/compare/run-groups.ts';
import { ExportForm } from '../export/export-form.tsx';
import { PageDialog } from '../parts/page-dialog.tsx';
import { useActions, usePlayground } from '../playground-context.ts';
import { columnFormats } from './column-format.ts';
import { computedInWords } from './computed-words.ts';
import { fileNameOf } from './run-files.ts';
import { RunMenu } from './run-menu.tsx';
import { RunName } from './run-name.tsx';
import { type LiveState, runStateInWords } from './run-state-words.ts';

/** A line of the table of runs, made anew where its run changed: the live one's does every second. */
export const RunRow = memo(function RunRow({
  run,
  name,
  columns,
  live,
  file,
  withFiles,
}: {
  readonly run: RunRecord;
  readonly name: string;
  readonly columns: readonly RunColumn[];
  readonly live: LiveState | undefined;
  /** The file it was read from. */
  readonly file: string | undefined;
  /** Whether the table says where runs come from. */
  readonly withFiles: boolean;
}) {
  const [naming, setNaming] = useState(false);
  const [exporting, setExporting] = useState(false);
  const compared = usePlayground((state) => state.compared.includes(run.id));
  const { compare } = useActions();
  const isLive = live?.id === run.id;
  const fromFile = file !== undefined;
  return (
    <tr data-live={isLive} aria-label={name}>
      <td className="run-compare">
        <input
          type="checkbox"
          aria-label={`Compare ${name}`}
          // The live run is always on the charts.
          checked={compared || isLive}
          disabled={isLive}
          onChange={(event) => compare(run.id, event.target.checked)}
        />
      </td>
      <th scope="row" className="run-name" onDoubleClick={() => !fromFile && setNaming(true)}>
        {naming ? <RunName id={run.id} name={name} onDone={() => setNaming(false)} /> : name}
      </th>
      <td className="text run-state" title={computedInWords(run).join('\n')}>
        {fromFile ? 'from a file' : runStateInWords(run, live)}
      </td>
      {columns.map((column) => (
        <td key={column.name} title={column.name === 'reported' ? reportedInWords(run) : undefined}>
          {columnFormats[column.kind](column.value(run))}
        </td>
      ))}
      {withFiles && <td className="text">{file ?? notOfFile}</td>}
      <td>
        <RunMenu
          run={run}
          name={name}
          live={isLive}
          file={file}
          onRename={() => setNaming(true)}
          onExport={() => setExporting(true)}
        />
        {exporting && (
          <PageDialog title={`Export ${name}`} className="export" opening={{ open: true, onOpenChange: setExporting }}>
            <ExportForm other={{ id: run.id, file: fileNameOf(name) }} />
          </PageDialog>
        )}
      </td>
    </tr>
  );
});

const reportedInWords = (run: RunRecord): string | undefined =>
  reportedFigures(run.experiment)
    .map((figure) => `${(figure.error * 100).toFixed(2)} % error, ${figure.paper}, ${trainingInWords(figure)}`)
    .join('; ') || undefined;
