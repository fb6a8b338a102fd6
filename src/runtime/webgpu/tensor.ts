/** How a kernel sees a buffer's numbers. */
export type Element = 'vec4f' | 'f32' | 'i32' | 'u32' | 'atomic<u32>';

/** A value inside a kernel: WGSL expressions that read and write it, by pixel (row of channels) and channel. */
export class Tensor {
  /** Name of the constant that holds where it begins in its binding, in elements. */
  readonly base: string;
  private readonly needed = new Set<'load' | 'store'>();

  constructor(
    readonly name: string,
    private readonly binding: string,
    readonly element: Element,
    /** Length of the innermost dimension. */
    readonly channels: number,
  ) {
    this.base = `${name}_at`;
  }

  /** The innermost dimension in fours, the last one padded. */
  get fours(): number {
    return Math.ceil(this.channels / 4);
  }

  /** Element `index` (a vec4f, or a scalar where it is bound by scalars). */
  at(index: string | number): string {
    return `${this.binding}[${this.base} + ${index}]`;
  }

  /** Four channels `4*four` .. of a pixel, vec4f; beyond the last channel 0. `shift`: elements to go on by, for tensors side by side. */
  load4(pixel: string | number, four: string | number, shift: string | number = 0): string {
    if (this.element === 'vec4f') return this.at(`(${pixel}) * ${this.fours} + ${four}${shifted(shift)}`);
    this.needed.add('load');
    return `${this.name}_load(${pixel}, ${four}, ${shift})`;
  }

  /** Statement that writes four channels of a pixel; what is beyond the last channel is left out. */
  store4(pixel: string | number, four: string | number, value: string, shift: string | number = 0): string {
    if (this.element === 'vec4f')
      return `${this.at(`(${pixel}) * ${this.fours} + ${four}${shifted(shift)}`)} = ${value};`;
    this.needed.add('store');
    return `${this.name}_store(${pixel}, ${four}, ${value}, ${shift});`;
  }

  /** WGSL functions its expressions call. */
  helpers(): string[] {
    const { channels: c, name } = this;
    const functions: string[] = [];
    const lanes = [0, 1, 2, 3];
    if (this.needed.has('load')) {
      const lane = (k: number) => `select(0.0, ${this.at(`first + ${k}`)}, four * 4 + ${k} < ${c})`;
      functions.push(
        `fn ${name}_load(pixel: i32, four: i32, shift: i32) -> vec4f { let first = pixel * ${c} + four * 4 + shift; return vec4f(${lanes.map(lane).join(', ')}); }`,
      );
    }
    if (this.needed.has('store')) {
      const lane = (k: number) => `if (four * 4 + ${k} < ${c}) { ${this.at(`first + ${k}`)} = value[${k}]; }`;
      functions.push(
        `fn ${name}_store(pixel: i32, four: i32, value: vec4f, shift: i32) { let first = pixel * ${c} + four * 4 + shift; ${lanes.map(lane).join(' ')} }`,
      );
    }
    return functions;
  }
}

const shifted = (shift: string | number): string => (shift === 0 ? '' : ` + ${shift}`);
