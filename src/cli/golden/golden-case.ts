import * as v from 'valibot';
import { fail, ok, type Result } from '../../base/result.ts';
import { parseSafetensors, type Tensor, type TensorFile } from '../../formats/safetensors.ts';
import { parseHead, type StepConfiguration } from '../../methods/configuration.ts';
import type { LossScalars } from '../../methods/loss-weights.ts';

const numberPair = v.tuple([v.number(), v.number()]);
const cut = v.tuple([v.number(), v.number()]);

/** `config` of a golden file (golden/README.md). */
const configSchema = v.object({
  blocks: v.array(v.number()),
  widths: v.array(v.number()),
  splits: v.array(cut),
  image_size: v.number(),
  classes: v.number(),
  method: v.picklist(['infopro', 'dgl'] as const),
  hilo: v.boolean(),
  window: v.number(),
  bn: v.picklist(['released', 'once'] as const),
  pff: v.picklist(['released', 'paper'] as const),
  wx: v.number(),
  wy: v.number(),
  first_independent: v.boolean(),
  aux: v.pipe(v.string(), v.regex(/^\dc\df$/)),
  aux_dim: v.number(),
  widen: v.number(),
  local_loss: v.picklist(['cross_entropy', 'contrast'] as const),
  patches: v.number(),
  decoder_hidden: v.number(),
  ixx: numberPair,
  ixy: numberPair,
  mean: v.array(v.number()),
  std: v.array(v.number()),
  lr: v.number(),
  momentum: v.number(),
  nesterov: v.boolean(),
  weight_decay: v.number(),
});

const losses = v.record(v.string(), v.number());
const toleranceSchema = v.object({
  gradient: v.number(),
  update: v.number(),
  statistics: v.number(),
  loss: v.number(),
  logits: v.number(),
});
const learningSchema = v.object({ first: v.array(losses), last50: losses, tested: v.number(), accuracy: v.number() });

export type Tolerance = v.InferOutput<typeof toleranceSchema>;
export type Losses = v.InferOutput<typeof losses>;

/** One reference training case: how to repeat it, and what must come out. */
export interface GoldenCase {
  readonly name: string;
  readonly configuration: StepConfiguration;
  readonly weights: LossScalars;
  readonly optimiser: { readonly learningRate: number; readonly momentum: number; readonly weightDecay: number };
  readonly steps: number;
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly expected:
    | { readonly kind: 'exact'; readonly losses: readonly Losses[]; readonly tolerance: Tolerance }
    | ({ readonly kind: 'learning' } & v.InferOutput<typeof learningSchema>);
}

/** Reads a golden file; anything not in its format is refused with the file's name. */
export function parseGoldenCase(bytes: Uint8Array, path: string): Result<GoldenCase> {
  const file = parseSafetensors(bytes, path);
  if (!file.ok) return file;
  const name = path.replace(/^.*[\\/]/, '').replace(/\.safetensors$/, '');
  const field = (key: string) => parseJson(file.value.metadata[key]);
  const config = v.safeParse(configSchema, field('config'));
  const batch = v.safeParse(v.pipe(v.number(), v.integer(), v.minValue(1)), field('batch'));
  const steps = v.safeParse(v.pipe(v.number(), v.integer(), v.minValue(1)), field('steps'));
  if (!config.success || !batch.success || !steps.success) {
    return fail(`${path} is no golden file: its metadata lacks a usable config, batch or steps.`, path);
  }
  const expected = parseExpected(file.value, field);
  if (expected === undefined) return fail(`${path} holds neither losses and a tolerance nor first_losses.`, path);
  const given = config.output;
  return ok({
    name,
    configuration: configurationOf(given, batch.output),
    weights: { wx: given.wx, wy: given.wy, ixx: given.ixx, ixy: given.ixy },
    optimiser: { learningRate: given.lr, momentum: given.momentum, weightDecay: given.weight_decay },
    steps: steps.output,
    tensors: file.value.tensors,
    expected,
  });
}

function configurationOf(given: v.InferOutput<typeof configSchema>, batch: number): StepConfiguration {
  return {
    network: { blocks: given.blocks, widths: given.widths, imageSize: given.image_size, classes: given.classes },
    cuts: given.splits,
    format: {
      imageSize: given.image_size,
      classes: given.classes,
      mean: given.mean,
      std: given.std,
      padding: 'zero',
      pad: 0,
      flip: false,
    },
    method: given.splits.length === 1 ? 'bp' : given.method,
    hilo: given.hilo,
    window: given.window,
    firstIndependent: given.first_independent,
    pff: given.pff,
    patches: given.patches,
    patchesAtOnce: given.patches ** 2,
    aux: parseHead(given.aux),
    auxDim: given.aux_dim,
    widen: given.widen,
    localLoss: given.local_loss,
    decoderHidden: given.decoder_hidden,
    bn: given.bn,
    batch,
    nesterov: given.nesterov,
    probes: false,
  };
}

function parseExpected(file: TensorFile, field: (key: string) => unknown): GoldenCase['expected'] | undefined {
  const exact = v.safeParse(v.object({ losses: v.array(losses), tolerance: toleranceSchema }), {
    losses: field('losses'),
    tolerance: field('tolerance'),
  });
  if (exact.success) return { kind: 'exact', ...exact.output };
  const learning = v.safeParse(learningSchema, {
    first: field('first_losses'),
    last50: field('last50_mean_losses'),
    tested: field('tested'),
    accuracy: field('test_accuracy'),
  });
  return learning.success && file.tensors.size > 0 ? { kind: 'learning', ...learning.output } : undefined;
}

function parseJson(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
