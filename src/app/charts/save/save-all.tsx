import { type AsyncZippable, zip } from 'fflate';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { download } from '../../header/download.ts';
import { Tip } from '../../parts/tip.tsx';
import { usePlayground } from '../../playground-context.ts';
import { useShownRuns } from '../use-shown-runs.ts';
import { filesOfRuns, type TextFile } from './all-files.ts';
import { inSlices } from './in-slices.ts';
import { chartsOnPage } from './picture.ts';

/** Saves everything of all runs on the charts as one ZIP: measurements, experiments, changes, and the charts as they are drawn. */
export function SaveAll() {
  const runs = useShownRuns();
  const empty = usePlayground(
    (state) => state.historyVersion >= 0 && runs.every(({ history }) => history.train.length === 0),
  );
  const [saving, setSaving] = useState(false);
  const save = async () => {
    setSaving(true);
    const pictures = chartsOnPage().map(({ name, text }) => ({ path: `charts/${name}.svg`, pieces: [text] }));
    const packed = await packedFiles([...filesOfRuns(runs), ...pictures]);
    download(new Blob([packed], { type: 'application/zip' }), 'runs.zip');
    setSaving(false);
  };
  return (
    <Tip content="All measurements, experiments and charts of the runs shown, as one ZIP">
      <button type="button" className="button button-small" disabled={empty || saving} onClick={() => void save()}>
        <Download aria-hidden /> Save all
      </button>
    </Tip>
  );
}

async function packedFiles(files: readonly TextFile[]): Promise<Uint8Array<ArrayBuffer>> {
  const contents: AsyncZippable = {};
  for (const { path, pieces } of files) contents[path] = new Uint8Array(await (await inSlices(pieces)).arrayBuffer());
  return new Promise((resolve, reject) =>
    zip(contents, { consume: true }, (error, data) => (error === null ? resolve(data) : reject(error))),
  );
}
