import { describe, expect, test } from 'vitest';
import { randomStream } from '../base/random.ts';
import { expectOk } from '../base/result.ts';
import type { BlockIndex } from '../experiment/networks.ts';
import { elements, type Value } from '../graph/value.ts';
import { initialValues } from '../network/initial-values.ts';
import { blockKey } from '../network/network-shape.ts';
import type { Batch, Executor, Numbers, Program } from '../runtime/executor.ts';
import { createInterpreter } from '../runtime/interpreter/interpreter.ts';
import { parseHead, type StepConfiguration } from './configuration.ts';
import { lossWeights, termWeights } from './loss-weights.ts';
import type { Metric } from './metrics.ts';
import { termsOf } from './terms.ts';
import { buildTrainGraph } from './train-graph.ts';

const cutsByModules: Record<number, readonly BlockIndex[]> = {
  2: [
    [1, 1],
    [3, 0],
  ],
  3: [
    [1, 0],
    [2, 0],
    [3, 0],
  ],
  5: [
    [1, 0],
    [1, 1],
    [2, 0],
    [2, 1],
    [3, 0],
  ],
};

const weights = { wx: 0.3, wy: 0.7, ixx: [1.5, 0.8], ixy: [0.6, 0.9] } as const;
const batchSize = 3;
const imageSize = 8;

function configuration(modules: number, changes: Partial<StepConfiguration>): StepConfiguration {
  const mean = [0.5, 0.45, 0.4];
  const std = [0.25, 0.2, 0.3];
  return {
    network: { blocks: [2, 2, 1], widths: [3, 3, 4, 5], imageSize, classes: 4 },
    cuts: cutsByModules[modules] as readonly BlockIndex[],
    format: { imageSize, classes: 4, mean, std, padding: 'zero', pad: 0, flip: false },
    method: 'infopro',
    hilo: true,
    window: 2,
    firstIndependent: true,
    pff: 'released',
    patches: 2,
    patchesAtOnce: 4,
    aux: parseHead('1c2f'),
    auxDim: 6,
    widen: 1,
    localLoss: 'cross_entropy',
    decoderHidden: 3,
    bn: 'once',
    batch: batchSize,
    nesterov: true,
    probes: false,
    ...changes,
  };
}

/** A training step on the interpreter that changes nothing, so that losses and gradients can be asked at any point. */
class Probe {
  private constructor(
    private readonly executor: Executor,
    private readonly program: Program,
    private readonly metrics: readonly Metric[],
    readonly configuration: StepConfiguration,
    readonly parameters: readonly Value[],
    private readonly batch: Batch,
  ) {}

  static async open(given: StepConfiguration, seed: number): Promise<Probe> {
    const executor = createInterpreter();
    const { graph, metrics } = buildTrainGraph(given);
    const program = expectOk(await executor.compile(graph));
    const stream = randomStream(seed, 'batch');
    const images = new Uint8Array(batchSize * imageSize ** 2 * 3).map(() => stream.below(256));
    const labels = Int32Array.from({ length: batchSize }, () => stream.below(given.network.classes));
    const parameters = graph.values.filter(({ role, part }) => role === 'parameter' && part !== undefined);
    for (const value of parameters) expectOk(await executor.write(value.label, initialValues(value, seed)));
    const batch = { images, labels, crops: new Int32Array(3 * batchSize) };
    return new Probe(executor, program, metrics, given, parameters, batch);
  }

  /** Weighted losses by (module, purpose). */
  async losses(): Promise<Map<string, number>> {
    const scalars = { ...lossWeights(this.configuration, weights), learningRate: 0, momentum: 0, weightDecay: 0 };
    expectOk(await this.program.run(scalars, this.batch));
    const values = expectOk(await this.program.metrics());
    const totals = new Map<string, number>();
    for (const term of termsOf(this.configuration)) {
      const weight = termWeights(this.configuration, weights, term);
      const own = this.metrics.filter(({ module, purpose }) => module === term.module && purpose === term.purpose);
      let total = 0;
      for (const { kind, labels, form } of own) {
        if (kind !== 'task' && kind !== 'reconstruction') continue;
        const sum = labels.reduce((acc, label) => acc + (values.get(label)?.[0] as number), 0);
        total += weight[kind] * (form === 'classification' ? sum / batchSize : sum);
      }
      totals.set(`${term.module} ${term.purpose}`, total);
    }
    return totals;
  }

  async gradient(value: Value): Promise<Numbers> {
    return expectOk(await this.executor.read(`velocity.${value.label}`));
  }

  async read(value: Value): Promise<Numbers> {
    return expectOk(await this.executor.read(value.label));
  }

  async write(value: Value, data: Numbers): Promise<void> {
    expectOk(await this.executor.write(value.label, data));
  }
}

/** Terms whose gradient reaches an owner: for a block, those whose window covers its module; for an auxiliary network, its own. */
function reaching(given: StepConfiguration, value: Value): string[] {
  const [kind, stage, block, purpose] = value.owner.split('.');
  const terms = termsOf(given);
  const own = (kind === 'classifier' || kind === 'decoder') && `${stage}.${block}`;
  const reached = terms.filter((term) => {
    if (own) return blockKey(given.cuts[term.module] as BlockIndex) === own && term.purpose === purpose;
    if (kind === 'head') return term.module === given.cuts.length - 1;
    return value.module <= term.module && value.module > term.module - term.window;
  });
  return reached.map((term) => `${term.module} ${term.purpose}`);
}

