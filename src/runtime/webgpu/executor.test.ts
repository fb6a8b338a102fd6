import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { presetExperiment } from '../../experiment/presets.ts';
import { configurationOf } from '../../methods/configuration.ts';
import { buildEvaluateGraph } from '../../methods/evaluate-graph.ts';
import { lossWeights } from '../../methods/loss-weights.ts';
import { planStep } from '../../methods/preview.ts';
import { buildTrainGraph } from '../../methods/train-graph.ts';
import { persistentByLabel, readAll, writeInitial } from '../../trainer/persistent.ts';
import { randomBatch, testStream } from '../agreement/agreement.ts';
import type { Executor } from '../executor.ts';
import { type OpenDevice, openDevice } from '../gpu/device.ts';
import { createWebgpuExecutor, type WebgpuOptions } from './executor.ts';
import { describeOnWebgpu } from './kernels/test-support.ts';

const small: Partial<Experiment> = { batch: 4, widths: [4, 4, 8, 8], probes: false };

function experimentOf(preset: string, more: Partial<Experiment> = {}): Experiment {
  return { ...expectOk(presetExperiment(preset)), ...small, ...more };
}

/** Two steps with one seed: all metrics and all persistent values afterwards. */
async function train(executor: Executor, experiment: Experiment): Promise<ReadonlyMap<string, ArrayLike<number>>> {
  const configuration = configurationOf(experiment);
  const { graph } = buildTrainGraph(configuration);
  const program = expectOk(await executor.compile(graph));
  const values = persistentByLabel([graph]);
  expectOk(await writeInitial(executor, values.values(), 1));
  const batch = randomBatch(graph, testStream(1), 10, 8);
  const { momentum, weightDecay } = experiment;
  const scalars = { learningRate: 0.1, momentum, weightDecay, ...lossWeights(configuration, experiment) };
  const results = new Map<string, ArrayLike<number>>();
  for (const step of [0, 1]) {
    expectOk(await program.run(scalars, batch));
    for (const [label, numbers] of expectOk(await program.metrics())) results.set(`${step} ${label}`, numbers);
  }
  for (const [label, numbers] of expectOk(await readAll(executor, values.keys()))) results.set(label, numbers);
  program.dispose();
  executor.drop([...values.keys()]);
  return results;
}

