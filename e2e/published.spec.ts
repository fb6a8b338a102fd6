import { expect, test } from '@playwright/test';
import { small } from './experiments.ts';
import { watchMainThread } from './pages/main-thread.ts';
import { Playground } from './pages/playground.ts';

// Playwright's own trace takes pictures of the page on its main thread.
test.use({ trace: 'off' });

/** What a page may take of its main thread while it trains, in milliseconds of CPU time. */
const longestTask = 50;
const eachSecond = 100;

/** Milliseconds that training is watched for while nobody does anything. */
const atRest = 10_000;

/** What is done on a screen while its main thread is watched: no task may be long. Afterwards, at rest, a second may not take much either. */
interface Watched {
  readonly where: string;
  readonly meanwhile: (playground: Playground) => Promise<void>;
}

const deep = { ...small, network: 'resnet20', cuts: 'all' } as const;
const goTo = ({ page }: Playground, name: string) => page.getByRole('tab', { name, exact: true }).click();

const screens: readonly Watched[] = [
  { where: 'with every chart open', meanwhile: ({ page }) => page.waitForTimeout(5000) },
  {
    where: 'on Runs, with a sweep planned and queued',
    meanwhile: async (playground) => {
      await goTo(playground, 'Runs');
      const sweep = playground.region('Sweep');
      for (const cuts of ['2', '3', '4']) await sweep.getByRole('checkbox', { name: cuts, exact: true }).check();
      await sweep.getByRole('button', { name: 'Queue 3 runs' }).click();
      await expect(playground.region('Queue').getByRole('listitem')).toHaveCount(3);
    },
  },
  {
    where: 'on Insight, with looks on',
    meanwhile: async (playground) => {
      await goTo(playground, 'Insight');
      await expect(playground.region('What is looked at')).toContainText(/step \d+, took/);
      await playground.region('Block').getByRole('combobox').selectOption('2.0');
      await playground.press('Predict test images');
      await expect(playground.region('Predictions')).toContainText('of 100 right');
    },
  },
  {
    where: 'on Lessons',
    meanwhile: async (playground) => {
      await goTo(playground, 'Lessons');
      for (let step = 2; step <= 6; step++) await playground.press('Next step');
      await expect(playground.region('Results of the lesson').getByText('×')).toHaveCount(12);
      await playground.press('Run this step');
      await playground.waitForStep(2);
    },
  },
  {
    where: 'while screens change',
    meanwhile: async (playground) => {
      for (const name of [...others, 'Train', ...others, 'Train']) {
        await goTo(playground, name);
        await playground.page.waitForTimeout(1500);
      }
    },
  },
];
const others = ['Runs', 'Insight', 'Lessons'];

for (const { where, meanwhile } of screens)
  test(`training leaves the main thread free ${where}`, { tag: '@alone' }, async ({ page, browser }, info) => {
    // Tall enough for all charts: those out of sight are not drawn.
    await page.setViewportSize({ width: 1440, height: 3200 });
    const playground = new Playground(page);
    await playground.openWith(deep);
    await playground.press('Play');
    await playground.waitForStep(6);
    const worked = await watchMainThread(browser, page, info.outputPath('worked.json'), () => meanwhile(playground));
    const before = await playground.step();
    const rested = await watchMainThread(browser, page, info.outputPath('rested.json'), () =>
      page.waitForTimeout(atRest),
    );
    const steps = (await playground.step()) - before;
    const perSecond = (rested.total / rested.watched) * 1000;
    const longest = [...worked.tasks, ...rested.tasks].sort((one, other) => other - one);
    info.annotations.push({
      type: 'measured',
      description: `longest tasks ${longest
        .slice(0, 4)
        .map((task) => task.toFixed(1))
        .join(', ')} ms; at rest ${perSecond.toFixed(1)} ms a second, ${rested.tasks.length} tasks, ${steps} steps`,
    });
    // A trace without tasks, or of a run that stands, would prove nothing.
    expect(Math.min(worked.tasks.length, rested.tasks.length)).toBeGreaterThan(100);
    expect(steps).toBeGreaterThan(3);
    expect(longest[0]).toBeLessThan(longestTask);
    expect(perSecond).toBeLessThan(eachSecond);
  });

test('the published page runs under its own policy: nothing is refused that it needs, and nothing inline or evaluated runs', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.openWith(small);
  await playground.press('One step');
  await playground.waitForStep(1);
  for (const name of ['Runs', 'Insight', 'Lessons', 'Train']) {
    await page.getByRole('tab', { name, exact: true }).click();
    await expect(page.getByRole('tabpanel')).toBeVisible();
  }
  expect(playground.problems).toEqual([]);
  const ran = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.inlineRan = true';
    document.body.append(script);
    // In a task of the page's own: what the test's connection calls directly may evaluate.
    const evaluated = await new Promise<boolean>((resolve) => {
      setTimeout(() => {
        try {
          // biome-ignore lint/security/noGlobalEval: that it is refused is what is tested
          resolve(globalThis.eval('true') as boolean);
        } catch {
          resolve(false);
        }
      });
    });
    return { inline: 'inlineRan' in globalThis, evaluated };
  });
  expect(ran).toEqual({ inline: false, evaluated: false });
});
