import { describe, expect, test } from 'vitest';
import { expectOk } from '../base/result.ts';
import { createSynthetic } from '../datasets/synthetic.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { startingExperiment } from '../experiment/presets.ts';
import type { Executor, Numbers } from '../runtime/executor.ts';
import { createInterpreter } from '../runtime/interpreter/interpreter.ts';
import { checkCheckpoint, restoreCheckpoint, saveCheckpoint } from './checkpoint.ts';
import { readAll } from './persistent.ts';
import { Training } from './training.ts';

const data = createSynthetic(1, { train: 24, test: 10 });

const small: Experiment = {
  ...startingExperiment,
  widths: [4, 4, 6, 8],
  auxDim: 8,
  batch: 4,
  epochs: 2,
  schedule: 'constant',
};

async function open(changes: Partial<Experiment> = {}, executor: Executor = createInterpreter()) {
  const training = expectOk(await Training.open({ ...small, ...changes }, data, executor));
  return { training, executor };
}

async function play(training: Training, steps: number) {
  for (let step = 0; step < steps; step++) expectOk(await training.step());
}

type Opened = Awaited<ReturnType<typeof open>>;

/** Contents of all parameters and statistics but the probes', by label. */
async function weights({ training, executor }: Opened, keep: (label: string) => boolean = () => true) {
  const labels = [...training.values.values()]
    .filter(({ role, label }) => role !== 'optimiser' && keep(label))
    .map(({ label }) => label);
  return expectOk(await readAll(executor, labels));
}

const isStatistic = (label: string) => label.includes('running_');
const isBackbone = (label: string) => /^(stem|block|head)\./.test(label) && !isStatistic(label);

const same = (a: ReadonlyMap<string, Numbers>, b: ReadonlyMap<string, Numbers>) =>
  [...a].filter(([label, values]) => {
    const others = b.get(label);
    return others !== undefined && values.every((value, index) => Object.is(value, others[index]));
  }).length;

