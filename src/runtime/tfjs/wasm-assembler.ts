/**
 * Just enough of WebAssembly's binary format to write one loop-heavy function without a toolchain: code is a list of bytes, and
 * functions here answer such lists.
 */
export type Code = readonly number[];

/** Types of local variables. */
const typeBytes = { i32: 0x7f, f32: 0x7d, v128: 0x7b } as const;
export type LocalType = keyof typeof typeBytes;

/** An unsigned number in LEB128. */
function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest === 0 ? low : low | 0x80);
  } while (rest !== 0);
  return bytes;
}

/** A signed number in LEB128. */
function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    const done = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
    bytes.push(done ? low : low | 0x80);
    if (done) return bytes;
  }
}

/** Instructions without operands in the code, and loads and stores at an offset in bytes from the address on the stack. */
export const instructions = {
  constant: (value: number): Code => [0x41, ...signed(value)],
  add: [0x6a] as Code,
  subtract: [0x6b] as Code,
  multiply: [0x6c] as Code,
  greater: [0x4b] as Code,
  f32: {
    load: (offset: number): Code => [0x2a, 2, ...unsigned(offset)],
    splat: (offset: number): Code => [0x2a, 2, ...unsigned(offset)],
    store: (offset: number): Code => [0x38, 2, ...unsigned(offset)],
    add: [0x92] as Code,
    multiply: [0x94] as Code,
  },
  v128: {
    load: (offset: number): Code => [0xfd, 0x00, 2, ...unsigned(offset)],
    splat: (offset: number): Code => [0xfd, 0x09, 2, ...unsigned(offset)],
    store: (offset: number): Code => [0xfd, 0x0b, 2, ...unsigned(offset)],
    add: [0xfd, 0xe4, 0x01] as Code,
    multiply: [0xfd, 0xe6, 0x01] as Code,
  },
} as const;

/** The local variables of a function by name: its parameters (all i32) first. */
export interface Locals {
  get(name: string): Code;
  set(name: string): Code;
  /** name += amount */
  increase(name: string, amount: Code): Code;
  readonly declaration: Code;
  readonly parameters: number;
}

/** Names the parameters and further local variables of a function. */
export function declareLocals(
  parameters: readonly string[],
  others: Readonly<Record<LocalType, readonly string[]>>,
): Locals {
  const groups = (Object.keys(others) as LocalType[]).map((type) => ({ type, names: others[type] }));
  const indexOf = new Map([...parameters, ...groups.flatMap(({ names }) => names)].map((name, index) => [name, index]));
  const index = (name: string): number[] => {
    const found = indexOf.get(name);
    if (found === undefined) throw new Error(`no local called ${name}`);
    return unsigned(found);
  };
  const get = (name: string): Code => [0x20, ...index(name)];
  const set = (name: string): Code => [0x21, ...index(name)];
  return {
    get,
    set,
    increase: (name, amount) => [...get(name), ...amount, ...instructions.add, ...set(name)],
    declaration: [groups.length, ...groups.flatMap(({ type, names }) => [...unsigned(names.length), typeBytes[type]])],
    parameters: parameters.length,
  };
}

/** Repeats `body` until the condition (an i32 on the stack) holds before it. */
export const until = (condition: Code, body: Code): Code => [
  0x02,
  0x40,
  0x03,
  0x40,
  ...condition,
  0x0d,
  1,
  ...body,
  0x0c,
  0,
  0x0b,
  0x0b,
];

/** Repeats `body` as long as the condition (an i32 on the stack) holds after it; at least once. */
export const doWhile = (body: Code, condition: Code): Code => [0x03, 0x40, ...body, ...condition, 0x0d, 0, 0x0b];

const section = (id: number, content: Code): Code => [id, ...unsigned(content.length), ...content];

/** Of an imported memory: any size, shared between threads or not. A shared one has to name the most pages of 64 KiB, here what 32 bits reach. */
const memoryLimits = (shared: boolean): Code => (shared ? [3, 0, ...unsigned(65_536)] : [0, 0]);

/** A module with one function, exported as `run`, that returns nothing and works on an imported memory `host.memory`. */
export function moduleOf(locals: Locals, body: Code, shared: boolean): Uint8Array<ArrayBuffer> {
  const text = (name: string) => [...unsigned(name.length), ...new TextEncoder().encode(name)];
  const code = [...locals.declaration, ...body, 0x0b];
  const parameters = Array<number>(locals.parameters).fill(typeBytes.i32);
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, ...unsigned(parameters.length), ...parameters, 0]),
    ...section(2, [1, ...text('host'), ...text('memory'), 2, ...memoryLimits(shared)]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...text('run'), 0, 0]),
    ...section(10, [1, ...unsigned(code.length), ...code]),
  ]);
}
