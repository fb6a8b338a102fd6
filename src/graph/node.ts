import type { ValueId } from './value.ts';

export type Phase = 'forward' | 'backward' | 'update';

/**
 * How an operation reads its image input: not the whole map but patches `first` .. `first + count - 1` (row-major) of a
 * `grid` x `grid` division, each resized bilinearly (align_corners) to `height` x `width`. A patch of an H x W map has
 * floor(H/grid) x floor(W/grid) pixels; what does not divide is left out (method.md 5). Output rows: patch after patch.
 */
export interface Sample {
  readonly grid: number;
  readonly first: number;
  readonly count: number;
  readonly height: number;
  readonly width: number;
}

type Inputs = Readonly<Record<string, ValueId | readonly ValueId[] | undefined>>;

interface NodeOf<Kind extends string, In extends Inputs, Out extends Inputs, Attributes extends object> {
  readonly kind: Kind;
  readonly inputs: In;
  readonly outputs: Out;
  readonly attributes: Attributes;
  readonly phase: Phase;
  readonly module: number;
}

interface ConvolutionAttributes {
  readonly stride: number;
  /** Zeros on each side, as PyTorch pads. */
  readonly padding: number;
  readonly sample?: Sample | undefined;
}

interface GroupAttributes {
  /** Patches done at once: rows of x are `groups` equal runs, each normalised by its own statistics. */
  readonly groups: number;
}

/**
 * images uint8 [B,H,W,3], crops int32 [B,3] = (row offset, column offset, flip) -> y [B,H,W,3] = (pixel/255 - mean)/std of
 * the padded, cropped, flipped image. Offsets are in 0..2*pad and point into the image padded by `pad` on each side.
 */
export type AugmentNormalise = NodeOf<
  'augmentNormalise',
  { images: ValueId; crops: ValueId },
  { y: ValueId },
  { mean: readonly number[]; std: readonly number[]; padding: 'reflect' | 'zero'; pad: number }
>;

/** x [N,H,W,C], weights [k,k,C,C'] (one, or one per group of rows), biases [C'] likewise or none -> y [N,H',W',C']. */
export type Conv2d = NodeOf<
  'conv2d',
  { x: ValueId; weights: readonly ValueId[]; biases: readonly ValueId[] },
  { y: ValueId },
  ConvolutionAttributes
>;

/**
 * dy -> dx of a conv2d, plus `accumulate` (same shape as dx) where given, zeroed where `accumulateMask` <= 0.
 * With `sample`, dx has the shape of the whole map and is zero outside the patches read.
 */
export type Conv2dInputGradient = NodeOf<
  'conv2dInputGradient',
  {
    dy: ValueId;
    weights: readonly ValueId[];
    accumulate: ValueId | undefined;
    accumulateMask: ValueId | undefined;
  },
  { dx: ValueId },
  ConvolutionAttributes
>;

/** x, dy -> gradient of each weight (and bias). `accumulate`: added to what the outputs hold, which then is read too. */
export type Conv2dParameterGradient = NodeOf<
  'conv2dParameterGradient',
  { x: ValueId; dy: ValueId },
  { dweights: readonly ValueId[]; dbiases: readonly ValueId[] },
  ConvolutionAttributes & { readonly accumulate: boolean }
>;

/**
 * x [G*B,H,W,C] -> mean, biased variance [G,C]. Moves the running statistics (one pair, or one per group; with one pair
 * group after group): r = (1 - momentum) r + momentum * s, the variance unbiased (n/(n-1), n = B*H*W); not at all where a `guard` is
 * given and not 0. Outputs repeat the running inputs.
 */
export type BatchStatistics = NodeOf<
  'batchStatistics',
  { x: ValueId; runningMeans: readonly ValueId[]; runningVariances: readonly ValueId[]; guard: ValueId | undefined },
  { mean: ValueId; variance: ValueId; runningMeans: readonly ValueId[]; runningVariances: readonly ValueId[] },
  GroupAttributes & { readonly momentum: number }
>;