describe('Training', () => {
  test('an evaluation of numbers that are none says that the run has diverged, and no checkpoint is made of them', async () => {
    const run = await open();
    await play(run.training, 1);
    expectOk(await run.training.evaluate('test'));
    for (const [label, values] of await weights(run, (label) => /^block\.3.*running_mean/.test(label)))
      expectOk(
        await run.executor.write(
          label,
          values.map(() => Number.NaN),
        ),
      );
    expect(await run.training.evaluate('test')).toMatchObject({
      ok: false,
      error: { fault: 'diverged', message: expect.stringMatching(/^At step 1 the test loss of (module 2|the head)/) },
    });
    expect(await saveCheckpoint(run.training, run.executor)).toMatchObject({
      ok: false,
      error: { fault: 'diverged', message: expect.stringMatching(/^At step 1 "layer3.*running_mean" of module 2/) },
    });
  });

  test('with learning rate 0 leaves every weight as it was while running statistics move', async () => {
    const run = await open({ learningRate: 0, probes: false });
    const before = await weights(run, (label) => !isStatistic(label));
    const statisticsBefore = await weights(run, isStatistic);
    await play(run.training, 3);
    expect(same(before, await weights(run))).toBe(before.size);
    expect(same(statisticsBefore, await weights(run))).toBe(0);
  });

  test('repeats itself with one seed and differs with another', async () => {
    const runs = [];
    for (const seed of [1, 1, 2]) {
      const run = await open({ seed });
      await play(run.training, 3);
      runs.push(await weights(run, isBackbone));
    }
    const [first, again, other] = runs as [Map<string, Numbers>, Map<string, Numbers>, Map<string, Numbers>];
    expect(same(first, again)).toBe(first.size);
    expect(same(first, other)).toBe(0);
  });

  test.each([
    [{ method: 'bp', hilo: false, bn: 'once', window: 1 }],
    [{ cuts: 'k2' }],
    [{ method: 'dgl', hilo: false, bn: 'once', window: 1, aux: '1c2f' }],
    [{ pff: 'paper', bn: 'once' }],
    [{ batch: 8 }],
  ] as Partial<Experiment>[][])('draws the same backbone under %j', async (changes) => {
    const plain = await weights(await open(), isBackbone);
    const other = await weights(await open(changes), isBackbone);
    expect(same(plain, other)).toBe(plain.size);
  });

  test('measures every module of every phase', async () => {
    const { training } = await open();
    const trained = expectOk(await training.step());
    expect(trained).toMatchObject({ phase: 'train', step: 1, epoch: 1 / 6, learningRate: 0.05 });
    expect(trained.modules.map(({ block }) => block)).toEqual(['1.0', '2.0', '3.0']);
    expect(trained.modules[0]?.independent).toBeUndefined();
    expect(trained.modules[1]?.cascade?.loss).toBeGreaterThan(0);
    expect(trained.modules[1]?.reconstruction).toBeGreaterThan(0);
    expect(trained.modules[2]?.independent).toEqual(trained.final);
    const tested = expectOk(await training.evaluate('test'));
    expect(tested?.modules.every(({ probe }) => probe !== undefined)).toBe(true);
    // Ten test images in batches of four: the padding of the last counts for nothing.
    expect(((tested?.final.accuracy ?? 0.05) * 10) % 1).toBeCloseTo(0);
  });

  test('measures a validation part that it does not train on, beside the test part', async () => {
    const { training } = await open({ validation: 0.25, batch: 3 });
    expect(training.evaluatedParts).toEqual(['validation', 'test']);
    expect([training.dataset.train.count, training.dataset.validation?.count]).toEqual([18, 6]);
    const validated = expectOk(await training.evaluate('validation'));
    expect(validated).toMatchObject({ phase: 'validation', step: 0 });
    // Six images: accuracies are sixths.
    expect(((validated?.final.accuracy ?? 0.05) * 6) % 1).toBeCloseTo(0);
  });

  test('without a validation share there is only the test part', async () => {
    expect((await open()).training.evaluatedParts).toEqual(['test']);
  });

  test.each([
    [{ resolution: 224 }, /resolution = 224 can be planned, not trained here/],
    [{ resolution: 64 }, /were read at 32/],
  ] as const)('refuses %j at the field', async (changes, words) => {
    const opened = await Training.open({ ...small, ...changes }, data, createInterpreter());
    expect(opened.ok ? '' : opened.error.where).toBe('resolution');
    expect(opened.ok ? '' : opened.error.message).toMatch(words);
  });

  test('refuses images without labels in words', async () => {
    const none = { images: data.train.images, labels: new Uint16Array(0), count: 0 };
    const opened = await Training.open(small, { ...data, train: none, test: none }, createInterpreter());
    expect(opened.ok ? '' : opened.error.message).toMatch(/no labels/);
  });

  test('refuses a batch larger than the training images', async () => {
    const opened = await Training.open({ ...small, batch: 25 }, data, createInterpreter());
    expect(opened.ok).toBe(false);
    if (!opened.ok)
      expect(opened.error).toMatchObject({ where: 'batch', message: expect.stringContaining('at most 24') });
  });

  test('says at which step a run diverged', async () => {
    const { training, executor } = await open();
    await play(training, 1);
    const label = 'block.1.0.conv1.weight';
    const values = expectOk(await executor.read(label));
    expectOk(await executor.write(label, values.fill(Number.NaN)));
    const diverged = await training.step();
    expect(diverged.ok).toBe(false);
    if (!diverged.ok)
      expect(diverged.error.message).toMatch(/At step 2 the loss of .* diverged.*Lower the learning rate/);
  });

  test('names the module whose gradient is no number where all losses are, and leaves its weights finite', async () => {
    const { training, executor } = await open();
    await play(training, 1);
    // The velocity alone: losses see it only a step later.
    const label = 'block.1.0.conv1.weight';
    const values = expectOk(await executor.read(`velocity.${label}`));
    expectOk(await executor.write(`velocity.${label}`, values.fill(Number.POSITIVE_INFINITY)));
    const diverged = await training.step();
    expect(diverged.ok ? '' : diverged.error).toMatchObject({
      fault: 'diverged',
      where: 'module 0',
      message: expect.stringContaining('At step 2 a gradient of module 0 is no longer a number'),
    });
    expect(expectOk(await executor.read(label)).every(Number.isFinite)).toBe(true);
    const later = await training.step();
    expect(later.ok).toBe(false);
    expectOk(await training.reset());
    expectOk(await training.step());
  });
});

