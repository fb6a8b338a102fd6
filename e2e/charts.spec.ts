import { readFile, writeFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { small } from './experiments.ts';
import { expectNothingOfAxe } from './pages/axe.ts';
import { Chart, saveAll, titles } from './pages/charts.ts';
import { exportFile } from './pages/files.ts';
import { classRuns, longRun, pupil, sweptRuns } from './pages/made-up-runs.ts';
import { watchMainThread } from './pages/main-thread.ts';
import { Playground } from './pages/playground.ts';
import { atEachSize, expectInReach, showAt } from './pages/sizes.ts';

/** A page whose run has done a few steps. */
async function trained(page: Page): Promise<Playground> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const playground = new Playground(page);
  await playground.openWith(small);
  await playground.press('Play');
  await playground.waitForStep(8);
  await playground.press('Pause');
  await playground.waitForStatus('paused');
  return playground;
}

test('charts share cursor, zoom and axis, with mouse, finger and keyboard, wide and on a phone', async ({ page }) => {
  const playground = await trained(page);
  const [loss, final] = [new Chart(playground, 'Loss by module'), new Chart(playground, 'Final loss')];
  const over = page.getByRole('group', { name: 'Horizontal axis' });
  await atEachSize(page, async (size) => {
    await loss.show();
    // Charts are drawn in turn: this one may not have come to the last step yet.
    await expect.poll(async () => (await loss.span())[1] - (await playground.step())).toBeGreaterThanOrEqual(0);
    await loss.cursor.focus();
    await page.keyboard.press('End');
    await expect.poll(() => loss.words()).toMatch(/^step \d+: .*module 1 cascade \d.*module 1 \d/);
    const last = await loss.words();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => loss.words()).not.toBe(last);
    // The place is everybody's.
    const place = async (chart: Chart) => (await chart.words()).split(':')[0];
    const byKey = await place(loss);
    await final.show();
    await expect.poll(() => place(final)).toBe(byKey);
    await (size === 'wide' ? final.hover(0.4) : final.touch(0.4));
    await expect.poll(() => place(loss)).toMatch(/^step \d+$/);
    expect(await place(loss)).not.toBe(byKey);
    expect(await place(final)).toBe(await place(loss));
    await expect(final.figure).toContainText(`${await place(final)}training batches`);

    await final.show();
    await expect.poll(async () => (await final.span())[1] - (await playground.step())).toBeGreaterThanOrEqual(0);
    const [low, high] = await final.span();
    await (size === 'wide' ? final.drag(0.25, 0.75) : playground.press('Zoom in'));
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

    for (const [axis, words] of [
      ['epoch', /^epoch [\d.]+: /],
      ['time', /^time .*(ms|s): /],
    ] as const) {
      await over.getByText(axis, { exact: true }).click();
      await loss.show();
      await loss.cursor.focus();
      await page.keyboard.press('End');
      expect(await loss.words()).toMatch(words);
    }
    const across = page.getByRole('button', { name: 'Logarithmic horizontal axis', exact: true });
    await across.click();
    await expect.poll(async () => (await loss.span())[0]).toBeGreaterThan(0);
    await across.click();
    await over.getByText('step', { exact: true }).click();
    // A logarithmic vertical axis has other places.
    const ticks = () => loss.figure.locator('.recharts-yAxis-tick-labels').textContent();
    const before = await ticks();
    const up = loss.figure.getByRole('button', { name: 'Logarithmic vertical axis' });
    await up.click();
    await expect(up).toHaveAttribute('aria-pressed', 'true');
    await expect.poll(ticks).not.toBe(before);
    await up.click();
    await expectInReach(page);
  });
  expect(playground.problems).toEqual([]);
});

