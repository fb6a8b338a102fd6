import { expect, test } from '@playwright/test';
import { fieldKinds } from '../src/app/controls/field-kinds.ts';
import { fields } from '../src/experiment/fields.ts';
import { small, tiny } from './experiments.ts';
import { Playground } from './pages/playground.ts';
import { atEachSize } from './pages/sizes.ts';

/** What the papers report, as printed, of presets whose every figure the page knows. */
const reported = {
  'hpff-released/resnet32-all': ['8.99'],
  'hpff-paper/resnet32-all': ['8.99'],
  'hpff-paper/resnet110-all': ['8.96'],
  'dgl/resnet32-all': ['14.08', '16.21'],
  'dgl-cascade/resnet32-all': ['10.51'],
  'dgl-hilo/resnet32-all': ['9.44'],
  'dgl-hpff/resnet32-all': ['8.94'],
  'infopro/resnet32-all': ['12.93', '14.23'],
  'infopro-contrast/resnet32-all': ['12.93', '12.75'],
  'greedy/resnet32-all': ['24.59'],
  'bp/resnet32': ['6.37', '7.37'],
  'bp/resnet110': ['5.42'],
} as const;

const effects = { now: 'applies now', rebuilds: 'rebuilds, keeps weights', restarts: 'starts a new run' } as const;

test('every control says what a change does, edits are taken back and made again, presets stand beside the figures reported', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.openWith(small);
  const controls = playground.region('Controls');
  const rate = controls.getByRole('spinbutton', { name: 'Learning rate', exact: true });
  await atEachSize(page, async () => {
    await playground.setNumber('Learning rate', 0.25);
    await page.keyboard.press('Control+z');
    await expect(rate).toHaveValue('0.05');
    await page.keyboard.press('Control+Shift+z');
    await expect(rate).toHaveValue('0.25');
    await playground.press('Undo edit');
    await expect(rate).toHaveValue('0.05');
    await playground.press('Redo edit');
    await expect(rate).toHaveValue('0.25');
    await playground.press('Undo edit');

    for (const name of Object.keys(fieldKinds) as (keyof typeof fieldKinds)[])
      await expect(controls.getByLabel(fields[name].title, { exact: true }).first()).toHaveAccessibleDescription(
        new RegExp(`${effects[fields[name].effect]}\\.`),
      );
    for (const words of Object.values(effects))
      await expect(controls.getByRole('list', { name: 'What a change does' })).toContainText(words);

    const figures = controls.getByRole('list', { name: 'As reported' });
    for (const [preset, errors] of Object.entries(reported)) {
      await controls.getByRole('combobox', { name: 'Preset' }).selectOption(preset);
      await expect(figures.getByRole('listitem')).toHaveText(
        errors.map((error) => new RegExp(`^As reported: ${error.replace('.', '\\.')}\\s% test error \\(.*paper, `)),
      );
    }
    await expect(controls).toContainText('This experiment waits; the run before goes on.');
    await playground.press('Back to the running experiment');
    await expect(figures).toHaveCount(0);
  });
  expect(playground.problems).toEqual([]);
});

test('a link brings the whole experiment to another page; one of a newer version is refused in words', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const playground = new Playground(page);
  const experiment = { ...tiny, cuts: 'k3', learningRate: 0.123, seed: 7 };
  await playground.openWith(experiment);
  await playground.press('Copy link');
  await expect(page.getByText('Copied').first()).toBeVisible();
  const address = await page.evaluate(() => navigator.clipboard.readText());
  expect(address).toMatch(/#experiment=.*&version=1$/);
  const shared = new URL(address).hash;
  const controls = playground.region('Controls');
  await page.goto('about:blank');
  await playground.open(shared);
  await atEachSize(page, async () => {
    await expect(controls.getByRole('spinbutton', { name: 'Learning rate', exact: true })).toHaveValue('0.123');
    await expect(controls.getByRole('spinbutton', { name: 'Seed', exact: true })).toHaveValue('7');
    await expect(playground.region('Network')).toContainText('resnet8, K = 3');
    await page.evaluate(
      (hash) => {
        location.hash = hash;
      },
      shared.replace('version=1', 'version=9'),
    );
    const refused = page
      .getByRole('alert')
      .filter({ hasText: 'made by a newer version of the playground (link version 9)' });
    await expect(refused).toContainText('The page keeps the experiment it has.');
    await refused.getByRole('button', { name: 'Dismiss' }).click();
    await page.evaluate((hash) => {
      location.hash = hash;
    }, shared);
  });
  await playground.press('One step');
  await playground.waitForStep(1);
  expect(playground.problems).toEqual([]);
});

test('how long it takes is always in sight, and a run of hours is offered smaller', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openWith({ ...small, trainSize: 5000, epochs: 10_000 });
  const transport = playground.region('Transport');
  const epochs = playground.region('Controls').getByRole('spinbutton', { name: 'Epochs', exact: true });
  const note = page.getByText(/^About .* to the end here\. For a result sooner, try:$/);
  await atEachSize(page, async () => {
    for (const name of ['per step', 'per epoch', 'to the end'])
      await expect(transport.getByRole('term').filter({ hasText: name })).toBeVisible();
    await expect(transport.getByRole('definition')).toHaveText([/\d.*s$/, /\d.*s$/, /\d\s[hd]\s/]);
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await expect(transport.getByRole('definition').last()).toBeInViewport();
    await page.evaluate(() => scrollTo(0, 0));
    await expect(note).toBeVisible();
    await page.getByRole('button', { name: /^\d+ epochs \(half an hour\)$/ }).click();
    await expect(note).toHaveCount(0);
    await expect(epochs).not.toHaveValue('10000');
    await playground.press('Undo edit');
    await expect(note).toBeVisible();
  });
  expect(playground.problems).toEqual([]);
});