describe('rebuild', () => {
  test('keeps what fits, starts the rest anew and says so', async () => {
    const run = await open();
    await play(run.training, 3);
    const before = await weights(run, isBackbone);
    const started = expectOk(await run.training.rebuild({ ...run.training.experiment, cuts: 'k2' }));
    expect(same(before, await weights(run, isBackbone))).toBe(before.size);
    expect(started).toEqual([]);
    expect(run.training.position.step).toBe(3);
    const joined = expectOk(
      await run.training.rebuild({
        ...run.training.experiment,
        cuts: [
          [1, 0],
          [3, 0],
        ],
      }),
    );
    expect(joined).toContain('probe.1.0');
    expectOk(await run.training.step());
  });

  test('keeps progress in epochs when the batch changes', async () => {
    const { training } = await open();
    await play(training, 6);
    expectOk(await training.rebuild({ ...training.experiment, batch: 8 }));
    expect(training.position).toEqual({ step: 3, totalSteps: 6, stepsPerEpoch: 3 });
    expectOk(await training.step());
  });

  test('leaves the run as it was where the edit is refused', async () => {
    const run = await open();
    await play(run.training, 2);
    const before = await weights(run);
    expect((await run.training.rebuild({ ...run.training.experiment, batch: 100 })).ok).toBe(false);
    expect(same(before, await weights(run))).toBe(before.size);
    expect(run.training.experiment.batch).toBe(4);
    expectOk(await run.training.step());
  });

  test('brings the old step back where the executor refuses the new one', async () => {
    const executor = createInterpreter();
    let refuse = false;
    const picky: Executor = {
      ...executor,
      compile: (graph) =>
        // What the first graph needs is there already when the next one is refused.
        refuse && graph.batch === 8 && graph.purpose !== 'train'
          ? Promise.resolve({ ok: false, error: { message: 'too large' } })
          : executor.compile(graph),
    };
    const run = await open({}, picky);
    await play(run.training, 2);
    const before = await weights(run);
    refuse = true;
    expect(await run.training.rebuild({ ...run.training.experiment, batch: 8 })).toMatchObject({ ok: false });
    expect(same(before, await weights(run))).toBe(before.size);
    expectOk(await run.training.step());
  });
});

