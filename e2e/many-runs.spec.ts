import { expect, test } from '@playwright/test';
import { small } from './experiments.ts';
import { expectNothingOfAxe } from './pages/axe.ts';
import { Chart, readPicture } from './pages/charts.ts';
import { classRuns, pupil } from './pages/made-up-runs.ts';
import { watchMainThread } from './pages/main-thread.ts';
import { Playground } from './pages/playground.ts';
import { atEachSize, expectInReach } from './pages/sizes.ts';

const runs = 30;
const lines = 4 * runs;
/** Milliseconds of its own CPU time that a task of the page may take. */
const longestTask = 50;

test(
  'thirty runs of four modules: every line is listed, stands out, is hidden and read out, and the page stays fluid, wide and on a phone',
  { tag: '@alone' },
  async ({ page, browser }, info) => {
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
    const playground = new Playground(page);
    await playground.openWith(small);
    await page.getByRole('tab', { name: 'Runs' }).click();
    await page.getByLabel('Run files').setInputFiles(classRuns(runs));
    await expect(playground.region('Table of runs')).toContainText(pupil(runs));
    await page.getByRole('tab', { name: 'Train' }).click();
    const loss = new Chart(playground, 'Loss by module');
    const legend = page.getByRole('group', { name: `Lines of ${loss.title}` });
    const entry = (run: number, module: number) =>
      legend
        .getByRole('listitem')
        .filter({ has: page.getByRole('button', { name: pupil(run), exact: true }) })
        .getByRole('button', { name: new RegExp(`^module ${module} `) });
    const drawn = loss.figure.locator('.plot-line');
    const standing = () =>
      drawn.evaluateAll((paths) => paths.filter((path) => path.getAttribute('stroke-opacity') === '1').length);

    await atEachSize(page, async (size) => {
      await loss.show();
      await expect(drawn).toHaveCount(lines);
      // A few stand for all, until all are asked for.
      await expect(legend.getByRole('button')).toHaveText(Array(6).fill(/^pupil \d+: module \d [\d.]+/));
      await loss.figure.getByRole('button', { name: `All ${lines} lines`, exact: true }).click();
      await expect(legend.getByRole('button', { name: /^module/ })).toHaveCount(lines);
      await expect(legend.getByRole('button', { name: /^pupil/ })).toHaveCount(runs);
      await expectInReach(page);
      await expectNothingOfAxe(page, size);

      // Pointed at, a line stands out from the others; by keyboard too.
      if (size === 'wide') await entry(17, 2).hover();
      else {
        await entry(17, 1).focus();
        await page.keyboard.press('ArrowRight');
        await expect(entry(17, 2)).toBeFocused();
      }
      await expect.poll(standing).toBe(1);
      // What stands out lies on top, thicker than the others.
      expect(Number(await drawn.last().getAttribute('stroke-width'))).toBeGreaterThan(2);
      expect(Number(await drawn.first().getAttribute('stroke-opacity'))).toBeLessThan(0.2);
      await (size === 'wide' ? entry(17, 2).click() : page.keyboard.press('Enter'));
      await expect(entry(17, 2)).toHaveAttribute('aria-pressed', 'false');
      await expect(drawn).toHaveCount(lines - 1);
      const run = legend.getByRole('button', { name: pupil(3), exact: true });
      await run.click();
      await expect(drawn).toHaveCount(lines - 1 - 4);
      await expect(entry(3, 0)).toHaveAttribute('aria-pressed', 'false');
      // What is hidden is in no picture, and its numbers are in every file.
      const hidden = readPicture((await loss.save(/SVG/)).content.toString());
      expect(hidden.legend).toHaveLength(lines - 5);
      expect(JSON.parse((await loss.save(/JSON/)).content.toString()).lines).toHaveLength(lines);
      await run.click();
      await entry(17, 2).click();
      await expect(drawn).toHaveCount(lines);
      await page.mouse.move(0, 0);
      await expect.poll(standing).toBe(0);
      // Each line has a look of its own.
      const picture = readPicture((await loss.save(/SVG/)).content.toString());
      expect(new Set(picture.legend.map(({ colour, dash }) => `${colour} ${dash}`)).size).toBe(lines);
      await loss.figure.getByRole('button', { name: `6 of ${lines} lines`, exact: true }).click();

      // The readout begins with the lines nearest to the pointer, and says how many more there are.
      await loss.show();
      const readout = loss.figure.locator('.tooltip');
      const first = async (height: number) => {
        await loss.hover(0.9, height);
        await expect(readout).toContainText(`and ${lines - 8} more`);
        return Number(await readout.locator('.plot-reading strong').first().textContent());
      };
      expect(await first(0.95)).toBeGreaterThan((await first(0.5)) + 0.1);
      expect(await first(0.05)).toBeLessThan((await first(0.5)) - 0.1);
      expect(await loss.words()).toMatch(/and 104 more lines in the table$/);
      await page.mouse.move(0, 0);

      const { tasks } = await watchMainThread(browser, page, info.outputPath(`${size}.json`), async () => {
        for (const share of [0.1, 0.3, 0.5, 0.7, 0.9]) await loss.hover(share, share);
        for (let times = 0; times < 2; times++) {
          const [low, high] = await loss.span();
          await playground.press('Zoom in');
          await expect.poll(async () => (([from, to]) => to - from)(await loss.span())).toBeLessThan(high - low);
        }
        for (const entry of await legend.getByRole('button').all()) await entry.hover();
        await playground.press('Show all of the run');
      });
      info.annotations.push({ type: 'measured', description: `${size}: longest task ${tasks[0]?.toFixed(1)} ms` });
      expect(tasks.length).toBeGreaterThan(50);
      expect(tasks[0]).toBeLessThan(longestTask);
    });
    expect(playground.problems).toEqual([]);
  },
);
