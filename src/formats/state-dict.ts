import type { Tensor, TensorFile } from './safetensors.ts';

/** Names that others give the same tensors: prefixes of wrappers, and of two widespread CIFAR ResNets. */
const otherNames: readonly (readonly [RegExp, string])[] = [
  [/^(module|model|_orig_mod)\./, ''],
  [/^linear\./, 'fc.'],
  [/(^layer\d+\.\d+\.)shortcut\./, '$1downsample.'],
];

/**
 * A state dict of PyTorch under the names used here: wrappers' prefixes taken off, two other spellings understood, counts of batches
 * left out, doubles rounded to float32. Files of the playground come back as they are.
 */
export function normaliseStateDict({ tensors, metadata }: TensorFile): TensorFile {
  const renamed = new Map<string, Tensor>();
  for (const [name, tensor] of tensors) {
    if (name.endsWith('num_batches_tracked')) continue;
    const data = tensor.data instanceof Float64Array ? Float32Array.from(tensor.data) : tensor.data;
    const ours = otherNames.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), name);
    renamed.set(ours, { shape: tensor.shape, data });
  }
  return { tensors: renamed, metadata };
}
