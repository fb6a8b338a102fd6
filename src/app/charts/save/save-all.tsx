import { useState } from 'react';
import { download } from '../../header/download.ts';
import { usePlayground } from '../../playground-context.ts';
import { useShownRuns } from '../shown-runs.tsx';
import { filesOfCharts, filesOfRuns } from './all-files.ts';
import { zipped } from './archive.ts';
import { chartsOnPage } from './charts-on-page.ts';
import type { Ending } from './file-of-chart.ts';
import { SaveMenu } from './save-menu.tsx';

const choices = [
  ['Everything: charts, runs, experiments', undefined],
  ['PNG picture of every chart', 'png'],
  ['SVG picture of every chart', 'svg'],
  ['CSV, all numbers of all charts and runs', 'csv'],
  ['JSON, all numbers of all charts, experiments', 'json'],
] as const satisfies readonly (readonly [words: string, ending: Ending | undefined])[];

/** Saves all charts of the page and all runs on them as one ZIP, of every kind of file or of one. */
export function SaveAll() {
  const runs = useShownRuns();
  const empty = usePlayground(
    (state) => state.historyVersion >= 0 && runs.every(({ history }) => history.train.length === 0),
  );
  const [saving, setSaving] = useState(false);
  const save = async (ending: Ending | undefined) => {
    setSaving(true);
    try {
      const files = [...filesOfRuns(runs), ...filesOfCharts(chartsOnPage())];
      const archive = await zipped(files.filter((file) => ending === undefined || file.ending === ending));
      const name = ending === undefined ? 'runs.zip' : `charts-${ending}.zip`;
      download(archive, name);
    } finally {
      setSaving(false);
    }
  };
  return (
    <SaveMenu
      label="Save all"
      title="Every chart of the page and all measurements of the runs shown, as one ZIP"
      disabled={empty || saving}
      choices={choices.map(([words, ending]) => ({ words, save: () => void save(ending) }))}
    >
      {saving ? ' Saving' : ' Save all'}
    </SaveMenu>
  );
}