/** Directional derivative of the terms reaching an owner, by central differences of two widths; undefined near a kink. */
async function difference(
  probe: Probe,
  owned: readonly Value[],
  directions: readonly Float64Array[],
): Promise<number | undefined> {
  const names = reaching(probe.configuration, owned[0] as Value);
  const start = await Promise.all(owned.map((value) => probe.read(value)));
  const at = async (distance: number) => {
    for (const [index, value] of owned.entries()) {
      const direction = directions[index] as Float64Array;
      await probe.write(
        value,
        Float64Array.from(start[index] as Numbers, (x, place) => x + distance * (direction[place] as number)),
      );
    }
    const losses = await probe.losses();
    return names.reduce((sum, name) => sum + (losses.get(name) as number), 0);
  };
  const slope = async (width: number) => ((await at(width)) - (await at(-width))) / (2 * width);
  const wide = await slope(1e-5);
  const narrow = await slope(5e-6);
  for (const [index, value] of owned.entries()) await probe.write(value, start[index] as Numbers);
  // Richardson: the error of central differences falls with the square of the width.
  const best = (4 * narrow - wide) / 3;
  return Math.abs(wide - narrow) > 1e-7 * (Math.abs(best) + 1e-3) ? undefined : best;
}

/** Largest relative difference between the graph's gradient and finite differences over all owners; a point at a kink is redrawn. */
async function worstOwner(given: StepConfiguration, seed: number): Promise<number> {
  for (let draw = 0; draw < 4; draw++) {
    const worst = await worstOwnerAt(given, seed + 1000 * draw);
    if (worst !== undefined) return worst;
  }
  throw new Error('every point lies at a kink');
}

async function worstOwnerAt(given: StepConfiguration, seed: number): Promise<number | undefined> {
  const probe = await Probe.open(given, seed);
  const owners = new Map<string, Value[]>();
  for (const value of probe.parameters) owners.set(value.owner, [...(owners.get(value.owner) ?? []), value]);
  let worst = 0;
  for (const [owner, owned] of owners) {
    let numeric: number | undefined;
    let analytic = 0;
    for (let draw = 0; numeric === undefined; draw++) {
      if (draw === 3) return undefined;
      const stream = randomStream(seed, `${owner}/${draw}`);
      const directions = owned.map(({ shape }) =>
        Float64Array.from({ length: elements(shape) }, () => stream.normal()),
      );
      numeric = await difference(probe, owned, directions);
      await probe.losses();
      const gradients = await Promise.all(owned.map((value) => probe.gradient(value)));
      analytic = 0;
      for (const [index, gradient] of gradients.entries()) {
        const direction = directions[index] as Float64Array;
        for (let place = 0; place < gradient.length; place++)
          analytic += (gradient[place] as number) * (direction[place] as number);
      }
    }
    worst = Math.max(worst, Math.abs(analytic - numeric) / (Math.abs(numeric) + 1e-3));
  }
  return worst;
}

describe('gradients of whole steps equal finite differences of the terms that reach each module', () => {
  const windows = [1, 2, 3, 'K'] as const;
  const cases = [2, 3, 5].flatMap((modules) =>
    windows
      .map((window) => (window === 'K' ? modules : window))
      .filter((window, index, all) => window <= modules && all.indexOf(window) === index)
      .map((window) => ({ modules, window })),
  );
  test.each(cases)('HiLo, K=$modules, window $window', async ({ modules, window }) => {
    expect(await worstOwner(configuration(modules, { window }), 10 * modules + window)).toBeLessThan(1e-6);
  });
  test.each(cases)('without HiLo, K=$modules, window $window', async ({ modules, window }) => {
    const given = configuration(modules, { hilo: false, window, method: 'dgl', firstIndependent: false });
    expect(await worstOwner(given, 100 + 10 * modules + window)).toBeLessThan(1e-6);
  });
  test('back-propagation over five modules', async () => {
    expect(await worstOwner(configuration(5, { method: 'bp' }), 7)).toBeLessThan(1e-6);
  });
  test('paper patches, two at once, contrast', async () => {
    const given = configuration(3, { pff: 'paper', patchesAtOnce: 2, localLoss: 'contrast' });
    expect(await worstOwner(given, 8)).toBeLessThan(1e-6);
  });
});

describe('patchesAtOnce changes the order of work and no result', () => {
  const forms = ['released', 'paper'] as const;
  test.each(forms.flatMap((pff) => [1, 2].map((patchesAtOnce) => ({ pff, patchesAtOnce }))))(
    '$pff form, $patchesAtOnce at once',
    async ({ pff, patchesAtOnce }) => {
      const all = await Probe.open(configuration(3, { pff, patchesAtOnce: 4 }), 3);
      const some = await Probe.open(configuration(3, { pff, patchesAtOnce }), 3);
      await all.losses();
      await some.losses();
      for (const value of some.parameters) {
        const expected = await all.gradient(value);
        const computed = await some.gradient(value);
        const scale = Math.hypot(...expected);
        const error = Math.hypot(...computed.map((x, index) => x - (expected[index] as number)));
        expect(error, value.label).toBeLessThanOrEqual(1e-12 * (scale + 1e-3));
      }
    },
  );
});
