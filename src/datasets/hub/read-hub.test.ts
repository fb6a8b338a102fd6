import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectOk, ok } from '../../base/result.ts';
import { memorySink } from '../image-store.ts';
import { nodeDecoder } from '../node-decoder.ts';
import type { ReadContext } from '../set-reader.ts';
import { colourOf, parquetOfImages } from './hub-images.fakes.ts';
import { type HubServer, startHub } from './hub-server.fakes.ts';
import { hubSetOf } from './hub-sets.ts';
import type { PieceStore } from './pieces.ts';
import { type HubPlan, planHub, type WantedSizes } from './plan-hub.ts';
import { readHub } from './read-hub.ts';
import type { HubAccess } from './request.ts';

const classNames = ['ant', 'bee', 'cow', 'dog'];
const mixed = parquetOfImages({ rows: 120, rowGroupSize: 20, classNames, labelOf: (row) => (row * 3) % 4 });
const sorted = parquetOfImages({ rows: 120, rowGroupSize: 10, classNames, labelOf: (row) => Math.floor(row / 30) });
const test40 = parquetOfImages({ rows: 40, rowGroupSize: 20, classNames, labelOf: (row) => row % 4 });
const untold = parquetOfImages({ rows: 10, rowGroupSize: 10, classNames, labelOf: () => -1 });
const cifar = parquetOfImages({
  rows: 20,
  rowGroupSize: 10,
  classNames: Array.from({ length: 10 }, (_, index) => `class ${index}`),
  labelOf: (row) => row % 10,
  columns: ['img', 'label'],
});

let hub: HubServer;
beforeEach(async () => {
  hub = await startHub(
    new Map([
      ['some/mixed/default/train/0000.parquet', mixed],
      ['some/mixed/default/test/0000.parquet', test40],
      ['some/sorted/default/train/0000.parquet', sorted],
      ['some/sorted/default/valid/0000.parquet', test40],
      ['some/sorted/default/test/0000.parquet', untold],
      ['some/halves/default/train/0000.parquet', mixed],
      ['some/halves/default/train/0001.parquet', sorted],
      ['some/broken/default/train/0000.parquet', mixed.slice(0, 3000)],
      ['uoft-cs/cifar10/plain_text/train/0000.parquet', cifar],
      ['uoft-cs/cifar10/plain_text/test/0000.parquet', cifar],
    ]),
  );
});
afterEach(() => hub.close());

function memoryPieces(): PieceStore & { readonly pieces: Map<string, Uint8Array<ArrayBuffer>> } {
  const pieces = new Map<string, Uint8Array<ArrayBuffer>>();
  return {
    pieces,
    read: async (key) => pieces.get(key),
    write: async (key, bytes) => void pieces.set(key, bytes.slice()),
  };
}

const context = (resolution: ReadContext['resolution'] = 32): ReadContext => ({
  decoder: nodeDecoder,
  resolution,
  seed: 0,
  testShare: 1 / 6,
  mostUnlabelled: 0,
  openSink: (stride) => ok(memorySink(stride)),
});

const access = (signal?: AbortSignal): HubAccess => ({
  address: hub.address,
  fetch,
  signal,
  patience: 5_000,
  pause: 1,
  repetitions: 3,
});

const all: WantedSizes = { train: 'all', test: 'all' };
const plan = (repository: string, wanted = all, store = memoryPieces()) =>
  planHub(hubSetOf(repository, undefined), wanted, 1, access(), store);

async function read(planned: HubPlan, store = memoryPieces(), cancel?: AbortController) {
  let told = 0;
  const onProgress = (done: number) => {
    told = done;
    cancel?.abort();
  };
  const signal = cancel?.signal;
  const dataset = await readHub(planned, { access: access(signal), store, context: context(), onProgress });
  return { dataset, told };
}

describe('a set of the hub', () => {
  test('is read with its classes, labels and pixels', async () => {
    const planned = expectOk(await plan('some/mixed'));
    const { dataset, told } = await read(planned);
    const set = expectOk(dataset);
    expect(set).toMatchObject({ name: 'own', classNames, train: { count: 120 }, test: { count: 40 } });
    expect(told).toBe(planned.bytes);
    const image = new Uint8Array(3072);
    for (const row of [0, 57, 119]) {
      set.train.images.copy(row, image, 0);
      expect([...image.slice(0, 3)]).toEqual(colourOf(row));
      expect(set.train.labels[row]).toBe((row * 3) % 4);
    }
  });

  test('fetches only the row groups a subset needs, and says so', async () => {
    const whole = expectOk(await plan('some/mixed'));
    const store = memoryPieces();
    const planned = expectOk(await plan('some/mixed', { train: 30, test: 20 }, store));
    expect(planned).toMatchObject({
      kind: 'groups',
      images: { train: { fetched: 40, all: 120 }, test: { fetched: 20, all: 40 } },
    });
    expect(planned.bytes).toBeLessThan(0.5 * whole.bytes);
    hub.sent = 0;
    const set = expectOk((await read(planned, store)).dataset);
    expect(hub.sent).toBeLessThanOrEqual(planned.bytes);
    expect([set.train.count, set.test.count]).toEqual([40, 20]);
    expect(set.notes.join(' ')).toMatch(/Only 40 of its 120 training images were fetched/);
  });

  test('sorted by class keeps its classes, and is tested on its validation part where test labels were never told', async () => {
    const set = expectOk((await read(expectOk(await plan('some/sorted', { train: 40, test: 'all' })))).dataset);
    expect(new Set(set.train.labels).size).toBe(4);
    expect(set.test.count).toBe(40);
  });

  test('of several files is read in order; without a test part a part is split off', async () => {
    const set = expectOk((await read(expectOk(await plan('some/halves')))).dataset);
    expect([set.train.count, set.test.count]).toEqual([200, 40]);
    expect(set.notes.join(' ')).toMatch(/No test part was given/);
  });

  test('known by name is what it is, and has the format of its set', async () => {
    const set = expectOk((await read(expectOk(await plan('uoft-cs/cifar10')))).dataset);
    expect(set).toMatchObject({ name: 'cifar-10', title: 'CIFAR-10', format: { padding: 'reflect', pad: 4 } });
  });

  test('comes as a whole where ranges are refused', async () => {
    hub.behaviour.ranges = false;
    const planned = expectOk(await plan('some/mixed', { train: 30, test: 20 }));
    expect(planned).toMatchObject({ kind: 'whole', bytes: mixed.length + test40.length });
    const { dataset, told } = await read(planned);
    expect(expectOk(dataset).train.count).toBe(120);
    expect(told).toBe(planned.bytes);
  });

  test('goes on where a loading was cancelled or broke off', async () => {
    const store = memoryPieces();
    const planned = expectOk(await plan('some/halves', all, store));
    const control = new AbortController();
    hub.behaviour.delay = 5;
    const first = await read(planned, store, control);
    expect(first.dataset).toMatchObject({ ok: false, error: { where: 'cancelled' } });
    hub.behaviour.delay = 0;
    const again = expectOk(await plan('some/halves', all, store));
    expect((await read(again, store)).dataset.ok).toBe(true);
    // Everything is in the store now: nothing is asked of the files' server any more.
    hub.asked.length = 0;
    expect((await read(again, store)).dataset.ok).toBe(true);
    expect(hub.asked).toEqual([]);
  });

  test.each([
    ['some/nothing', /hub has no some\/nothing/],
    ['some/broken', /some\/broken cannot be read as Parquet/],
  ])('%s is refused in words', async (repository, words) => {
    const planned = await plan(repository);
    expect(planned.ok ? '' : planned.error.message).toMatch(words);
  });
});
