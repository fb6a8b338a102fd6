import type { Tensor } from '../../formats/safetensors.ts';
import type { GoldenCase } from './golden-case.ts';

/**
 * Whether a golden file holds every tensor its format asks for and no other, each of the right type and shape.
 *
 * @returns what is wrong, or undefined
 */
export function problemOfTensors({ tensors, configuration, steps, expected }: GoldenCase): string | undefined {
  const parts = new Map<string, Map<string, Tensor>>();
  for (const [key, tensor] of tensors) {
    const [part = '', ...rest] = key.split('.');
    const known = parts.get(part) ?? new Map<string, Tensor>();
    parts.set(part, known.set(rest.join('.'), tensor));
  }
  const of = (part: string): ReadonlyMap<string, Tensor> => parts.get(part) ?? new Map();
  const init = of('init');
  const floats = [...tensors].find(([key, { data }]) => !key.startsWith('input.') && !(data instanceof Float32Array));
  if (floats !== undefined) return `${floats[0]} is not of type F32`;
  if (expected.kind === 'learning') {
    const extra = [...parts.keys()].find((part) => part !== 'init');
    return extra === undefined ? undefined : `a learning case has only init tensors, not ${extra}`;
  }
  const extra = [...parts.keys()].find((part) => !['input', 'init', 'grad', 'final', 'eval'].includes(part));
  if (extra !== undefined) return `it has an extra tensor ${extra}`;

  const { batch, network } = configuration;
  const rows = batch * steps;
  const fixed: readonly [string, readonly number[]][] = [
    ['input.images', [rows, 3, network.imageSize, network.imageSize]],
    ['input.labels', [rows]],
    ['eval.logits', [batch, network.classes]],
  ];
  for (const [key, shape] of fixed) {
    const found = tensors.get(key);
    if (found === undefined) return `it lacks ${key}`;
    if (found.shape.join() !== shape.join())
      return `${key} has shape [${found.shape.join(', ')}], not [${shape.join(', ')}]`;
  }
  if (!(tensors.get('input.images')?.data instanceof Uint8Array)) return 'input.images is not of type U8';
  if (!(tensors.get('input.labels')?.data instanceof Int32Array)) return 'input.labels is not of type I32';
  const parameters = new Map([...init].filter(([name]) => !/\.running_(mean|var)$/.test(name)));
  return differenceOf('final', of('final'), init) ?? differenceOf('grad', of('grad'), parameters);
}

/** How the tensors of a part differ in name or shape from those that they belong to. */
function differenceOf(
  part: string,
  found: ReadonlyMap<string, Tensor>,
  wanted: ReadonlyMap<string, Tensor>,
): string | undefined {
  for (const [name, { shape }] of wanted) {
    const tensor = found.get(name);
    if (tensor === undefined) return `it lacks ${part}.${name}`;
    if (tensor.shape.join() !== shape.join())
      return `${part}.${name} has shape [${tensor.shape.join(', ')}], not [${shape.join(', ')}]`;
  }
  const extra = [...found.keys()].find((name) => !wanted.has(name));
  return extra === undefined ? undefined : `it has an extra tensor ${part}.${extra}`;
}
