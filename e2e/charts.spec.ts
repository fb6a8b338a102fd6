import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { unzipSync } from 'fflate';
import { small } from './experiments.ts';
import { Chart } from './pages/charts.ts';
import { exportFile } from './pages/files.ts';
import { Playground } from './pages/playground.ts';

/** A page whose run has done a few steps. */
async function trained(page: Playground['page']): Promise<Playground> {
  const playground = new Playground(page);
  await playground.openWith(small);
  await playground.press('Play');
  await playground.waitForStep(8);
  await playground.press('Pause');
  await playground.waitForStatus('paused');
  return playground;
}

for (const [size, viewport] of [
  ['desktop', { width: 1440, height: 900 }],
  ['phone', { width: 390, height: 844 }],
] as const) {
  test(`charts share cursor, zoom and axis, with mouse and keyboard, ${size}`, async ({ page }) => {
    await page.setViewportSize(viewport);
    const playground = await trained(page);
    const [loss, final] = [new Chart(playground, 'Loss by module'), new Chart(playground, 'Final loss')];
    await loss.show();
    await loss.cursor.focus();
    await page.keyboard.press('End');
    const last = await loss.words();
    expect(last).toMatch(/^step \d+: .*module 1 \d/);
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => loss.words()).not.toBe(last);
    // The place is everybody's.
    const place = (await loss.words()).split(':')[0] as string;
    await final.show();
    expect(await final.words()).toMatch(new RegExp(`^${place}: `));

    // Charts are drawn in turn: this one may not have come to the last step yet.
    const steps = await playground.step();
    await expect.poll(async () => (await final.span())[1]).toBe(steps);
    const [low, high] = await final.span();
    await final.drag(0.25, 0.75);
    await expect.poll(async () => (await final.span())[0]).toBeGreaterThan(low);
    await loss.show();
    expect(await loss.span()).toEqual(await final.span());
    await loss.cursor.focus();
    await page.keyboard.press('Escape');
    await expect.poll(() => loss.span()).toEqual([low, high]);
    await page.keyboard.press('+');
    await expect.poll(async () => (await loss.span())[1]).toBeLessThanOrEqual(high);
    await page.getByRole('button', { name: 'Show all of the run' }).click();
    await expect.poll(() => loss.span()).toEqual([low, high]);

    await page.getByRole('radio', { name: 'time' }).check({ force: true });
    await loss.show();
    await loss.cursor.focus();
    await page.keyboard.press('End');
    expect(await loss.words()).toMatch(/^time .*(ms|s): /);
    await page.getByRole('button', { name: 'Logarithmic horizontal axis' }).click();
    await expect.poll(async () => (await loss.span())[0]).toBeGreaterThan(0);
    expect(playground.problems).toEqual([]);
  });
}

test('a change of the run is told at its place, in the table and beside the learning rate', async ({ page }) => {
  const playground = await trained(page);
  const step = await playground.step();
  await playground.setNumber('Learning rate', 0.02);
  await playground.press('One step');
  await playground.waitForStep(step + 1);
  const rate = new Chart(playground, 'Learning rate');
  await rate.show();
  const change = /Learning rate 0\.05 to 0\.02/;
  await expect(page.getByRole('region', { name: 'Changes of the live run' })).toContainText(change);
  await rate.cursor.focus();
  await page.keyboard.press('Home');
  for (let presses = 0; presses < 40 && !change.test(await rate.words()); presses++)
    await page.keyboard.press('ArrowRight');
  expect(await rate.words()).toMatch(change);
  expect((await playground.chartTable('Learning rate')).flat().join(' ')).toMatch(change);
});

test('smoothing has a slider and an off switch, and the raw line stays behind', async ({ page }) => {
  const playground = await trained(page);
  const loss = new Chart(playground, 'Final loss');
  await loss.show();
  await loss.cursor.focus();
  await page.keyboard.press('End');
  const smooth = await loss.words();
  await playground.press('smooth');
  await expect.poll(() => loss.words()).not.toBe(smooth);
  await playground.press('smooth');
  await expect.poll(() => loss.words()).toBe(smooth);
  const slider = page.getByRole('slider', { name: 'Smoothing' });
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(slider).toHaveAttribute('aria-valuetext', 'off');
});