describeOnWebgpu('the WebGPU executor', () => {
  // One device: what one executor has compiled, which takes a software adapter long, the others on it need not compile again.
  let opened: OpenDevice;
  const executors: Executor[] = [];
  beforeAll(async () => {
    opened = expectOk(await openDevice({}));
  });
  afterAll(() => {
    for (const executor of executors) executor.dispose();
    opened.close();
  });
  const open = async (options: Pick<WebgpuOptions, 'separate' | 'poison'> = {}): Promise<Executor> => {
    const { device, info } = opened;
    const executor = expectOk(await createWebgpuExecutor({ ...options, device, adapterInfo: info }));
    executors.push(executor);
    return executor;
  };
  /** Tells of every call of a method of the device, until the end of the body. */
  const watching = async (
    methods: readonly (keyof GPUDevice)[],
    onCall: (made: unknown, given: readonly unknown[]) => void,
    body: () => Promise<void>,
  ): Promise<void> => {
    const { device } = opened;
    for (const name of methods) {
      const call = (device[name] as (...given: unknown[]) => unknown).bind(device);
      Object.defineProperty(device, name, {
        configurable: true,
        value: (...given: unknown[]) => {
          const made = call(...given);
          onCall(made, given);
          return made;
        },
      });
    }
    await body().finally(() => {
      for (const name of methods) Reflect.deleteProperty(device, name);
    });
  };

  test('gives the same bits in a shared arena, with a place for every value, with freed places poisoned, and twice', async () => {
    const experiment = experimentOf('hpff-released/resnet8-k3');
    const executor = await open();
    const shared = await train(executor, experiment);
    expect(await train(executor, experiment)).toEqual(shared);
    expect(await train(await open({ separate: true }), experiment)).toEqual(shared);
    expect(await train(await open({ poison: true }), experiment)).toEqual(shared);
    for (const numbers of shared.values()) expect(Array.from(numbers).every(Number.isFinite)).toBe(true);
  }, 180_000);

  test('holds exactly the planned bytes, by a count of every buffer made and destroyed', async () => {
    let counted = 0;
    const count = (made: unknown) => {
      const buffer = made as GPUBuffer;
      counted += buffer.size;
      const destroy = buffer.destroy.bind(buffer);
      buffer.destroy = () => {
        counted -= buffer.size;
        return destroy();
      };
    };
    await watching(['createBuffer'], count, async () => {
      const executor = await open();
      for (const experiment of [experimentOf('bp/resnet8'), experimentOf('hpff-released/resnet8-k3')]) {
        const configuration = configurationOf(experiment);
        const graphs = [buildTrainGraph(configuration).graph, buildEvaluateGraph(configuration).graph];
        const programs = [];
        for (const graph of graphs) programs.push(expectOk(await executor.compile(graph)));
        const planned = planStep(configuration).peakBytes;
        expect(counted).toBe(planned);
        expect(executor.bytes().held).toBe(planned);
        expectOk(
          (await programs[1]?.run({}, randomBatch(graphs[1] as (typeof graphs)[0], testStream(2), 10, 8))) ??
            expect.fail(),
        );
        expect(counted).toBe(planned);
        for (const program of programs) program.dispose();
        executor.drop([...persistentByLabel(graphs).keys()]);
      }
      expect(counted).toBe(0);
    });
  }, 180_000);

  test('makes no buffer, bind group or pipeline in a step once it is warm', async () => {
    let made = 0;
    const count = () => {
      made += 1;
    };
    await watching(['createBuffer', 'createBindGroup', 'createComputePipelineAsync'], count, async () => {
      const executor = await open();
      const experiment = experimentOf('hpff-released/resnet8-k3');
      const configuration = configurationOf(experiment);
      const { graph } = buildTrainGraph(configuration);
      const program = expectOk(await executor.compile(graph));
      expectOk(await writeInitial(executor, persistentByLabel([graph]).values(), 1));
      const batch = randomBatch(graph, testStream(4), 10, 8);
      const { momentum, weightDecay } = experiment;
      const scalars = { learningRate: 0.1, momentum, weightDecay, ...lossWeights(configuration, experiment) };
      const counts: number[] = [];
      for (let step = 0; step < 6; step++) {
        made = 0;
        expectOk(await program.run(scalars, batch));
        expectOk(await program.metrics());
        counts.push(made);
      }
      // Bind groups in the first, timestamps in the third.
      expect(counts[0]).toBeGreaterThan(0);
      expect(counts.slice(3)).toEqual([0, 0, 0]);
    });
  }, 180_000);

  test('refuses values that are too large, and names what the device refuses', async () => {
    const executor = await open();
    const huge = buildTrainGraph(
      configurationOf(experimentOf('bp/resnet8', { batch: 1 << 20, widths: [16, 16, 32, 64] })),
    ).graph;
    const refused = await executor.compile(huge);
    expect(refused.ok ? '' : refused.error.message).toContain('smaller batch');
    expect(executor.bytes().held).toBe(0);
  });

  test('tells of a lost device instead of answering', async () => {
    const { device } = opened;
    const executor = await open();
    const { graph } = buildTrainGraph(configurationOf(experimentOf('bp/resnet8')));
    const program = expectOk(await executor.compile(graph));
    device.destroy();
    await device.lost;
    const scalars = Object.fromEntries(graph.scalars.map((name) => [name, 0.1]));
    const ran = await program.run(scalars, randomBatch(graph, testStream(3), 10, 8));
    expect(ran.ok ? '' : ran.error.message).toContain('lost');
  }, 180_000);
});