/** y = act((x - mean)/sqrt(variance + epsilon) * gamma + beta [+ residual]); gammas, betas: one or one per group, [C]; mean, variance [G,C] or [C] (G=1). */
export type Normalise = NodeOf<
  'normalise',
  {
    x: ValueId;
    mean: ValueId;
    variance: ValueId;
    gammas: readonly ValueId[];
    betas: readonly ValueId[];
    residual: ValueId | undefined;
  },
  { y: ValueId },
  GroupAttributes & { readonly epsilon: number; readonly relu: boolean }
>;

/**
 * Gradient of batch statistics and normalisation together: dy -> dx [, dgammas, dbetas]. dy is first zeroed where `mask`
 * <= 0 (the stored output of a ReLU), or, with attribute `relu`, where the recomputed normalised output is <= 0.
 * `accumulate` as in Conv2dParameterGradient.
 */
export type BatchNormGradient = NodeOf<
  'batchNormGradient',
  {
    x: ValueId;
    mean: ValueId;
    variance: ValueId;
    gammas: readonly ValueId[];
    betas: readonly ValueId[];
    dy: ValueId;
    mask: ValueId | undefined;
  },
  { dx: ValueId; dgammas: readonly ValueId[]; dbetas: readonly ValueId[] },
  GroupAttributes & { readonly epsilon: number; readonly relu: boolean; readonly accumulate: boolean }
>;

/** x [B,H,W,C] -> y [B,C], or [G*B,C] over the patches of `sample` (never resized: height, width are the patch's). */
export type GlobalAveragePool = NodeOf<
  'globalAveragePool',
  { x: ValueId },
  { y: ValueId },
  { readonly sample?: Sample | undefined }
>;

/** dy [B,C] or [G*B,C] -> dx [B,H,W,C] (zero outside the patches), plus `accumulate`. */
export type GlobalAveragePoolGradient = NodeOf<
  'globalAveragePoolGradient',
  { dy: ValueId; accumulate: ValueId | undefined },
  { dx: ValueId },
  { readonly sample?: Sample | undefined }
>;

/** x [N,I], weight [I,O], bias [O] -> y [N,O], through a ReLU where `relu`. */
export type Linear = NodeOf<
  'linear',
  { x: ValueId; weight: ValueId; bias: ValueId },
  { y: ValueId },
  { readonly relu: boolean }
>;

/** dy [N,O] (zeroed where mask <= 0) -> dx [N,I]. */
export type LinearInputGradient = NodeOf<
  'linearInputGradient',
  { dy: ValueId; weight: ValueId; mask: ValueId | undefined },
  { dx: ValueId },
  object
>;

/** x [N,I], dy [N,O] (zeroed where mask <= 0) -> dweight [I,O], dbias [O]. `accumulate` as in Conv2dParameterGradient. */
export type LinearParameterGradient = NodeOf<
  'linearParameterGradient',
  { x: ValueId; dy: ValueId; mask: ValueId | undefined },
  { dweight: ValueId; dbias: ValueId },
  { readonly accumulate: boolean }
>;

/** x [G*B,O] -> y [B,O] = scale * (sum over groups, in order) [+ accumulate]. */
export type SumGroups = NodeOf<
  'sumGroups',
  { x: ValueId; accumulate: ValueId | undefined },
  { y: ValueId },
  GroupAttributes & { readonly scale: number }
>;

/** dy [B,O] -> dx [G*B,O] = scale * dy, repeated for every group. */
export type SpreadGroups = NodeOf<
  'spreadGroups',
  { dy: ValueId },
  { dx: ValueId },
  GroupAttributes & { readonly scale: number }
>;

/**
 * logits [B,C], labels int32 [B] (-1 = padding, ignored) -> metric [2] = (sum of the losses, number of top-1 hits) and,
 * where wanted, dlogits = weight/B * (softmax - onehot). `weight` names a runtime scalar.
 */
export type SoftmaxCrossEntropy = NodeOf<
  'softmaxCrossEntropy',
  { logits: ValueId; labels: ValueId },
  { metric: ValueId; dlogits: ValueId | undefined },
  { readonly weight: string | undefined }
>;

