import { readFile } from 'node:fs/promises';
import type { Playground } from './playground.ts';

/** Opens the export dialog, chooses a format and options by their names, and keeps the file it hands out. */
export async function exportFile(
  playground: Playground,
  format: string,
  options: readonly string[] = [],
): Promise<string> {
  const { page } = playground;
  await playground.press('Export');
  const dialog = page.getByRole('dialog', { name: 'Export the run' });
  await dialog.getByRole('radio', { name: format, exact: true }).check();
  for (const option of options) await dialog.getByRole('switch', { name: option }).check();
  const arrived = page.waitForEvent('download');
  await dialog.getByRole('button', { name: `Download ${format}`, exact: true }).click();
  const path = await (await arrived).path();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  return path;
}

/** Exports weights and experiment. */
export async function exportFiles(playground: Playground): Promise<{ weights: string; experiment: string }> {
  const weights = await exportFile(playground, 'Weights (safetensors)');
  return { weights, experiment: await exportFile(playground, 'Experiment (JSON)') };
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