test('every chart has words, a table with last and best, and files; all runs are one ZIP', async ({ page }) => {
  const playground = await trained(page);
  const loss = new Chart(playground, 'Final loss');
  await loss.show();
  await expect(loss.figure).toContainText(/Final loss, step \d+ to \d+\. training batches .*last [\d.]+, best [\d.]+/);
  const svg = await loss.save(/SVG/);
  expect(svg.name).toBe('final-loss.svg');
  expect(svg.content.toString()).toMatch(/^<svg .*Final loss.*<path/s);
  expect(svg.content.toString()).not.toContain('var(--');
  const png = await loss.save(/PNG/);
  expect([...png.content.subarray(1, 4)].map((code) => String.fromCharCode(code)).join('')).toBe('PNG');
  expect(png.content.length).toBeGreaterThan(2000);
  const csv = (await loss.save(/CSV/)).content.toString().trim().split('\n');
  expect(csv[0]).toBe('run,phase,step,epoch,seconds,training batches,validation part,test part');
  const training = csv.filter((row) => row.includes(',train,'));
  expect(training).toHaveLength(await playground.step());
  const json = JSON.parse((await loss.save(/JSON/)).content.toString());
  expect(json.lines[0].value).toHaveLength(training.length);
  const table = await playground.chartTable('Final loss');
  expect(table[1]?.[0]).toBe('last');
  expect(table[2]?.[0]).toBe('best');

  const download = page.waitForEvent('download');
  await playground.press('Save all');
  const files = unzipSync(new Uint8Array(await readFile(await (await download).path())));
  const names = Object.keys(files);
  expect(names.some((name) => name.endsWith('/measurements.csv'))).toBe(true);
  expect(names.some((name) => name.endsWith('/experiment.json'))).toBe(true);
  expect(names.some((name) => /^charts\/.*\.svg$/.test(name))).toBe(true);
  expect(playground.problems).toEqual([]);
});

test('the sawtooth names node, module and phase, beside back-propagation', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openWith(small);
  const memory = new Chart(playground, 'Memory over a step');
  await memory.show();
  await memory.cursor.focus();
  await page.keyboard.press('Home');
  expect(await memory.words()).toMatch(/^operation 0: this method .*forward.*; back-propagation .*forward/);
  await page.keyboard.press('ArrowRight');
  expect(await memory.words()).toMatch(/^operation [1-9]/);
  expect((await playground.chartTable('Memory over a step')).length).toBeGreaterThan(10);
  const bars = await playground.chartTable('Memory by module');
  expect(bars.at(-1)?.[0]).toContain('back-propagation');
});

test('gradients are measured on request, their bytes said before', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openWith(small);
  await playground.press('One step');
  await playground.waitForStep(1);
  const norms = new Chart(playground, 'Gradient norm by module');
  await norms.figure.scrollIntoViewIfNeeded();
  await norms.figure.getByRole('button', { name: 'Measure gradients' }).click();
  await expect(norms.figure.getByRole('status')).toContainText(/Takes .*B beside the run on 128 images/);
  await norms.figure.getByRole('button', { name: /^Measure, / }).click();
  await expect
    .poll(async () => (await playground.chartTable("Cosine with back-propagation's gradient")).at(-1)?.[0], {
      timeout: 120_000,
    })
    .toBe('1');
  const cosines = await playground.chartTable("Cosine with back-propagation's gradient");
  for (const cell of cosines.at(-1)?.slice(1) ?? []) expect(Math.abs(Number(cell))).toBeLessThanOrEqual(1);
  expect(await playground.step()).toBe(1);

  // They are part of the run: after a reload they are drawn and saved as before.
  await page.reload();
  await page.getByRole('list', { name: 'Unfinished runs' }).getByRole('button', { name: 'Resume' }).click();
  await playground.waitForStep(1);
  await norms.figure.scrollIntoViewIfNeeded();
  await expect.poll(() => playground.chartTable("Cosine with back-propagation's gradient")).toEqual(cosines);
  const exported = await readFile(await exportFile(playground, 'Measurements (CSV)'), 'utf8');
  expect(exported).toMatch(/^phase,step.*gradient\.cosine/);
  expect(exported).toMatch(/^gradients,1,/m);
  expect(playground.problems).toEqual([]);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in charts that are pointed at, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const playground = await trained(page);
    const loss = new Chart(playground, 'Loss by module');
    await loss.show();
    await loss.cursor.focus();
    await page.keyboard.press('Home');
    await page.getByRole('button', { name: 'Save Final loss', exact: true }).click();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });
}
