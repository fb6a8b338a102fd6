import type { GraphBuilder, ParameterRange } from '../graph/builder.ts';
import type { ValueId } from '../graph/value.ts';
import { type BatchNormMode, runningMomentum } from '../network/batch-norm.ts';
import { type ModuleShape, moduleShapes } from '../network/network-shape.ts';
import { blockForward, declareBlock, declareHead, declareStem, stemForward } from '../network/resnet.ts';
import type { StepConfiguration } from './configuration.ts';

/** The network's own parameters, module by module, and the batch: what every graph of an experiment starts from. */
export interface Backbone {
  readonly modules: readonly ModuleShape[];
  readonly stem: ParameterRange;
  readonly blocks: ReadonlyMap<string, ParameterRange>;
  readonly head: ParameterRange;
  /** Normalised image [B,H,W,3]. */
  readonly image: ValueId;
  readonly labels: ValueId;
}

/** Declares the backbone and appends what turns the batch's bytes into the network's input. */
export function declareBackbone(builder: GraphBuilder, configuration: StepConfiguration): Backbone {
  const { network, batch, format, cuts } = configuration;
  const size = format.imageSize;
  const images = builder.add({ label: 'images', shape: [batch, size, size, 3], role: 'input', dtype: 'uint8' });
  const crops = builder.add({ label: 'crops', shape: [batch, 3], role: 'input', dtype: 'int32' });
  const labels = builder.add({ label: 'labels', shape: [batch], role: 'input', dtype: 'int32' });
  const image = builder.add({ label: 'image', shape: [batch, size, size, 3], role: 'activation' });
  const { mean, std, padding, pad } = format;
  builder.append({
    kind: 'augmentNormalise',
    inputs: { images, crops },
    outputs: { y: image },
    attributes: { mean, std, padding, pad },
  });
  const modules = moduleShapes(network, cuts);
  const blocks = new Map<string, ParameterRange>();
  modules.forEach((module, index) => {
    for (const block of module.blocks) blocks.set(block.key, declareBlock(builder, block, index));
  });
  const stem = declareStem(builder, network, 0);
  const head = declareHead(builder, network, modules.length - 1);
  return { modules, stem, blocks, head, image, labels };
}

/** Appends one module: its stem where it has one, then its blocks. `note` is told the output of each. */
export function moduleForward(
  builder: GraphBuilder,
  backbone: Backbone,
  index: number,
  input: ValueId,
  modes: { readonly stem: BatchNormMode; readonly blocks: BatchNormMode },
  note: (block: string, output: ValueId) => void = () => {},
): ValueId {
  const module = backbone.modules[index] as ModuleShape;
  return builder.within({ module: index }, () => {
    let h = input;
    if (module.stem) {
      h = builder.within({ owner: 'stem' }, () => stemForward(builder, h, backbone.stem, modes.stem));
      note('stem', h);
    }
    for (const block of module.blocks) {
      const range = backbone.blocks.get(block.key) as ParameterRange;
      h = builder.within({ owner: range.owner }, () => blockForward(builder, h, block, range, modes.blocks));
      note(block.key, h);
    }
    return h;
  });
}

/** Ranges of the parameters of one module, stem included, heads and auxiliary networks not. */
export function moduleRanges(backbone: Backbone, index: number): ParameterRange[] {
  const module = backbone.modules[index] as ModuleShape;
  const blocks = module.blocks.map((block) => backbone.blocks.get(block.key) as ParameterRange);
  return module.stem ? [backbone.stem, ...blocks] : blocks;
}

/** How running statistics move in training: once a step, or as often as the released code forwards each part (method.md 4). */
export function trainingModes(
  { bn }: StepConfiguration,
  index: number,
  modules: number,
): { readonly stem: BatchNormMode; readonly blocks: BatchNormMode } {
  const outer = index === 0 || index === modules - 1;
  const times = bn === 'once' ? 1 : outer ? 2 : 3;
  return {
    stem: { kind: 'train', momentum: runningMomentum(1) },
    blocks: { kind: 'train', momentum: runningMomentum(times) },
  };
}