/**
 * Reconstruction: logits [G*B,h,w,3] against t = image*std + mean of patches first..first+G-1 of a grid x grid division
 * of image [B,H,W,3] -> metric [1] = scale * (sum over groups of the mean of max(z,0) - z*t + log1p(exp(-|z|))) and
 * dlogits = weight * scale * (sigmoid(z) - t) / (B*h*w*3). `weight` names a runtime scalar.
 */
export type BinaryCrossEntropy = NodeOf<
  'binaryCrossEntropy',
  { logits: ValueId; image: ValueId },
  { metric: ValueId; dlogits: ValueId },
  {
    readonly weight: string;
    readonly scale: number;
    readonly grid: number;
    readonly first: number;
    readonly groups: number;
    readonly mean: readonly number[];
    readonly std: readonly number[];
  }
>;

/** x [B,D] -> y = x / max(|x|, 1e-12), row by row (PyTorch's normalize). */
export type L2Normalise = NodeOf<'l2Normalise', { x: ValueId }, { y: ValueId }, object>;

/** x, dy [B,D] -> dx of l2Normalise. */
export type L2NormaliseGradient = NodeOf<'l2NormaliseGradient', { x: ValueId; dy: ValueId }, { dx: ValueId }, object>;

/**
 * Supervised contrastive loss, one view (method.md 3): features [B,D] (unit rows), labels -> metric [1] = the loss (a mean over rows),
 * dfeatures = weight * its gradient. `weight` names a runtime scalar.
 */
export type Contrast = NodeOf<
  'contrast',
  { features: ValueId; labels: ValueId },
  { metric: ValueId; dfeatures: ValueId },
  { readonly weight: string; readonly temperature: number }
>;

/** y = a + b, each zeroed where its mask is <= 0. */
export type Add = NodeOf<
  'add',
  { a: ValueId; b: ValueId; maskA: ValueId | undefined; maskB: ValueId | undefined },
  { y: ValueId },
  object
>;

/** y = x, of one shape. */
export type Copy = NodeOf<'copy', { x: ValueId }, { y: ValueId }, object>;

/**
 * One range of parameters: g = gradient + weightDecay * p; v = momentum * v + g; p -= learningRate * (nesterov ? g +
 * momentum * v : v) (PyTorch's SGD). Without gradients, gradient = 0. The attributes name runtime scalars; no
 * weightDecay means none. Parameters, velocities and gradients are range values.
 *
 * `guard` [1] stops a step that has diverged: where it is not 0, nothing is written. A number whose v or p would not be finite is left
 * alone and sets the guard to the node's module + 1; whether the other numbers of that range still move is left to the executor.
 */
export type SgdUpdate = NodeOf<
  'sgdUpdate',
  { parameters: ValueId; velocities: ValueId; gradients: ValueId | undefined; guard: ValueId | undefined },
  { parameters: ValueId; velocities: ValueId; guard: ValueId | undefined },
  {
    readonly learningRate: string;
    readonly momentum: string;
    readonly weightDecay: string | undefined;
    readonly nesterov: boolean;
  }
>;

export type GraphNode =
  | AugmentNormalise
  | Conv2d
  | Conv2dInputGradient
  | Conv2dParameterGradient
  | BatchStatistics
  | Normalise
  | BatchNormGradient
  | GlobalAveragePool
  | GlobalAveragePoolGradient
  | Linear
  | LinearInputGradient
  | LinearParameterGradient
  | SumGroups
  | SpreadGroups
  | SoftmaxCrossEntropy
  | BinaryCrossEntropy
  | L2Normalise
  | L2NormaliseGradient
  | Contrast
  | Add
  | Copy
  | SgdUpdate;

export type NodeKind = GraphNode['kind'];

/** Visits all value ids in one side of a node, in order. */
export function eachId(side: Inputs, visit: (id: ValueId) => void): void {
  for (const key in side) {
    const entry = side[key];
    if (typeof entry === 'number') visit(entry);
    else if (entry !== undefined) for (const id of entry) visit(id);
  }
}

/** All value ids in one side of a node, in order. */
export function idsOf(side: Inputs): ValueId[] {
  const ids: ValueId[] = [];
  eachId(side, (id) => ids.push(id));
  return ids;
}
