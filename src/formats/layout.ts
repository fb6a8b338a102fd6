/** Shape of a parameter in PyTorch's layout: HWIO -> OIHW, [in, out] -> [out, in], vectors as they are. */
export function pytorchShape(shape: readonly number[]): readonly number[] {
  if (shape.length === 4) {
    const [height, width, inputs, outputs] = shape as [number, number, number, number];
    return [outputs, inputs, height, width];
  }
  return [...shape].reverse();
}

/** A parameter of `shape` (HWIO, [in, out] or a vector) in PyTorch's layout. */
export function toPytorch<Data extends Float32Array | Float64Array>(data: Data, shape: readonly number[]): Data {
  const moved = data.slice() as Data;
  eachElement(shape, (ours, theirs) => {
    moved[theirs] = data[ours] as number;
  });
  return moved;
}

/** The inverse of `toPytorch`; `shape` is ours. */
export function fromPytorch(data: ArrayLike<number>, shape: readonly number[]): Float32Array {
  const moved = new Float32Array(data.length);
  eachElement(shape, (ours, theirs) => {
    moved[ours] = data[theirs] as number;
  });
  return moved;
}

/** Calls `visit` with the index of every element in our layout and in PyTorch's. */
function eachElement(shape: readonly number[], visit: (ours: number, theirs: number) => void): void {
  const outputs = shape.at(-1) as number;
  const inputs = shape.length > 1 ? (shape.at(-2) as number) : 1;
  const pixels = shape.length === 4 ? (shape[0] as number) * (shape[1] as number) : 1;
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let input = 0; input < inputs; input++) {
      for (let output = 0; output < outputs; output++) {
        visit((pixel * inputs + input) * outputs + output, (output * inputs + input) * pixels + pixel);
      }
    }
  }
}
