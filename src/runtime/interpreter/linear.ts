import { multiplyInto, rowMajor, transposed } from './matrix.ts';
import { expectEqual, extents2, masked, type Tensor } from './tensor.ts';

/** linear: x [N,I], weight [I,O], bias [O] -> y [N,O] = x * weight + bias, then max(0, .) where `relu`. Throws where shapes disagree. */
export function linear(x: Tensor, weight: Tensor, bias: Tensor, relu: boolean): Tensor {
  const [rows, inputs] = extents2(x.shape);
  const [weightInputs, outputs] = extents2(weight.shape);
  expectEqual(weightInputs, inputs, 'rows of the weight');
  expectEqual(bias.data.length, outputs, 'length of the bias');
  const y = new Float64Array(rows * outputs);
  for (let row = 0; row < rows; row++) y.set(bias.data, row * outputs);
  multiplyInto(y, 0, rowMajor(x.data, inputs), rowMajor(weight.data, outputs), rows, inputs, outputs);
  return { shape: [rows, outputs], data: relu ? y.map((value) => Math.max(value, 0)) : y };
}

/** linearInputGradient: dy [N,O], zeroed where `mask` <= 0 -> dx [N,I] = dy * weight^T. Throws where shapes disagree. */
export function linearInputGradient(dy: Tensor, weight: Tensor, mask: Tensor | undefined): Tensor {
  const [rows, outputs] = extents2(dy.shape);
  const [inputs, weightOutputs] = extents2(weight.shape);
  expectEqual(weightOutputs, outputs, 'columns of the weight');
  const dx = new Float64Array(rows * inputs);
  const gradient = rowMajor(masked(dy.data, mask), outputs);
  multiplyInto(dx, 0, gradient, transposed(rowMajor(weight.data, outputs)), rows, outputs, inputs);
  return { shape: [rows, inputs], data: dx };
}

/**
 * linearParameterGradient: x [N,I], dy [N,O], zeroed where `mask` <= 0 -> dweight [I,O] = x^T * dy and dbias [O] = the sum
 * of dy's rows, both added to `initial` where given. Throws where shapes disagree.
 */
export function linearParameterGradient(
  x: Tensor,
  dy: Tensor,
  mask: Tensor | undefined,
  initial: { readonly weight: Tensor | undefined; readonly bias: Tensor | undefined },
): { readonly dweight: Tensor; readonly dbias: Tensor } {
  const [rows, inputs] = extents2(x.shape);
  const [gradientRows, outputs] = extents2(dy.shape);
  expectEqual(gradientRows, rows, 'rows of dy');
  const gradient = masked(dy.data, mask);
  const dweight = initial.weight?.data.slice() ?? new Float64Array(inputs * outputs);
  const dbias = initial.bias?.data.slice() ?? new Float64Array(outputs);
  multiplyInto(dweight, 0, transposed(rowMajor(x.data, inputs)), rowMajor(gradient, outputs), inputs, rows, outputs);
  for (let index = 0; index < gradient.length; index++) {
    const o = index % outputs;
    dbias[o] = (dbias[o] as number) + (gradient[index] as number);
  }
  return { dweight: { shape: [inputs, outputs], data: dweight }, dbias: { shape: [outputs], data: dbias } };
}
