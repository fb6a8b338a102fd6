/** A mistake made on purpose, which the golden files must turn red. */
export interface Mutant {
  readonly name: string;
  /** The text replaced, in a file under `src`; found exactly `times` times. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly times: number;
  /** Golden files, of the committed ones, of which at least one must fail. */
  readonly goldens: readonly string[];
}

const bp = 'bp-resnet8';
const hpff = 'hpff-resnet8-k3';
const paper = 'hpff-paper-patches-resnet8-k3';

/** The mistakes that implementations of these methods make most easily. */
export const mutants: readonly Mutant[] = [
  {
    name: 'stem statistics moved twice',
    file: 'methods/backbone.ts',
    from: "stem: { kind: 'train', momentum: runningMomentum(1) }",
    to: "stem: { kind: 'train', momentum: runningMomentum(bn === 'once' ? 1 : 2) }",
    times: 1,
    goldens: [hpff],
  },
  {
    name: "'same' padding",
    file: 'runtime/interpreter/columns.ts',
    from: '* stride - padding;',
    to: '* stride - (stride === 1 ? padding : 0);',
    times: 2,
    goldens: [bp, hpff],
  },
  {
    name: 'sum for mean',
    file: 'runtime/interpreter/losses.ts',
    from: '(weight / rows) * (softmax',
    to: 'weight * (softmax',
    times: 1,
    goldens: [bp, hpff],
  },
  {
    name: 'biased running variance',
    file: 'runtime/interpreter/batch-normalisation.ts',
    from: '(value * count) / (count - 1)',
    to: '(value * count) / count',
    times: 1,
    goldens: [bp, hpff],
  },
  {
    name: 'wx and wy swapped',
    file: 'methods/loss-weights.ts',
    from: '{ independent: wx, cascade: wy, local: 1 }',
    to: '{ independent: wy, cascade: wx, local: 1 }',
    times: 1,
    goldens: [hpff],
  },
  {
    name: 'cascade stopped one module early',
    file: 'methods/terms.ts',
    from: "purpose: 'cascade', window, reconstruct",
    to: "purpose: 'cascade', window: window - 1, reconstruct",
    times: 1,
    goldens: [hpff],
  },
  {
    name: 'classical momentum',
    file: 'runtime/interpreter/optimiser.ts',
    from: 'nesterov ? g + momentum * moved : moved',
    to: 'moved',
    times: 1,
    goldens: [bp, hpff],
  },
  {
    name: 'eps 1e-3',
    file: 'graph/kinds/batch-normalisation.ts',
    from: 'batchNormEpsilon = 1e-5',
    to: 'batchNormEpsilon = 1e-3',
    times: 1,
    goldens: [bp, paper],
  },
  {
    name: 'shared decoders',
    file: 'methods/decoder.ts',
    from: 'patches.map((patch) => range.tensors.get(',
    to: 'patches.slice(0, 1).map((patch) => range.tensors.get(',
    times: 1,
    goldens: [hpff],
  },
  {
    name: 'batch statistics in evaluation',
    file: 'methods/evaluate-graph.ts',
    from: "const mode = { kind: 'evaluate' } as const;",
    to: "const mode = { kind: 'train', momentum: 0 } as const;",
    times: 1,
    goldens: [bp, hpff],
  },
];