test('charts tell changes, smooth, and have words, tables and files, wide and on a phone', async ({ page }) => {
  const playground = await trained(page);
  const step = await playground.step();
  await playground.setNumber('Learning rate', 0.02);
  await playground.press('One step');
  await playground.waitForStep(step + 1);
  const [rate, loss] = [new Chart(playground, 'Learning rate'), new Chart(playground, 'Final loss')];
  const memory = new Chart(playground, 'Memory over a step');
  const change = /Learning rate 0\.05 to 0\.02/;
  await atEachSize(page, async (size) => {
    await rate.show();
    await expect(page.getByRole('region', { name: 'Changes of the live run' })).toContainText(change);
    await rate.cursor.focus();
    await page.keyboard.press('Home');
    for (let presses = 0; presses < 40 && !change.test(await rate.words()); presses++)
      await page.keyboard.press('ArrowRight');
    expect(await rate.words()).toMatch(change);

    // Smoothed, the line as measured stays behind it.
    await loss.show();
    const drawn = loss.figure.locator('.plot-line');
    await expect(drawn).toHaveCount(2);
    expect(Number(await drawn.first().getAttribute('stroke-opacity'))).toBeLessThan(0.5);
    await loss.cursor.focus();
    await page.keyboard.press('End');
    const smooth = await loss.words();
    await playground.press('smooth');
    await expect.poll(() => loss.words()).not.toBe(smooth);
    await expect(drawn).toHaveCount(1);
    await playground.press('smooth');
    await expect.poll(() => loss.words()).toBe(smooth);
    const slider = page.getByRole('slider', { name: 'Smoothing' });
    const weight = (await slider.getAttribute('value')) ?? '';
    await slider.focus();
    await page.keyboard.press('Home');
    await expect(slider).toHaveAttribute('aria-valuetext', 'off');
    await slider.fill(weight);

    // What is held over one step: the sawtooth names node, module and phase, beside back-propagation.
    await memory.show();
    await memory.cursor.focus();
    await page.keyboard.press('Home');
    expect(await memory.words()).toMatch(/^operation 0: this method .*forward.*; back-propagation .*forward/);
    await page.keyboard.press('ArrowRight');
    expect(await memory.words()).toMatch(/^operation [1-9]/);
    await expectInReach(page);
    // Pointed at and with a menu open; all else in both themes is seen in accessibility.spec.ts.
    const colorScheme = size === 'wide' ? 'light' : 'dark';
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await memory.figure.getByRole('button', { name: 'Save Memory over a step', exact: true }).click();
    await expectNothingOfAxe(page, colorScheme);
    await page.keyboard.press('Escape');

    for (const title of titles) {
      const rows = await playground.chartTable(title);
      expect(rows.length, title).toBeGreaterThan(title.includes('radient') ? 0 : 1);
      await expect(page.getByRole('figure', { name: title, exact: true })).toContainText(/\w+\. |\w+: /);
    }
    expect((await playground.chartTable('Learning rate')).flat().join(' ')).toMatch(change);
    expect((await playground.chartTable('Final loss')).slice(1, 3).map(([name]) => name)).toEqual(['last', 'best']);
    expect((await playground.chartTable('Memory over a step')).length).toBeGreaterThan(10);
    expect((await playground.chartTable('Memory by module')).at(-1)?.[0]).toContain('back-propagation');
    await expectInReach(page);
    for (const title of titles) await new Chart(playground, title).showPlot();
  });

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
  // Every other chart hands out its numbers as well.
  for (const title of titles.filter((other) => other !== loss.title)) {
    const { name, content } = await new Chart(playground, title).save(/CSV/);
    expect(name).toMatch(/\.csv$/);
    expect(content.toString()).toContain(',');
  }
  expect(playground.problems).toEqual([]);
});

