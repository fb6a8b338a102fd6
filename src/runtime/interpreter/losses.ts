import type { BinaryCrossEntropy } from '../../graph/node.ts';
import { samplePatches } from './sampling.ts';
import { expectEqual, extents2, extents4, type Tensor } from './tensor.ts';

/**
 * softmaxCrossEntropy: logits [B,C], labels [B] (-1 = padding) -> metric [2] = (sum of -log softmax at the label, number
 * of rows whose first largest logit is the label's) and dlogits [B,C] = weight/B * (softmax - onehot), zero in padding
 * rows. Throws on a label that is no class.
 */
export function softmaxCrossEntropy(
  logits: Tensor,
  labels: Tensor,
  weight: number,
): { readonly metric: Tensor; readonly dlogits: Tensor } {
  const [rows, classes] = extents2(logits.shape);
  expectEqual(labels.data.length, rows, 'number of labels');
  const dlogits = new Float64Array(logits.data.length);
  let loss = 0;
  let hits = 0;
  for (let row = 0; row < rows; row++) {
    const label = labels.data[row] as number;
    if (label === -1) continue;
    if (label < 0 || label >= classes) throw new Error(`label ${label} of row ${row} is none of ${classes} classes`);
    const z = logits.data.subarray(row * classes, (row + 1) * classes);
    const largest = Math.max(...z);
    let total = 0;
    for (const value of z) total += Math.exp(value - largest);
    loss += Math.log(total) - ((z[label] as number) - largest);
    if (z.indexOf(largest) === label) hits++;
    for (let c = 0; c < classes; c++) {
      const softmax = Math.exp((z[c] as number) - largest) / total;
      dlogits[row * classes + c] = (weight / rows) * (softmax - (c === label ? 1 : 0));
    }
  }
  return {
    metric: { shape: [2], data: Float64Array.of(loss, hits) },
    dlogits: { shape: logits.shape, data: dlogits },
  };
}

/**
 * binaryCrossEntropy (method.md 3): logits z [G*B,h,w,3] against t = image * std + mean of patches first..first+G-1 of a
 * grid x grid division of image [B,H,W,3] -> metric [1] = scale * (sum over the groups of the mean of max(z,0) - z*t +
 * log1p(exp(-|z|))), dlogits = weight * scale * (sigmoid(z) - t)/(B*h*w*3). Throws where h, w are not the patch's.
 */
export function binaryCrossEntropy(
  logits: Tensor,
  image: Tensor,
  weight: number,
  attributes: BinaryCrossEntropy['attributes'],
): { readonly metric: Tensor; readonly dlogits: Tensor } {
  const { grid, first, groups, scale, mean, std } = attributes;
  const [rows, height, width, channels] = extents4(logits.shape);
  const [batch, mapHeight, mapWidth, imageChannels] = extents4(image.shape);
  expectEqual(rows, groups * batch, 'rows of the logits');
  expectEqual(channels, imageChannels, 'channels of the logits');
  expectEqual(height, Math.floor(mapHeight / grid), 'height of the logits');
  expectEqual(width, Math.floor(mapWidth / grid), 'width of the logits');
  const patches = samplePatches(image, { grid, first, count: groups, height, width }).data;
  const count = logits.data.length / groups;
  const dlogits = new Float64Array(logits.data.length);
  let loss = 0;
  for (let index = 0; index < dlogits.length; index++) {
    const z = logits.data[index] as number;
    const c = index % channels;
    const t = (patches[index] as number) * (std[c] as number) + (mean[c] as number);
    const decay = Math.exp(-Math.abs(z));
    loss += (Math.max(z, 0) - z * t + Math.log1p(decay)) / count;
    // sigmoid(z) without overflow: both forms only ever raise e to a negative power.
    const sigmoid = z >= 0 ? 1 / (1 + decay) : decay / (1 + decay);
    dlogits[index] = (weight * scale * (sigmoid - t)) / count;
  }
  return {
    metric: { shape: [1], data: Float64Array.of(scale * loss) },
    dlogits: { shape: logits.shape, data: dlogits },
  };
}
