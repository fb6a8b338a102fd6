import { Ellipsis } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useRef } from 'react';
import type { History } from '../../runs/history.ts';
import { historyCsv } from '../../runs/history-csv.ts';
import { historyJson } from '../../runs/history-json.ts';
import type { RunRecord } from '../../runs/run-record.ts';
import { experimentNow } from '../../runs/run-record.ts';
import { variantsOf } from '../../store/compare/variants.ts';
import { experimentHash } from '../../store/share-link.ts';
import { download } from '../header/download.ts';
import { useActions, usePlayground } from '../playground-context.ts';
import { fileNameOf } from './run-files.ts';

/** What can be done with one run. */
export function RunMenu({
  run,
  name,
  live,
  file,
  onRename,
  onExport,
}: {
  readonly run: RunRecord;
  readonly name: string;
  readonly live: boolean;
  /** The file it was read from. */
  readonly file: string | undefined;
  onRename(): void;
  onExport(): void;
}) {
  const actions = useActions();
  const fromFile = file !== undefined;
  const ofFile = usePlayground(({ fileRuns }) => fileRuns.filter((one) => one.file === file).length);
  const history = usePlayground((state) => state.histories.get(run.id));
  const experiment = experimentNow(run);
  /** What the menu leads to, once it is closed. */
  const then = useRef<() => void>(undefined);
  const item = (words: string, help: string, onSelect: () => void, disabled = false) => (
    <DropdownMenu.Item key={words} className="menu-item" title={help} disabled={disabled} onSelect={onSelect}>
      {words}
    </DropdownMenu.Item>
  );
  const measurements = (words: string, type: string, ending: string, pieces: (of: History) => Iterable<string>) =>
    item(
      words,
      history === undefined
        ? 'Its measurements are not read yet'
        : 'Every measurement, unrounded, and measured gradients',
      () =>
        history !== undefined && download(new Blob([...pieces(history)], { type }), `${fileNameOf(name)}.${ending}`),
      history === undefined,
    );
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger
        className="button button-quiet button-small"
        aria-label={`More for ${name}`}
        // The history is wanted by the time an export is chosen.
        onPointerEnter={() => void actions.loadHistory(run.id)}
        onFocus={() => void actions.loadHistory(run.id)}
      >
        <Ellipsis aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="menu"
          align="end"
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            // The focus goes to the name, not back to the button: leaving the name would end the renaming.
            if (then.current === onRename) event.preventDefault();
            then.current?.();
            then.current = undefined;
          }}
        >
          {!fromFile && (
            <>
              {item(
                'Resume',
                'Makes it the live run, at its last checkpoint',
                () => void actions.resumeRun(run.id),
                live,
              )}
              {item('Rename', 'Without a name it is called by what differs', () => {
                then.current = onRename;
              })}
              {item(
                'Export',
                'Whole (.hpff.zip), weights or models, as of its last checkpoint; nothing is resumed',
                () => {
                  then.current = onExport;
                },
              )}
              {item(
                'Duplicate',
                'A new run of its first experiment, without the changes made to it, at step 0; the live one is kept',
                () => actions.duplicateRun(run.id),
              )}
              <DropdownMenu.Separator className="menu-line" />
            </>
          )}
          {item(
            'Replay',
            'Trains in the queue: its first experiment, with the changes made to it at their steps, on the same executor',
            () => actions.replayRun(run, name),
          )}
          {variantsOf(experiment).map(({ title, edited }) =>
            item(
              title,
              edited.ok ? 'Trains in the queue and is compared with it' : edited.error.message,
              () => {
                if (!edited.ok) return;
                actions.compare(run.id, true);
                actions.addToQueue([
                  { title: `${title}: ${name}`, group: run.group, experiment: edited.value.experiment },
                ]);
              },
              !edited.ok,
            ),
          )}
          {item('Show its experiment in the controls', 'Changes no run; start a new one with it there', () =>
            actions.offer(experiment, `The experiment of ${name}`),
          )}
          <DropdownMenu.Separator className="menu-line" />
          {item(
            'Copy link to its experiment',
            'The experiment alone: no weights, no images',
            () => void navigator.clipboard?.writeText(new URL(experimentHash(run.experiment), location.href).href),
          )}
          {item('Download run.json', 'Experiment, changes with their steps, where it was made, results', () =>
            download(
              new Blob([`${JSON.stringify(run, undefined, 2)}\n`], { type: 'application/json' }),
              `${fileNameOf(name)}.run.json`,
            ),
          )}
          {measurements('Download measurements (CSV)', 'text/csv', 'csv', historyCsv)}
          {measurements('Download measurements (JSON)', 'application/json', 'metrics.json', (of) => [
            historyJson(run, of),
          ])}
          <DropdownMenu.Separator className="menu-line" />
          {fromFile && item('Close', 'Takes it off the page; its file stays', () => actions.closeFileRun(run.id))}
          {fromFile &&
            ofFile > 1 &&
            item(`Close all ${ofFile} of ${file}`, 'Takes all runs of its file off the page; the file stays', () =>
              actions.closeFile(file),
            )}
          {!fromFile && item('Delete', 'It can be brought back', () => actions.deleteRun(run.id), live)}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