test('gradients are measured on request, their bytes said before', async ({ page }) => {
  await showAt(page, 'phone');
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
  await showAt(page, 'wide');
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

test('figures of a sweep have words, tables and files, wide and on a phone', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openWith(small);
  await page.getByRole('tab', { name: 'Runs' }).click();
  await page.getByLabel('Run files').setInputFiles(sweptRuns());
  const error = new Chart(playground, 'Test error against K');
  await expect(error.figure).toContainText(
    /Test error against K\. .*DGL: K = 1: .*; K = 2: test error 25\.0\s% ± 1\.4\s%/,
  );
  await atEachSize(page, async () => {
    const svg = (await error.save(/SVG/)).content.toString();
    expect(svg).toMatch(/^<svg .*Test error against K.*<path.*DGL/s);
    expect(svg).not.toContain('var(--');
    const csv = (await error.save(/CSV/)).content.toString();
    expect(csv).toMatch(/^method,K,runs,error,error deviation\n.*^DGL,2,2,0\.25/ms);
    expect((await playground.chartTable('Test error against K')).length).toBe(1 + 1 + 4 + 4);
    await error.showPlot();
    await expectInReach(page);
  });
  expect(playground.problems).toEqual([]);
});

test('accuracy of many modules is drawn from the first step on, and on the test part alone once that is measured', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.openWith({ ...small, network: 'resnet20', cuts: 'all', trainSize: 64, testSize: 20 });
  const accuracy = new Chart(playground, 'Accuracy by module');
  await accuracy.show();
  await expect(accuracy.figure).toContainText('No measurements yet');
  for (const step of [1, 2]) {
    await playground.press('One step');
    await playground.waitForStep(step);
  }
  const [lines, dots] = [accuracy.figure.locator('.plot-line'), accuracy.figure.locator('.plot-dots')];
  await expect.poll(() => lines.count()).toBeGreaterThan(8);
  await expect(dots).toHaveCount(0);
  await expect(accuracy.figure).toContainText('Thin: training batches.');
  await playground.press('To next epoch');
  await playground.waitForStatus('paused');
  await expect.poll(() => dots.count()).toBeGreaterThan(8);
  await expect(accuracy.figure).toContainText('On the test part.');
  expect(await lines.count()).toBe(await dots.count());
  expect(playground.problems).toEqual([]);
});

test('a chart is looked at the same way when its screen comes back, and on every screen that has it, wide and on a phone', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.openWith(small);
  await page.getByRole('tab', { name: 'Runs' }).click();
  await page.getByLabel('Run files').setInputFiles(classRuns(2));
  const goTo = (name: string) => page.getByRole('tab', { name, exact: true }).click();
  const [loss, rate] = ['Final loss', 'Learning rate'].map((title) => new Chart(playground, title)) as [Chart, Chart];
  const switches = () => [
    rate.figure.getByRole('button', { name: 'Table', exact: true }),
    loss.figure.getByRole('button', { name: 'Logarithmic vertical axis' }),
  ];
  const hidden = () => loss.figure.getByRole('button', { name: pupil(1), exact: true });
  await atEachSize(page, async () => {
    await goTo('Train');
    for (const one of switches()) await one.click();
    await hidden().click();
    for (const screen of ['Insight', 'Train', 'Runs', 'Lessons', 'Train']) {
      await goTo(screen);
      if (screen === 'Insight' || screen === 'Lessons') continue;
      for (const one of switches()) await expect(one).toHaveAttribute('aria-pressed', 'true');
      await expect(hidden()).toHaveAttribute('aria-pressed', 'false');
      await expect(rate.figure.getByRole('table')).toBeVisible();
    }
    for (const one of switches()) await one.click();
    await hidden().click();
    await expect(hidden()).toHaveAttribute('aria-pressed', 'true');
  });
  expect(playground.problems).toEqual([]);
});

