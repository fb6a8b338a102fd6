import { expect, test } from '@playwright/test';
import { PNG } from 'pngjs';
import { small } from './experiments.ts';
import { Chart, readPicture, saveAll, titles } from './pages/charts.ts';
import { comparedRuns, sweptRuns } from './pages/made-up-runs.ts';
import { Playground } from './pages/playground.ts';
import { atEachSize } from './pages/sizes.ts';

/** Axis titles, with units where there are any. */
const quantities: Readonly<Record<string, string>> = {
  'Accuracy by module': 'accuracy (%)',
  'Loss by module': 'loss',
  'Final accuracy': 'accuracy (%)',
  'Final loss': 'loss',
  'Images per second': 'images per second',
  'Learning rate': 'learning rate',
  'Gradient norm by module': 'gradient norm',
  "Cosine with back-propagation's gradient": 'cosine',
  'Memory over a step': 'memory (bytes)',
  'Memory by module': 'memory (bytes)',
};

const sweepTitles = [
  'Test error against K',
  'Memory against K',
  'Multiply-adds per image against K',
  'Test error against memory',
  'Test error against multiply-adds per image',
  'Memory against multiply-adds per image',
];

const names = ['HPFF', 'BP', 'HPFF without HiLo'];
const endings = ['svg', 'png', 'csv', 'json'];
const pathOf = (title: string) => `charts/${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

/** A decoded picture: its size, and how many colours it has. */
function decoded(bytes: Uint8Array | undefined) {
  const { width, height, data } = PNG.sync.read(Buffer.from(bytes ?? []));
  const colours = new Set<number>();
  for (let at = 0; at < data.length; at += 4) colours.add(data.readUInt32LE(at));
  return { width, height, colours: colours.size };
}

test('all charts are saved together, those out of sight and shown as tables too, each a picture that stands for itself', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
  const playground = new Playground(page);
  await playground.openWith(small);
  await page.getByRole('tab', { name: 'Runs' }).click();
  await page.getByLabel('Run files').setInputFiles(comparedRuns());
  await expect(playground.region('Table of runs')).toContainText('HPFF without HiLo');
  await page.getByRole('tab', { name: 'Train' }).click();
  await atEachSize(page, async () => {
    const whole = new Chart(playground, 'Final loss');
    await playground.chartTable(whole.title);
    await page.evaluate(() => scrollTo(0, 0));
    const files = await saveAll(playground, /^Everything/);
    expect([...files.keys()].filter((path) => path.startsWith('charts/')).sort()).toEqual(
      titles.flatMap((title) => endings.map((ending) => `${pathOf(title)}.${ending}`)).sort(),
    );
    for (const run of ['hpff', 'bp', 'hpff-without-hilo'])
      for (const file of ['measurements.csv', 'experiment.json', 'changes.json'])
        expect(files.has(`${run}/${file}`), `${run}/${file}`).toBe(true);

    for (const title of titles) {
      const svg = text(files.get(`${pathOf(title)}.svg`));
      expect(svg, title).not.toContain('var(--');
      const { lines, boxes, legend, words } = readPicture(svg);
      expect(words, title).toContain(title);
      expect(words, title).toContain(quantities[title]);
      const ofStep = title.startsWith('Memory');
      expect(words, title).toContain(title === 'Memory by module' ? 'module' : ofStep ? 'operation' : 'step');
      expect(legend.length, title).toBeGreaterThan(1);
      if (title === 'Memory by module') {
        expect(legend.map(({ name }) => name)).toEqual([
          'parameters',
          'optimiser',
          'activations',
          'gradients',
          'workspace',
        ]);
        expect(boxes).toBeGreaterThan(10);
      } else {
        // Each line has its name, colour and dash beside it.
        expect(legend, title).toHaveLength(lines.length);
        const look = ({ colour, dash }: { colour: string; dash: string | undefined }) => `${colour} ${dash}`;
        expect(legend.map(look), title).toEqual(lines.map(look));
      }
      const json = JSON.parse(text(files.get(`${pathOf(title)}.json`)));
      if (!ofStep) {
        // Back-propagation has no losses of modules.
        for (const name of title === 'Loss by module' ? names.filter((name) => name !== 'BP') : names)
          expect(
            legend.some((entry) => entry.name.startsWith(`${name}: `)),
            title,
          ).toBe(true);
        // How fast test images are measured is told and not drawn.
        const told = title === 'Images per second' ? 2 * lines.length : lines.length;
        expect(json.lines.length, title).toBe(told);
        const head = text(files.get(`${pathOf(title)}.csv`)).split('\n')[0];
        for (const name of names) expect(head, title).toContain(`${name}: `);
      }
      const picture = decoded(files.get(`${pathOf(title)}.png`));
      expect(picture.width, title).toBe(2 * 720);
      expect(picture.height, title).toBeGreaterThan(2 * 400);
      expect(picture.colours, title).toBeGreaterThan(20);
    }

    for (const [choice, ending] of [
      [/^PNG/, 'png'],
      [/^SVG/, 'svg'],
      [/^CSV/, 'csv'],
      [/^JSON/, 'json'],
    ] as const) {
      const some = [...(await saveAll(playground, choice)).keys()];
      expect(some.filter((path) => path.startsWith('charts/')).sort()).toEqual(
        titles.map((title) => `${pathOf(title)}.${ending}`).sort(),
      );
      expect(some.every((path) => path.endsWith(`.${ending}`))).toBe(true);
    }
    // One alone, from its table.
    const { legend, lines } = readPicture((await whole.save(/SVG/)).content.toString());
    expect(legend.map(({ name }) => name.replace(/, [\d.]+$/, ''))).toEqual(
      names.flatMap((name) => [`${name}: training batches`, `${name}: test part`]),
    );
    expect(lines).toHaveLength(6);
    expect(decoded((await whole.save(/PNG/)).content).colours).toBeGreaterThan(20);
    await whole.showPlot();
  });
  expect(playground.problems).toEqual([]);
});

test('beside the runs, the figures of their costs are saved with the charts', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openWith(small);
  await page.getByRole('tab', { name: 'Runs' }).click();
  await page.getByLabel('Run files').setInputFiles([...comparedRuns(), ...sweptRuns()]);
  await expect(page.getByRole('figure', { name: sweepTitles[0] as string, exact: true })).toContainText('DGL');
  await atEachSize(page, async () => {
    const files = await saveAll(playground, /^SVG/);
    for (const title of sweepTitles) {
      const { lines, legend, words } = readPicture(text(files.get(`${pathOf(title)}.svg`)));
      expect(words, title).toContain(title);
      expect(
        legend.map(({ name }) => name),
        title,
      ).toContain('DGL');
      expect(lines.length, title).toBeGreaterThanOrEqual(legend.length - 1);
    }
    const error = readPicture(text(files.get(`${pathOf('Test error against memory')}.svg`)));
    expect(error.words).toContain('Test error (%)');
    expect(error.words).toContain('Memory');
    // The charts of the screen are there as well.
    expect(files.has(`${pathOf('Final accuracy')}.svg`)).toBe(true);
  });
  expect(playground.problems).toEqual([]);
});
