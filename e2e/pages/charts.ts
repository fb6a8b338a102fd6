import { readFile } from 'node:fs/promises';
import type { Locator } from '@playwright/test';
import type { Playground } from './playground.ts';

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

  /** Drags a mouse from one share of the plot's width to another. */
  async drag(from: number, to: number): Promise<void> {
    const box = await this.cursor.boundingBox();
    if (box === null) throw new Error(`${this.title} is not on the page`);
    const { mouse } = this.playground.page;
    const at = (share: number) => [box.x + share * box.width, box.y + box.height / 2] as const;
    await mouse.move(...at(from));
    await mouse.down();
    await mouse.move(...at((from + to) / 2));
    await mouse.move(...at(to));
    await mouse.up();
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
