import { afterAll, expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { expectAgreement, outcome } from '../agreement/agreement.ts';
import { caseOf } from '../agreement/cases.ts';
import { guarded } from '../agreement/sgd.ts';
import { openDevice } from '../gpu/device.ts';
import { watchErrors } from '../gpu/errors.ts';
import { installNodeWebgpu, softwareDriver } from '../gpu/node-webgpu.ts';
import { createTfjsExecutor, type TfjsExecutor } from './executor.ts';
import { selfTest } from './self-test.ts';

const driver = softwareDriver();
if (driver === undefined) console.warn('WebGPU tests of runtime/tfjs are skipped: VK_ICD_FILENAMES names no driver.');
const uninstall = driver === undefined ? undefined : expectOk(await installNodeWebgpu({ icd: driver }));

let executor: TfjsExecutor | undefined;
const opened = async (): Promise<TfjsExecutor> => {
  executor ??= expectOk(await createTfjsExecutor({ backend: 'webgpu' }));
  return executor;
};
afterAll(() => {
  executor?.dispose();
  uninstall?.();
});

const onWebgpu = test.runIf(driver !== undefined);

onWebgpu('WebGPU passes the numeric self-test', async () => {
  expect(await selfTest({ backend: 'webgpu' })).toEqual({ ok: true, value: undefined });
});

onWebgpu('a convolution, its normalisation and all their gradients agree with the interpreter', async () => {
  const given = caseOf(1, ({ value, push }) => {
    const x = value('x', [4, 9, 8, 3], 'state');
    const weights = [value('weights', [3, 3, 3, 6], 'state')];
    const attributes = { stride: 2, padding: 1 };
    const shape = [4, 5, 4, 6];
    const y = value('y', shape, 'activation');
    push({ kind: 'conv2d', inputs: { x, weights, biases: [] }, outputs: { y }, attributes });
    const vector = (label: string) => [value(label, [6], 'state')];
    const running = { runningMeans: vector('runningMean'), runningVariances: vector('runningVariance') };
    const mean = value('mean', [1, 6], 'metric');
    const variance = value('variance', [1, 6], 'metric');
    const groups = { groups: 1 };
    push({
      kind: 'batchStatistics',
      inputs: { x: y, ...running, guard: undefined },
      outputs: { mean, variance, ...running },
      attributes: { ...groups, momentum: 0.1 },
    });
    const inputs = { x: y, mean, variance, gammas: vector('gamma'), betas: vector('beta') };
    const z = value('z', shape, 'metric');
    const epsilon = { epsilon: 1e-5, relu: true };
    push({
      kind: 'normalise',
      inputs: { ...inputs, residual: undefined },
      outputs: { y: z },
      attributes: { ...groups, ...epsilon },
    });
    const dz = value('dz', shape, 'state');
    const dy = value('dy', shape, 'metric');
    push({
      kind: 'batchNormGradient',
      inputs: { ...inputs, dy: dz, mask: undefined },
      outputs: { dx: dy, dgammas: vector('dgamma'), dbetas: vector('dbeta') },
      attributes: { ...groups, ...epsilon, accumulate: false },
    });
    const nothing = { accumulate: undefined, accumulateMask: undefined };
    const dx = value('dx', [4, 9, 8, 3], 'metric');
    push({ kind: 'conv2dInputGradient', inputs: { dy, weights, ...nothing }, outputs: { dx }, attributes });
    const dweights = [value('dweights', [3, 3, 3, 6], 'state')];
    push({
      kind: 'conv2dParameterGradient',
      inputs: { x, dy },
      outputs: { dweights, dbiases: [] },
      attributes: { ...attributes, accumulate: true },
    });
  });
  await expectAgreement(await opened(), given, 1e-5);
});

onWebgpu('a guarded update of many tensors agrees with the interpreter, and stops', async () => {
  await expectAgreement(await opened(), guarded(0), 1e-5);
  const after = await outcome(await opened(), guarded(Number.NaN));
  expect(after.get('guard')?.[0]).toBe(3);
});

onWebgpu('losses agree with the interpreter', async () => {
  const given = caseOf(
    2,
    ({ value, push }) => {
      const labels = value('labels', [8], 'input');
      const logits = value('logits', [8, 5], 'state');
      const outputs = { metric: value('loss', [2], 'metric'), dlogits: value('dlogits', [8, 5], 'metric') };
      push({ kind: 'softmaxCrossEntropy', inputs: { logits, labels }, outputs, attributes: { weight: 'w' } });
      const features = value('features', [8, 5], 'metric');
      push({ kind: 'l2Normalise', inputs: { x: logits }, outputs: { y: features }, attributes: {} });
      push({
        kind: 'contrast',
        inputs: { features, labels },
        outputs: { metric: value('contrast', [1], 'metric'), dfeatures: value('dfeatures', [8, 5], 'metric') },
        attributes: { weight: 'w', temperature: 0.07 },
      });
      const z = value('z', [8, 4, 4, 3], 'state');
      push({
        kind: 'binaryCrossEntropy',
        inputs: { logits: z, image: value('image', [2, 8, 8, 3], 'state') },
        outputs: { metric: value('reconstruction', [1], 'metric'), dlogits: value('dz', [8, 4, 4, 3], 'metric') },
        attributes: {
          weight: 'w',
          scale: 1,
          grid: 2,
          first: 0,
          groups: 4,
          mean: [0.5, 0.4, 0.3],
          std: [0.1, 0.2, 0.25],
        },
      });
    },
    { w: 0.6 },
  );
  await expectAgreement(await opened(), given, 1e-5, 1);
});

onWebgpu('a second executor is refused, and so is a value larger than the device can bind', async () => {
  const first = await opened();
  expect((await createTfjsExecutor({ backend: 'webgpu' })).ok).toBe(false);
  const huge = caseOf(3, ({ value }) => {
    value('huge', [1 << 29], 'activation');
  });
  const refused = await first.compile(huge.graph);
  expect(refused.ok ? '' : refused.error.where).toBe('huge');
});

onWebgpu('errors of the device are traced to the node they belong to', async () => {
  const { device, close } = expectOk(await openDevice({}));
  const errors = watchErrors(device);
  const run = (node: string, size: number) => {
    errors.beginNode();
    device.createBuffer({ size, usage: GPUBufferUsage.STORAGE });
    errors.endNode(node);
  };
  run('first', 16);
  expect(await errors.settle()).toBeUndefined();
  run('second', 16);
  run('third', Number.MAX_SAFE_INTEGER - 3);
  run('fourth', 16);
  expect((await errors.settle())?.where).toBe('third');
  expect(await errors.settle()).toBeUndefined();
  device.destroy();
  run('fifth', 16);
  expect((await errors.settle())?.message).toContain('lost');
  const never = new Promise<never>(() => {});
  expect((await errors.guard(never)).ok).toBe(false);
  close();
});
