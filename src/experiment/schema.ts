import * as v from 'valibot';
import { inShort } from '../base/in-short.ts';
import { fail, ok, type Result } from '../base/result.ts';
import { dataNames, resolutions } from './data-sets.ts';
import type { Experiment, FieldName } from './experiment.ts';
import { fieldNames, fields } from './fields.ts';
import { type BlockIndex, blocksPerStage, cutWords, networkNames } from './networks.ts';
import { completed } from './older-experiments.ts';

const whole = (low: number, high: number) => v.pipe(v.number(), v.integer(), v.minValue(low), v.maxValue(high));
const real = (low: number, high: number) => v.pipe(v.number(), v.finite(), v.minValue(low), v.maxValue(high));
const width = whole(1, 512);
const pair = v.strictTuple([real(0, 100), real(0, 100)]);
const size = v.union([v.literal('all'), whole(10, 10_000_000)]);

/** More than any network has blocks and a stem. */
const mostModules = 64;

const schema = {
  network: v.picklist(networkNames),
  widths: v.strictTuple([width, width, width, width]),
  cuts: v.union([
    v.picklist(cutWords),
    v.pipe(v.array(v.strictTuple([whole(0, 3), whole(0, 17)])), v.maxLength(mostModules)),
  ]),
  method: v.picklist(['bp', 'greedy', 'dgl', 'infopro'] as const),
  hilo: v.boolean(),
  window: whole(1, 64),
  wx: real(0, 100),
  wy: real(0, 100),
  firstIndependent: v.boolean(),
  pff: v.picklist(['none', 'released', 'paper'] as const),
  patches: whole(1, 8),
  patchesAtOnce: v.union([v.literal('all'), whole(1, 64)]),
  aux: v.pipe(v.string(), v.regex(/^[0-2]c[1-3]f$/)),
  auxDim: whole(1, 1024),
  widen: real(0.25, 8),
  localLoss: v.picklist(['cross_entropy', 'contrast'] as const),
  decoderHidden: whole(1, 128),
  ixx: pair,
  ixy: pair,
  bn: v.picklist(['released', 'once'] as const),
  batch: whole(1, 4096),
  learningRate: real(0, 10),
  momentum: real(0, 0.9999),
  nesterov: v.boolean(),
  weightDecay: real(0, 1),
  schedule: v.picklist(['constant', 'steps', 'cosine-step', 'cosine-epoch'] as const),
  warmup: whole(0, 100),
  epochs: whole(1, 10_000),
  seed: whole(0, 2_147_483_647),
  data: v.picklist(dataNames),
  resolution: v.picklist(resolutions),
  trainSize: size,
  testSize: size,
  validation: real(0, 0.5),
  evaluateEvery: whole(0, 10_000),
  augment: v.boolean(),
  probes: v.boolean(),
} satisfies Record<FieldName, v.GenericSchema>;

/**
 * Checks any data against the experiment's schema, field by field and then across fields.
 *
 * @param data parsed JSON: an object with exactly the experiment's fields; those that older versions did not have may be missing
 * @returns the experiment, or the first problem, `where` naming its field
 */
export function parseExperiment(data: unknown): Result<Experiment> {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    return fail('An experiment is a JSON object with the fields of the playground; this is something else.');
  }
  for (const key of Object.keys(data)) {
    if (!Object.hasOwn(schema, key))
      return fail(`There is no field ${inShort(key)} in an experiment. ${nearest(key)}`, key);
  }
  const record = completed(data as Record<string, unknown>);
  for (const name of fieldNames) {
    if (!(name in record)) return fail(`The field "${name}" is missing. It takes: ${fields[name].range}.`, name);
    const checked = checkField(name, record[name]);
    if (!checked.ok) return checked;
  }
  return checkAcross(record as unknown as Experiment);
}

/** Checks one field's value alone. */
export function checkField(name: FieldName, value: unknown): Result<unknown> {
  if (v.safeParse(schema[name], value).success) return ok(value);
  return fail(`${name} = ${inShort(value)} is not possible. It takes: ${fields[name].range}.`, name);
}

/** What no field can say alone: cuts against the network, window against K, `bn: released` against its meaning. */
function checkAcross(experiment: Experiment): Result<Experiment> {
  const stageBlocks = blocksPerStage[experiment.network];
  const cuts = experiment.cuts;
  if (typeof cuts !== 'string') {
    const problem = problemOfCuts(cuts, stageBlocks);
    if (problem !== undefined) return fail(`cuts: ${problem}`, 'cuts');
  }
  const total = stageBlocks * 3;
  const modules = moduleCount(experiment);
  if (modules > total + 1 || (typeof cuts === 'string' && modules > total)) {
    return fail(
      `cuts = ${inShort(cuts)} asks for ${modules} modules, but ${experiment.network} has ${total} blocks. Choose "all" or fewer modules.`,
      'cuts',
    );
  }
  if (experiment.method !== 'bp' && experiment.window > modules) {
    return fail(
      `window = ${experiment.window} reaches over more modules than there are (K = ${modules}). It takes 1 to ${modules}.`,
      'window',
    );
  }
  const squares = experiment.patches ** 2;
  if (experiment.patchesAtOnce !== 'all' && squares % experiment.patchesAtOnce !== 0) {
    return fail(
      `patchesAtOnce = ${experiment.patchesAtOnce} does not divide the ${squares} patches. It takes all, or a divisor of ${squares}.`,
      'patchesAtOnce',
    );
  }
  if (experiment.bn === 'released') {
    const meant =
      experiment.method !== 'bp' &&
      experiment.hilo &&
      experiment.window === 2 &&
      modules >= 2 &&
      !experiment.firstIndependent;
    if (!meant) {
      return fail(
        'bn = "released" repeats what the released HPFF code does, which has a meaning only with hilo, window 2, at least two modules and firstIndependent off. Set bn to "once", or set those.',
        'bn',
      );
    }
  }
  return ok(experiment);
}

/** Number of modules K the cuts ask for; a word's number, or every block. */
function moduleCount(experiment: Experiment): number {
  const { cuts, network } = experiment;
  const total = blocksPerStage[network] * 3;
  if (typeof cuts !== 'string') return cuts.length;
  if (cuts === 'all') return total;
  // The papers' "16" on ResNet-32 is every block (method.md 1).
  if (cuts === 'k16' && network === 'resnet32') return total;
  return Number(cuts.slice(1));
}

/** Why a list of last blocks is no division of stages of `stageBlocks` blocks, or undefined. */
export function problemOfCuts(cuts: readonly BlockIndex[], stageBlocks: number): string | undefined {
  const final = `[3,${stageBlocks - 1}]`;
  let before = -2;
  for (const [stage, block] of cuts) {
    const last = stage === 0 ? 0 : stageBlocks - 1;
    if (block > last) return `there is no block [${stage},${block}]; stage ${stage} ends at [${stage},${last}].`;
    const position = stage === 0 ? -1 : (stage - 1) * stageBlocks + block;
    if (position <= before)
      return `[${stage},${block}] leaves a module without a block. List last blocks in order, each once.`;
    before = position;
  }
  if (before !== 3 * stageBlocks - 1) return `the last module must end at the last block; end the list with ${final}.`;
  return undefined;
}

function nearest(key: string): string {
  const wanted = key.toLowerCase();
  const close = fieldNames.find(
    (name) => name.toLowerCase() === wanted || name.toLowerCase().startsWith(wanted.slice(0, 4)),
  );
  return close === undefined ? `The fields are ${fieldNames.join(', ')}.` : `Did you mean "${close}"?`;
}
