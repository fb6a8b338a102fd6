import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { CDPSession, Page } from '@playwright/test';
import { PNG } from 'pngjs';

/** Files or folders of this machine, carried over a page by the browser itself, as from a file manager. */
export class CarriedFiles {
  private session: CDPSession | undefined;

  constructor(
    private readonly page: Page,
    private readonly paths: readonly string[],
  ) {}

  /** Carries them to a place of the window. */
  async over(x: number, y: number): Promise<void> {
    if (this.session === undefined) {
      this.session = await this.page.context().newCDPSession(this.page);
      await this.send('dragEnter', x, y);
    }
    await this.send('dragOver', x, y);
  }

  async letGo(x: number, y: number): Promise<void> {
    await this.send('drop', x, y);
  }

  private async send(type: 'dragEnter' | 'dragOver' | 'drop', x: number, y: number): Promise<void> {
    const data = { items: [], files: [...this.paths], dragOperationsMask: 1 };
    await this.session?.send('Input.dispatchDragEvent', { type, x, y, data });
  }
}

/** Writes a square picture of one colour, red, green and blue 0 to 255. */
export async function writePicture(
  path: string,
  side: number,
  colour: readonly [number, number, number],
): Promise<void> {
  const picture = new PNG({ width: side, height: side });
  for (let pixel = 0; pixel < side * side; pixel++) picture.data.set([...colour, 255], pixel * 4);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, PNG.sync.write(picture));
}
