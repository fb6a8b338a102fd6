import { add, mul, ones, reshape, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core';
import type { GlobalAveragePool, GlobalAveragePoolGradient } from '../../graph/node.ts';
import type { NodeContext } from './context.ts';
import { cutPatches, patchPlaces, placePatches } from './patches.ts';
import { spatialMean } from './rows.ts';

const wholeMap = { grid: 1, first: 0, count: 1 };

/** Mean over all pixels, or over those of each patch. */
export function runGlobalAveragePool(node: GlobalAveragePool, context: NodeContext): void {
  const x = context.tensor<Tensor4D>(node.inputs.x);
  context.set(node.outputs.y, spatialMean(cutPatches(x, node.attributes.sample ?? wholeMap)));
}

/** Every pixel of a patch receives its share of dy. */
export function runGlobalAveragePoolGradient(node: GlobalAveragePoolGradient, context: NodeContext): void {
  const sample = node.attributes.sample ?? wholeMap;
  const dy = context.tensor<Tensor2D>(node.inputs.dy);
  const [, height, width, channels] = context.value(node.outputs.dx).shape as [number, number, number, number];
  const [place] = patchPlaces(sample, height, width);
  if (place === undefined) throw new Error('a sample without patches');
  const [rows] = dy.shape;
  const share = reshape(mul(dy, 1 / (place.height * place.width)), [rows, 1, channels]);
  const spread = mul(share, ones([1, place.height * place.width, 1]));
  const patches = reshape(spread, [rows, place.height, place.width, channels]) as Tensor4D;
  const dx = placePatches(patches, sample, height, width);
  const before = context.written(node.inputs.accumulate);
  context.set(node.outputs.dx, before === undefined ? dx : add(dx, before));
}
