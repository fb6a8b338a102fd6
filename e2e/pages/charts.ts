import { readFile } from 'node:fs/promises';
import type { Locator } from '@playwright/test';
import { unzipSync } from 'fflate';
import type { Playground } from './playground.ts';

/** Every chart of a run, as the page names them. */
export const titles = [
  'Accuracy by module',
  'Loss by module',
  'Final accuracy',
  'Final loss',
  'Images per second',
  'Learning rate',
  'Gradient norm by module',
  "Cosine with back-propagation's gradient",
  'Memory over a step',
  'Memory by module',
];

/** A chart as a person meets it: its figure, the cursor in it, what is read out there, and its files. */
export class Chart {
  readonly figure: Locator;
  readonly cursor: Locator;

  constructor(
    private readonly playground: Playground,
    readonly title: string,
  ) {
    this.figure = playground.page.getByRole('figure', { name: title, exact: true });
    this.cursor = this.figure.getByRole('slider', { name: `Cursor of ${title}` });
  }

  /** Scrolls to it: charts are drawn once they are in sight. */
  async show(): Promise<void> {
    await this.figure.scrollIntoViewIfNeeded();
    await this.cursor.waitFor();
  }

  async words(): Promise<string> {
    return (await this.cursor.getAttribute('aria-valuetext')) ?? '';
  }

  /** What is in sight of the horizontal axis. */
  async span(): Promise<readonly [number, number]> {
    const read = async (name: string) => Number(await this.cursor.getAttribute(name));
    return [await read('aria-valuemin'), await read('aria-valuemax')];
  }

  /** Goes back from the table to the plot. */
  async showPlot(): Promise<void> {
    const table = this.figure.getByRole('button', { name: 'Table', exact: true });
    if ((await table.getAttribute('aria-pressed')) === 'true') await table.click();
  }

  /** Points with a mouse at a share of the plot's width, and of its height from its foot. */
  async hover(share: number, height = 0.5): Promise<void> {
    await this.playground.page.mouse.move(...(await this.at(share, height)));
  }

  /** Puts a finger on a share of the plot's width and takes it off again. */
  async touch(share: number): Promise<void> {
    const { page } = this.playground;
    const [x, y] = await this.at(share);
    const finger = await page.context().newCDPSession(page);
    await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
    await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await finger.detach();
  }

  /** Drags a mouse from one share of the plot's width to another. */
  async drag(from: number, to: number): Promise<void> {
    const { mouse } = this.playground.page;
    await mouse.move(...(await this.at(from)));
    await mouse.down();
    await mouse.move(...(await this.at((from + to) / 2)));
    await mouse.move(...(await this.at(to)));
    await mouse.up();
  }

  /** A place in the plot, in pixels of the window. */
  private async at(share: number, height = 0.5): Promise<readonly [number, number]> {
    const box = await this.cursor.boundingBox();
    if (box === null) throw new Error(`${this.title} is not on the page`);
    return [box.x + share * box.width, box.y + (1 - height) * box.height];
  }

  /** Saves it in a format and answers the file's contents. */
  async save(format: RegExp): Promise<{ readonly name: string; readonly content: Buffer }> {
    const { page } = this.playground;
    await this.figure.getByRole('button', { name: `Save ${this.title}`, exact: true }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: format }).click();
    const file = await download;
    return { name: file.suggestedFilename(), content: await readFile(await file.path()) };
  }
}

/** Saves all charts of the page in a way that the menu offers, and answers the files by their paths. */
export async function saveAll({ page }: Playground, choice: RegExp): Promise<ReadonlyMap<string, Uint8Array>> {
  await page.getByRole('button', { name: 'Save all', exact: true }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: choice }).click();
  return new Map(Object.entries(unzipSync(new Uint8Array(await readFile(await (await download).path())))));
}

/** What a saved SVG chart shows. */
export interface SavedPicture {
  /** Lines drawn, pale twins not counted. */
  readonly lines: readonly { readonly colour: string; readonly dash: string | undefined }[];
  /** Bars and pieces of strips drawn. */
  readonly boxes: number;
  readonly legend: readonly { readonly name: string; readonly colour: string; readonly dash: string | undefined }[];
  /** Everything written in it. */
  readonly words: readonly string[];
}

/** Reads a saved SVG chart back. */
export function readPicture(svg: string): SavedPicture {
  const attribute = (markup: string, name: string) => new RegExp(` ${name}="([^"]*)"`).exec(markup)?.[1];
  const shapes = /<svg class="shapes".*?<\/svg>/s.exec(svg)?.[0] ?? '';
  const look = (markup: string) => ({
    colour: attribute(markup, 'stroke') ?? attribute(markup, 'fill') ?? '',
    dash: attribute(markup, 'stroke-dasharray'),
  });
  return {
    lines: (shapes.match(/<path [^>]*>/g) ?? [])
      // One point is no line.
      .filter((path) => path.includes('L') && attribute(path, 'stroke-opacity') !== '0.28')
      .map(look),
    boxes: shapes.match(/<rect /g)?.length ?? 0,
    legend: (svg.match(/<g class="entry">.*?<\/g>/g) ?? []).map((entry) => ({
      name: />([^<]+)<\/text>/.exec(entry)?.[1] ?? '',
      ...look(entry),
    })),
    words: [...svg.matchAll(/>([^<]+)<\/text>/g)].map(([, words]) => words as string),
  };
}
