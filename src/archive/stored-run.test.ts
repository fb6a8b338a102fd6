import { describe, expect, test } from 'vitest';
import { expectOk } from '../base/result.ts';
import type { TensorFile } from '../formats/safetensors.ts';
import { History } from '../runs/history.ts';
import type { Measurement } from '../runs/measurement.ts';
import { createMemoryStore, type FileStore } from './file-store.ts';
import { StoredRun } from './stored-run.ts';

const checkpoint = (step: number): TensorFile => ({
  tensors: new Map([['w', { shape: [3], data: Float32Array.of(step, 2, 3) }]]),
  metadata: { step: String(step) },
});

const measurement = (step: number, phase: Measurement['phase'] = 'train'): Measurement => ({
  phase,
  step,
  epoch: step / 10,
  seconds: step,
  learningRate: 0.1,
  imagesPerSecond: 10,
  modules: [
    {
      block: '3.0',
      independent: { loss: step / 3, accuracy: 0.5 },
      cascade: undefined,
      reconstruction: undefined,
      probe: undefined,
    },
  ],
  final: { loss: 1 / step, accuracy: undefined },
});

function trained(from: number, to: number, history = new History()): History {
  for (let step = from; step <= to; step++) {
    history.add([measurement(step)]);
    if (step % 10 === 0) history.add([measurement(step, 'test')]);
  }
  return history;
}

async function damage(
  files: FileStore,
  path: string,
  change: (contents: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>,
) {
  const contents = expectOk(await files.read(path)) as Uint8Array<ArrayBuffer>;
  expectOk(await files.write(path, change(contents)));
}

describe('checkpoints', () => {
  test('the last two are kept, the newest is read', async () => {
    const run = new StoredRun(createMemoryStore(), 'runs/a');
    expect(expectOk(await run.readCheckpoint()).checkpoint).toBeUndefined();
    for (const step of [5, 7, 1000]) expectOk(await run.writeCheckpoint(step, checkpoint(step)));
    expect(expectOk(await run.checkpointSteps())).toEqual([1000, 7]);
    const { checkpoint: read, passedOver } = expectOk(await run.readCheckpoint());
    expect(read?.step).toBe(1000);
    expect(read?.file.tensors.get('w')?.data).toEqual(Float32Array.of(1000, 2, 3));
    expect(passedOver).toEqual([]);
  });

  test.each([
    ['a bit that flipped', (contents: Uint8Array<ArrayBuffer>) => contents.with(-1, 99) as typeof contents, /checksum/],
    ['an end that is missing', (contents: Uint8Array<ArrayBuffer>) => contents.slice(0, 60), /checksum/],
    ['nothing', () => new Uint8Array(), /cut off/],
    ['other contents', () => new TextEncoder().encode('x'.repeat(200)), /begin/],
  ] as const)('%s: the one before is taken, and the reason said', async (_, change, words) => {
    const files = createMemoryStore();
    const run = new StoredRun(files, 'runs/a');
    for (const step of [5, 7]) expectOk(await run.writeCheckpoint(step, checkpoint(step)));
    await damage(files, 'runs/a/checkpoint-000000000007.bin', change);
    const { checkpoint: read, passedOver } = expectOk(await run.readCheckpoint());
    expect(read?.step).toBe(5);
    expect(passedOver).toEqual([expect.stringMatching(words)]);
  });

  test('one of numbers that are none is passed over', async () => {
    const run = new StoredRun(createMemoryStore(), 'runs/a');
    expectOk(await run.writeCheckpoint(5, checkpoint(5)));
    const broken = new Map([['w', { shape: [1], data: Float32Array.of(Number.POSITIVE_INFINITY) }]]);
    expectOk(await run.writeCheckpoint(7, { ...checkpoint(7), tensors: broken }));
    const { checkpoint: read, passedOver } = expectOk(await run.readCheckpoint());
    expect(read?.step).toBe(5);
    expect(passedOver).toEqual([expect.stringContaining('no numbers')]);
  });

  test('those of a stretch that was left are dropped', async () => {
    const run = new StoredRun(createMemoryStore(), 'runs/a');
    for (const step of [5, 9]) expectOk(await run.writeCheckpoint(step, checkpoint(step)));
    expectOk(await run.writeCheckpoint(6, checkpoint(6)));
    expect(expectOk(await run.checkpointSteps())).toEqual([6, 5]);
  });
});

describe('history', () => {
  test('grows by segments, is cut and goes on, and reads as it was', async () => {
    const files = createMemoryStore();
    const run = new StoredRun(files, 'runs/a');
    const history = trained(1, 9_000);
    expectOk(await run.writeHistory(history));
    trained(9_001, 20_000, history);
    expectOk(await run.writeHistory(history));
    trained(20_001, 20_010, history);
    expectOk(await run.writeHistory(history));
    const segments = expectOk(await files.list('runs/a'));
    expect(segments.length).toBeGreaterThan(1);
    const again = new StoredRun(files, 'runs/a');
    const read = expectOk(await again.readHistory());
    expect(read.damage).toBeUndefined();
    expect(read.history.data()).toEqual(history.data());
    read.history.cutAfter(8_500);
    trained(8_501, 8_510, read.history);
    expectOk(await again.writeHistory(read.history));
    const last = expectOk(await new StoredRun(files, 'runs/a').readHistory());
    expect(last.history.data()).toEqual(read.history.data());
    expect(last.history.train.last('step')).toBe(8_510);
    expect(last.history.test.last('step')).toBe(8_510);
  });

  test('where a segment is damaged the rows before it stay, and new ones follow them', async () => {
    const files = createMemoryStore();
    const run = new StoredRun(files, 'runs/a');
    const history = new History();
    for (let end = 10_000; end <= 30_000; end += 10_000) {
      trained(end - 9_999, end, history);
      expectOk(await run.writeHistory(history));
    }
    await damage(files, 'runs/a/history-00001.bin', (contents) => contents.with(500, 1) as typeof contents);
    const read = expectOk(await run.readHistory());
    expect(read.damage).toContain('history-00001');
    expect(read.history.train.length).toBeGreaterThanOrEqual(10_000);
    expect(read.history.train.length).toBeLessThan(30_000);
    trained(30_001, 30_002, read.history);
    expectOk(await run.writeHistory(read.history));
    expect(expectOk(await new StoredRun(files, 'runs/a').readHistory())).toMatchObject({ damage: undefined });
  });
});

test('a record that is no JSON is refused in words', async () => {
  const files = createMemoryStore();
  expectOk(await files.write('runs/a/record.json', new TextEncoder().encode('{')));
  const read = await new StoredRun(files, 'runs/a').readRecord();
  expect(read.ok ? '' : read.error.message).toContain('not JSON');
});