test('figures of a sweep share the point and the part in sight, and have a logarithmic axis each way, with mouse and keyboard, wide and on a phone', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.openWith(small);
  await page.getByRole('tab', { name: 'Runs' }).click();
  await page.getByLabel('Run files').setInputFiles(sweptRuns());
  const [error, memory, costs] = ['Test error against K', 'Memory against K', 'Test error against memory'].map(
    (title) => new Chart(playground, title),
  ) as [Chart, Chart, Chart];
  await atEachSize(page, async () => {
    await error.show();
    await error.cursor.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => error.words()).toMatch(/^K = 2: .*DGL test error 25\.0\s% ± 1\.4\s%, 2 runs/);
    // The K under the pointer is everybody's, by mouse too, with the points of that K ringed.
    await expect.poll(() => memory.words()).toMatch(/^K = 2: .*DGL memory .*MB/);
    await expect.poll(() => costs.words()).toMatch(/^K = 2: .*DGL test error 25.*, memory .*MB/);
    await costs.show();
    await costs.hover(0.98);
    await expect.poll(() => error.words()).not.toMatch(/^K = 2/);
    const place = /^K = \d+/.exec(await costs.words())?.[0];
    await expect.poll(() => memory.words()).toContain(`${place}: `);
    await expect(costs.figure.locator('.tooltip')).toContainText(`${place}`);
    const rings = memory.figure.locator('.plot-dots[stroke-width="14"], .plot-dots[stroke-width="18"]');
    await expect(rings.first()).toBeAttached();

    // A part of K is in sight in all that are drawn over K, and only there.
    const [before, others] = [await error.span(), await costs.span()];
    await playground.press('Zoom in, K');
    await expect.poll(async () => (await error.span())[1]).toBeLessThan(before[1]);
    expect(await memory.span()).toEqual(await error.span());
    expect(await costs.span()).toEqual(others);
    await memory.cursor.focus();
    await page.keyboard.press('Escape');
    await expect.poll(() => error.span()).toEqual(before);

    // Each axis by itself.
    const log = (axis: string) => error.figure.getByRole('button', { name: `Logarithmic ${axis} axis` });
    const ticks = (axis: 'x' | 'y') => error.figure.locator(`.recharts-${axis}Axis-tick-labels`).textContent();
    const [x, y] = [await ticks('x'), await ticks('y')];
    await log('vertical').click();
    await expect.poll(() => ticks('y')).not.toBe(y);
    expect(await ticks('x')).toBe(x);
    await log('vertical').click();
    await log('horizontal').click();
    await expect.poll(async () => (await error.span())[0]).toBeGreaterThan(0);
    await expect.poll(() => ticks('y')).toBe(y);
    await log('horizontal').click();
    await expectInReach(page);
  });
  expect(playground.problems).toEqual([]);
});

test('memory by module and over a step are read out, zoomed and drawn on logarithmic axes, wide and on a phone', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.openWith(small);
  const [modules, step] = [new Chart(playground, 'Memory by module'), new Chart(playground, 'Memory over a step')];
  const ticks = (chart: Chart) => chart.figure.locator('.recharts-yAxis-tick-labels').textContent();
  await atEachSize(page, async (size) => {
    await modules.show();
    await modules.cursor.focus();
    await page.keyboard.press('Home');
    const [first] = (await playground.chartTable(modules.title)).slice(1);
    await modules.showPlot();
    await modules.show();
    await modules.cursor.focus();
    await page.keyboard.press('Home');
    expect(await modules.words()).toBe(
      `module 0: parameters ${first?.[1]}, optimiser ${first?.[2]}, activations ${first?.[3]}, gradients ${first?.[4]}, workspace ${first?.[5]}`,
    );
    await page.keyboard.press('ArrowRight');
    expect(await modules.words()).toMatch(/^module 1: /);
    await page.keyboard.press('End');
    expect(await modules.words()).toMatch(/^back-propagation, all: /);
    await (size === 'wide' ? modules.hover(0.05) : modules.touch(0.05));
    await expect(modules.figure.locator('.tooltip')).toContainText(/module 0parameters.*workspace/);

    for (const chart of [modules, step]) {
      await chart.show();
      const [linear, whole] = [await ticks(chart), await chart.span()];
      const up = chart.figure.getByRole('button', { name: /^Logarithmic vertical axis/ });
      await up.click();
      await expect.poll(() => ticks(chart)).not.toBe(linear);
      await expect(chart.figure.locator('.plot-drawing')).not.toContainText('0 B');
      await up.click();
      await page.getByRole('button', { name: `Zoom in, ${chart.title}`, exact: true }).click();
      await expect
        .poll(async () => (([low, high]) => high - low)(await chart.span()))
        .toBeLessThan(whole[1] - whole[0]);
      await chart.figure.getByRole('button', { name: /^Show all/ }).click();
      await expect.poll(() => chart.span()).toEqual(whole);
    }
    const across = step.figure.getByRole('button', { name: /^Logarithmic horizontal axis/ });
    await across.click();
    await expect.poll(async () => (await step.span())[0]).toBe(1);
    await across.click();
    await expectInReach(page);
  });
  expect(playground.problems).toEqual([]);
});

