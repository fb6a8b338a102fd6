import { readFile } from 'node:fs/promises';
import type { Playground } from './playground.ts';

/** Presses Export and keeps the two files it hands out. */
export async function exportFiles(playground: Playground): Promise<{ weights: string; experiment: string }> {
  const saved = new Map<string, string>();
  const { page } = playground;
  const arrived = new Promise<void>((resolve) => {
    page.on('download', async (download) => {
      saved.set(download.suggestedFilename(), await download.path());
      if (saved.size === 2) resolve();
    });
  });
  await playground.press('Export');
  await arrived;
  page.removeAllListeners('download');
  return { weights: saved.get('weights.safetensors') as string, experiment: saved.get('experiment.json') as string };
}

/** Chooses files in the import dialog under their exported names. */
export async function importFiles(playground: Playground, paths: readonly string[]): Promise<void> {
  const names = ['weights.safetensors', 'experiment.json'];
  const files = await Promise.all(
    paths.map(async (path, index) => ({ name: names[index] as string, mimeType: '', buffer: await readFile(path) })),
  );
  const chooser = playground.page.waitForEvent('filechooser');
  await playground.press('Import');
  await (await chooser).setFiles(files);
}
