import { expect, test } from '@playwright/test';
import { createServer, type ViteDevServer } from 'vite';
import { sharedFolder, sharedPresent, sharedSets } from '../src/datasets/shared-data.fakes.ts';

/** What the readers say of a set, in the browser. */
interface Told {
  readonly name: string;
  readonly size: number;
  readonly counts: readonly number[];
  readonly checksum: string;
  readonly problem: string;
}

/** A worker's script that reads the files it is sent with the browser's decoder. A development server gives out the modules as they are. */
const script = (origin: string): string => `
  import { readSet } from '${origin}/src/datasets/read-set.ts';
  import { browserDecoder } from '${origin}/src/datasets/browser-decoder.ts';
  onmessage = async ({ data: files }) => {
    const named = files.map(({ name, file }) => ({ name, size: file.size, stream: () => file.stream() }));
    const read = await readSet(named, { decoder: browserDecoder });
    if (!read.ok) {
      postMessage({ name: '', size: 0, counts: [], checksum: '', problem: read.error.message });
      return;
    }
    const { name, format, train, test, unlabelled, checksum } = read.value;
    const counts = [train.count, test.count, unlabelled?.count ?? 0];
    postMessage({ name, size: format.imageSize, counts, checksum, problem: '' });
  };
  postMessage('ready');
`;

const cut = [
  ['stl10/stl10_binary.tar.gz.first-1500000-bytes', / images are whole/],
  ['svhn/train_32x32.mat.first-1900000-bytes', / of its 73,257 images are whole/],
] as const;

test.describe('real images, read in a worker of the browser', () => {
  test.skip(!sharedPresent, `There is no ${sharedFolder}.`);

  let modules: ViteDevServer;
  test.beforeAll(async () => {
    modules = await createServer({ logLevel: 'error', server: { port: 0, host: 'localhost' } });
    await modules.listen();
  });
  test.afterAll(() => modules.close());

  const read = async (page: import('@playwright/test').Page, files: readonly string[]): Promise<Told> => {
    await page.goto(modules.resolvedUrls?.local[0] ?? '');
    await page.evaluate(() => {
      const input = document.createElement('input');
      input.type = 'file';
      input.multiple = true;
      input.id = 'files-of-test';
      document.body.append(input);
    });
    await page.locator('#files-of-test').setInputFiles(files.map((name) => sharedFolder + name));
    const source = script(new URL(page.url()).origin);
    return page.evaluate(
      async ([text, names]) => {
        const input = document.querySelector<HTMLInputElement>('#files-of-test');
        const given = [...(input?.files ?? [])].map((file, place) => ({ name: names[place], file }));
        const worker = new Worker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })), {
          type: 'module',
        });
        const next = () =>
          new Promise<Told>((resolve, reject) => {
            worker.onmessage = ({ data }) => resolve(data);
            worker.onerror = ({ message }) => reject(new Error(`the worker: ${message}`));
          });
        await next();
        worker.postMessage(given);
        const told = await next();
        worker.terminate();
        return told;
      },
      [source, files] as const,
    );
  };

  for (const shared of sharedSets) {
    test(`${shared.set}: the pixels that Node reads`, async ({ page }) => {
      const told = await read(page, shared.files);
      expect(told).toEqual({
        name: shared.set,
        size: shared.size,
        counts: shared.counts,
        checksum: shared.checksum,
        problem: '',
      });
    });
  }

  for (const [file, says] of cut) {
    test(`${file} is refused with how far it is readable`, async ({ page }) => {
      expect((await read(page, [file])).problem).toMatch(says);
    });
  }
});