/** Milliseconds of its own CPU time that a task of the page may take while a run of a million steps is looked at and saved. */
const longestTask = 50;

test(
  'a million steps stay fluid, and a single spike among them is seen, wide and on a phone',
  { tag: '@alone' },
  async ({ page, browser }, info) => {
    const playground = new Playground(page);
    await playground.openWith(small);
    await page.getByRole('tab', { name: 'Runs' }).click();
    // Too large to be handed over but as a file.
    const path = info.outputPath('long.metrics.json');
    await writeFile(path, longRun(1_000_000, { at: 434_343, loss: 99 }));
    await page.getByLabel('Run files').setInputFiles(path);
    const loss = new Chart(playground, 'Final loss');
    await expect(playground.region('Table of runs')).toContainText('long', { timeout: 60_000 });
    await atEachSize(page, async (size) => {
      await loss.show();
      await expect.poll(async () => (await loss.span())[1]).toBe(1_000_000);
      await expect(loss.figure.locator('.recharts-yAxis-tick-labels')).toContainText('100');
      const { tasks } = await watchMainThread(browser, page, info.outputPath(`${size}.json`), async () => {
        for (const share of [0.1, 0.3, 0.5, 0.7, 0.9]) await loss.hover(share);
        for (let times = 0; times < 3; times++) {
          const [low, high] = await loss.span();
          await playground.press('Zoom in');
          await expect.poll(async () => (([from, to]) => to - from)(await loss.span())).toBeLessThan(high - low);
        }
        await playground.press('Show all of the run');
        const over = page.getByRole('group', { name: 'Horizontal axis' });
        for (const [axis, whole] of [
          ['epoch', 1000],
          ['time', 10_000],
          ['step', 1_000_000],
        ] as const) {
          await over.getByText(axis, { exact: true }).click();
          await expect.poll(async () => (await loss.span())[1]).toBe(whole);
        }
        for (const name of ['Logarithmic horizontal axis', 'Logarithmic horizontal axis', 'smooth', 'smooth'])
          await playground.press(name);
        await page.getByRole('slider', { name: 'Smoothing' }).focus();
        for (const key of ['ArrowRight', 'ArrowLeft', 'Home', 'End']) await page.keyboard.press(key);
        await playground.chartTable(loss.title);
        await loss.showPlot();
        await loss.show();
      });
      info.annotations.push({ type: 'measured', description: `${size}: longest task ${tasks[0]?.toFixed(1)} ms` });
      expect(tasks.length).toBeGreaterThan(50);
      expect(tasks[0]).toBeLessThan(longestTask);
    });
    // All of it leaves as files, and the page stays free meanwhile.
    let files: ReadonlyMap<string, Uint8Array> = new Map();
    const { tasks } = await watchMainThread(browser, page, info.outputPath('saved.json'), async () => {
      files = await saveAll(playground, /^Everything/);
    });
    info.annotations.push({ type: 'measured', description: `saved: longest task ${tasks[0]?.toFixed(1)} ms` });
    expect(tasks[0]).toBeLessThan(longestTask);
    const rows = new TextDecoder().decode(files.get('charts/final-loss.csv')).split('\n');
    expect(rows.length).toBe(1 + 1_000_000 + 1);
    expect(rows.filter((row) => row.startsWith('long,train,434343,'))).toEqual([
      expect.stringMatching(/^long,train,434343,434\.343,4343\.43,+99,+$/),
    ]);
    expect(playground.problems).toEqual([]);
  },
);
