import type { Sample } from '../../../graph/node.ts';
import type { Tensor } from '../tensor.ts';

/** Widest sampled row whose interpolation is worked out when the kernel is written, so that pixels are loaded once each. */
const widestFixed = 32;

/**
 * Where a convolution reads its image: rows of an NHWC map, or of patches of it, resized bilinearly on load (align_corners: position i
 * of t reads coordinate i * (s - 1) / (t - 1)); sampled rows are never stored.
 */
export class RowSource {
  readonly height: number;
  readonly width: number;

  constructor(
    private readonly tensor: Tensor,
    private readonly map: { readonly batch: number; readonly height: number; readonly width: number },
    private readonly sample: Sample | undefined,
  ) {
    this.height = sample?.height ?? map.height;
    this.width = sample?.width ?? map.width;
  }

  /** Whether it reads resized patches. */
  get sampled(): boolean {
    return this.sample !== undefined;
  }

  /** Whether rows have to be read whole, from column 0. */
  get wholeRows(): boolean {
    return this.sample !== undefined && this.width <= widestFixed;
  }

  /** Statements before a row is read: `n` and `y` are WGSL expressions; names begin with `row`. */
  openRow(row: string, n: string, y: string): string {
    const { map, sample } = this;
    if (sample === undefined) return `let ${row}a = ((${n}) * ${map.height} + (${y})) * ${map.width};`;
    const tall = Math.floor(map.height / sample.grid);
    const wide = Math.floor(map.width / sample.grid);
    const above = fraction(`(${y})`, tall, sample.height);
    return [
      `let ${row}p = (${n}) / ${map.batch} + ${sample.first};`,
      `let ${row}t = (((${n}) % ${map.batch}) * ${map.height} + ${row}p / ${sample.grid} * ${tall}) * ${map.width} + ${row}p % ${sample.grid} * ${wide};`,
      `let ${row}y = ${above.lower};`,
      `let ${row}f = ${above.fraction};`,
      `let ${row}a = ${row}t + ${row}y * ${map.width};`,
      `let ${row}b = ${row}t + min(${row}y + 1, ${tall - 1}) * ${map.width};`,
    ].join('\n');
  }

  /** Four channels at a column that is known only when the kernel runs. */
  load(row: string, column: string, four: string): string {
    const { map, sample, tensor } = this;
    if (sample === undefined) return tensor.load4(`${row}a + ${column}`, four);
    const wide = Math.floor(map.width / sample.grid);
    const { lower, fraction: right } = fraction(`(${column})`, wide, sample.width);
    const x1 = `min(${lower} + 1, ${wide - 1})`;
    const line = (start: string) =>
      `mix(${tensor.load4(`${start} + ${lower}`, four)}, ${tensor.load4(`${start} + ${x1}`, four)}, ${right})`;
    return `mix(${line(`${row}a`)}, ${line(`${row}b`)}, ${row}f)`;
  }

  /** Statements that define `${name}${column}` for fixed columns inside the row; each source pixel is loaded once. */
  loadFixed(row: string, name: string, columns: readonly number[], four: string): string {
    const { map, sample, tensor } = this;
    if (sample === undefined) throw new Error('fixed columns are for sampled rows');
    const wide = Math.floor(map.width / sample.grid);
    const places = columns.map((column) => {
      const coordinate = sample.width > 1 ? (column * (wide - 1)) / (sample.width - 1) : 0;
      const lower = Math.floor(coordinate);
      return { column, lower, upper: Math.min(lower + 1, wide - 1), right: coordinate - lower };
    });
    const needed = [...new Set(places.flatMap(({ lower, upper, right }) => (right > 0 ? [lower, upper] : [lower])))];
    return [
      ...needed.map(
        (x) =>
          `let ${name}s${x} = mix(${tensor.load4(`${row}a + ${x}`, four)}, ${tensor.load4(`${row}b + ${x}`, four)}, ${row}f);`,
      ),
      ...places.map(({ column, lower, upper, right }) =>
        right > 0
          ? `let ${name}${column} = mix(${name}s${lower}, ${name}s${upper}, ${right.toPrecision(9)});`
          : `let ${name}${column} = ${name}s${lower};`,
      ),
    ].join('\n');
  }
}

/** Lower source position and the weight of the next, for a target position; exact in integers. */
function fraction(position: string, source: number, target: number): { lower: string; fraction: string } {
  if (target <= 1 || source <= 1) return { lower: `(${position} * 0)`, fraction: '0.0' };
  const product = `(${position} * ${source - 1})`;
  return {
    lower: `(${product} / ${target - 1})`,
    fraction: `(f32(${product} % ${target - 1}) / ${target - 1}.0)`,
  };
}
