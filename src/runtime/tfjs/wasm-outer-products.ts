import { type Code, declareLocals, doWhile, instructions, moduleOf, until } from './wasm-assembler.ts';

const { constant, add, subtract, multiply, greater } = instructions;

/**
 * The inner loops of a filter gradient, for one tap of the kernel: sums += x^T dy over rows x columns pixels, with x [.., channels],
 * dy [.., outputs] and sums [channels, outputs] float32. Addresses and strides are in bytes.
 */
export type OuterProducts = (
  x: number,
  dy: number,
  sums: number,
  rows: number,
  columns: number,
  channels: number,
  outputs: number,
  xRow: number,
  dyRow: number,
  xPixel: number,
) => void;

const parameters = ['x', 'dy', 'sums', 'rows', 'columns', 'channels', 'outputs', 'xRow', 'dyRow', 'xPixel'];

/** Largest tile kept in registers: 4 channels by 2 vectors of 4 outputs, which with its operands fits the 16 of x86. */
const tileChannels = 4;

const numbered = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}${index}`);

const locals = declareLocals(parameters, {
  i32: ['channel', 'output', 'row', 'column', 'xAt', 'dyAt', 'xLine', 'dyLine', 'sumAt', 'outputBytes'],
  f32: [...numbered('f32sum', tileChannels), 'f32dy0', 'f32x'],
  v128: [...numbered('v128sum', tileChannels * 2), ...numbered('v128dy', 2), 'v128x'],
});
const { get, set, increase } = locals;

interface Tile {
  readonly channels: number;
  readonly type: 'f32' | 'v128';
  /** Numbers of `type` side by side. */
  readonly width: number;
}

/** Sums one tile over all pixels: its sums stay in local variables, each pixel's dy is loaded once. */
function tileCode({ channels, type, width }: Tile): Code {
  const operation = instructions[type];
  const size = type === 'v128' ? 16 : 4;
  const across = (make: (index: number) => Code) => Array.from({ length: width }, (_, index) => make(index)).flat();
  const down = (make: (index: number) => Code) => Array.from({ length: channels }, (_, index) => make(index)).flat();
  const sum = (channel: number, index: number) => `${type}sum${channel * width + index}`;
  const toSums = [
    ...[...get('channel'), ...get('outputs'), ...multiply, ...get('output'), ...add, ...constant(4), ...multiply],
    ...[...get('sums'), ...add, ...set('sumAt')],
  ];
  const nextSums = increase('sumAt', get('outputBytes'));
  const eachSum = (make: (name: string, offset: number) => Code) => [
    ...toSums,
    ...down((channel) => [...across((index) => make(sum(channel, index), size * index)), ...nextSums]),
  ];
  const pixel = [
    ...across((index) => [...get('dyAt'), ...operation.load(size * index), ...set(`${type}dy${index}`)]),
    ...down((channel) => [
      ...[...get('xAt'), ...operation.splat(4 * channel), ...set(`${type}x`)],
      ...across((index) => [
        ...[...get(sum(channel, index)), ...get(`${type}x`), ...get(`${type}dy${index}`)],
        ...[...operation.multiply, ...operation.add, ...set(sum(channel, index))],
      ]),
    ]),
    ...increase('xAt', get('xPixel')),
    ...increase('dyAt', get('outputBytes')),
  ];
  const line = [
    ...[...get('xLine'), ...set('xAt'), ...get('dyLine'), ...set('dyAt')],
    ...countdown('column', 'columns', pixel),
    ...increase('xLine', get('xRow')),
    ...increase('dyLine', get('dyRow')),
  ];
  return [
    ...eachSum((name, offset) => [...get('sumAt'), ...operation.load(offset), ...set(name)]),
    ...[...get('x'), ...get('channel'), ...constant(4), ...multiply, ...add, ...set('xLine')],
    ...[...get('dy'), ...get('output'), ...constant(4), ...multiply, ...add, ...set('dyLine')],
    ...countdown('row', 'rows', line),
    ...eachSum((name, offset) => [...get('sumAt'), ...get(name), ...operation.store(offset)]),
  ];
}

/** Runs `body` as often as the parameter says, at least once. */
const countdown = (counter: string, times: string, body: Code): Code => [
  ...[...get(times), ...set(counter)],
  ...doWhile([...body, ...get(counter), ...constant(1), ...subtract, ...set(counter)], get(counter)),
];

/** Runs `body` and steps on while a whole step still fits below the bound. */
const steps = (counter: string, step: number, bound: string, body: Code): Code =>
  until(
    [...get(counter), ...constant(step), ...add, ...get(bound), ...greater],
    [...body, ...increase(counter, constant(step))],
  );

/** Tiles of 8, 4, then single outputs. */
const acrossOutputs = (channels: number): Code => [
  ...[...constant(0), ...set('output')],
  ...steps('output', 8, 'outputs', tileCode({ channels, type: 'v128', width: 2 })),
  ...steps('output', 4, 'outputs', tileCode({ channels, type: 'v128', width: 1 })),
  ...steps('output', 1, 'outputs', tileCode({ channels, type: 'f32', width: 1 })),
];

const body: Code = [
  ...[...get('outputs'), ...constant(4), ...multiply, ...set('outputBytes')],
  ...[...constant(0), ...set('channel')],
  ...steps('channel', tileChannels, 'channels', acrossOutputs(tileChannels)),
  ...steps('channel', 1, 'channels', acrossOutputs(1)),
];

/** The function, compiled for a memory, shared or not. Needs WASM SIMD; throws without. */
export function compileOuterProducts(memory: WebAssembly.Memory): OuterProducts {
  const compiled = new WebAssembly.Module(moduleOf(locals, body, !(memory.buffer instanceof ArrayBuffer)));
  return new WebAssembly.Instance(compiled, { host: { memory } }).exports.run as OuterProducts;
}