describe('checkpoints', () => {
  test('continue a run exactly', async () => {
    const run = await open({ schedule: 'cosine-step' });
    await play(run.training, 3);
    const saved = expectOk(await saveCheckpoint(run.training, run.executor));
    const other = await open({ schedule: 'cosine-step' });
    const checked = expectOk(checkCheckpoint(saved, other.training, 'weights.safetensors'));
    expect(checked).toMatchObject({ continues: true, step: 3 });
    expectOk(await restoreCheckpoint(checked, other.training, other.executor));
    // The file is float32, so the first run goes on from the file too.
    expectOk(await restoreCheckpoint(checked, run.training, run.executor));
    await play(run.training, 4);
    await play(other.training, 4);
    const expected = await weights(run);
    expect(same(expected, await weights(other))).toBe(expected.size);
  });

  test("hold PyTorch's names, the optimiser and the position", async () => {
    const run = await open();
    const { tensors, metadata } = expectOk(await saveCheckpoint(run.training, run.executor));
    for (const name of [
      'conv1.weight',
      'bn1.running_var',
      'layer2.0.downsample.0.weight',
      'fc.bias',
      'can.1.decoder.patch.3.0.weight',
      'optimiser.fc.weight',
    ]) {
      expect(tensors.has(name), name).toBe(true);
    }
    expect(tensors.get('layer2.0.conv1.weight')?.shape).toEqual([6, 4, 3, 3]);
    expect(metadata).toMatchObject({ step: '0', seed: '1', total_steps: '12' });
  });

  test('start a new schedule without the optimiser, and refuse half of it', async () => {
    const run = await open();
    await play(run.training, 1);
    const saved = expectOk(await saveCheckpoint(run.training, run.executor));
    const bare = new Map(
      [...saved.tensors].filter(([name]) => !name.startsWith('optimiser.') && !name.startsWith('probe.')),
    );
    expect(expectOk(checkCheckpoint({ ...saved, tensors: bare }, run.training, 'a'))).toMatchObject({
      continues: false,
      step: 0,
    });
    const half = new Map([...saved.tensors].filter(([name]) => name !== 'optimiser.fc.weight'));
    expect(checkCheckpoint({ ...saved, tensors: half }, run.training, 'a')).toMatchObject({ ok: false });
  });

  test('of a network alone, as PyTorch trains one, leave the auxiliary networks at their start', async () => {
    const run = await open();
    await play(run.training, 2);
    const saved = expectOk(await saveCheckpoint(run.training, run.executor));
    const plain = [...saved.tensors].filter(([name]) => !/^(optimiser|probe|ian|can)\./.test(name));
    const tensors = new Map(plain.map(([name, tensor]) => [`module.${name}`, tensor]));
    tensors.set('module.bn1.num_batches_tracked', { shape: [], data: Int32Array.of(2) });
    const fresh = await open();
    const auxiliary = (label: string) => /^(classifier|decoder)/.test(label);
    const before = await weights(fresh, auxiliary);
    const checked = expectOk(checkCheckpoint({ tensors, metadata: {} }, fresh.training, 'a'));
    expect(checked).toMatchObject({ continues: false, withoutAuxiliary: true });
    expectOk(await restoreCheckpoint(checked, fresh.training, fresh.executor));
    const now = expectOk(await saveCheckpoint(fresh.training, fresh.executor)).tensors;
    for (const [name, tensor] of plain) expect(now.get(name)).toEqual(tensor);
    expect(same(before, await weights(fresh, auxiliary))).toBe(before.size);
  });

  test('list everything that does not fit, and nothing is taken over', async () => {
    const run = await open();
    const saved = expectOk(await saveCheckpoint(run.training, run.executor));
    const tensors = new Map(saved.tensors);
    tensors.delete('conv1.weight');
    tensors.delete('can.1.classifier.fcs.0.weight');
    tensors.set('bn1.bias', { shape: [3], data: new Float32Array(3) });
    tensors.set('layer4.0.conv1.weight', { shape: [1], data: new Float32Array(1) });
    const checked = checkCheckpoint({ ...saved, tensors }, run.training, 'w');
    expect(!checked.ok && checked.error.message).toMatch(
      /lacks the tensor "conv1\.weight" \(and 1 more\); .*"bn1\.bias" has shape \[3\].*"layer4\.0\.conv1\.weight" is no tensor/,
    );
    expect(!checked.ok && checked.error.details).toEqual([
      { summary: 'It lacks 2 tensors', items: ['"conv1.weight"', '"can.1.classifier.fcs.0.weight"'] },
    ]);
  });

  test.each([
    ['a missing tensor', (tensors: Map<string, never>) => tensors.delete('fc.weight'), /lacks the tensor "fc.weight"/],
    [
      'a wrong shape',
      (tensors: Map<string, unknown>) => tensors.set('fc.bias', { shape: [9], data: new Float32Array(9) }),
      /"fc.bias" has shape \[9\].*needs \[10\]/,
    ],
    [
      'values that are no numbers',
      (tensors: Map<string, unknown>) =>
        tensors.set('fc.bias', { shape: [10], data: new Float32Array(10).fill(Number.NaN) }),
      /no numbers/,
    ],
    [
      'a wrong type',
      (tensors: Map<string, unknown>) => tensors.set('fc.bias', { shape: [10], data: new Int32Array(10) }),
      /not of type F32/,
    ],
  ])('with %s are refused', async (_, damage, words) => {
    const run = await open();
    const saved = expectOk(await saveCheckpoint(run.training, run.executor));
    const tensors = new Map(saved.tensors);
    damage(tensors as Map<string, never>);
    const checked = checkCheckpoint({ ...saved, tensors }, run.training, 'weights.safetensors');
    expect(checked.ok).toBe(false);
    if (!checked.ok) expect(checked.error.message).toMatch(words);
  });
});
