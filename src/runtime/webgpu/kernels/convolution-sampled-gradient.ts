import type { Conv2dInputGradient, Sample } from '../../../graph/node.ts';
import type { ValueId } from '../../../graph/value.ts';
import type { Kernel, Lowering } from '../kernel.ts';
import { KernelBuilder } from '../kernel-builder.ts';

type Extents = readonly [number, number, number, number];
const range = (count: number) => Array.from({ length: count }, (_, index) => index);

/**
 * Input gradient of a convolution that resizes patches on load. A thread owns one pixel of the map: for every tap it first gathers the
 * output gradients of all resized pixels that read its pixel, by their interpolation weights (row by row, as the weights are a product),
 * and only then multiplies by the filter. So the resized gradient, larger than the map, is never stored and never multiplied.
 */
export function lowerSampledInputGradient(node: Conv2dInputGradient, sample: Sample, lowering: Lowering): Kernel[] {
  const { stride, padding } = node.attributes;
  const shape = (id: ValueId) => lowering.value(id).shape as Extents;
  const [batch, height, width, inputs] = shape(node.outputs.dx);
  const [, outHeight, outWidth, outputs] = shape(node.inputs.dy);
  const [kernel] = shape(node.inputs.weights[0] as ValueId);
  const builder = new KernelBuilder(lowering, 'convolution input gradient through patches');
  const dx = builder.write(node.outputs.dx, 'dx');
  const dy = builder.read(node.inputs.dy, 'dy');
  const weights = builder.readEach(node.inputs.weights, 'w');
  const own = node.inputs.weights.length > 1;
  const { accumulate, accumulateMask } = node.inputs;
  const before = accumulate === undefined ? undefined : builder.read(accumulate, 'before');
  const mask = accumulateMask === undefined ? undefined : builder.read(accumulateMask, 'mask');
  const arrived = (pixel: string, four: string) => {
    if (before === undefined) return 'vec4f()';
    const loaded = before.load4(pixel, four);
    return mask === undefined ? loaded : `select(vec4f(), ${loaded}, ${mask.load4(pixel, four)} > vec4f())`;
  };

  const tall = Math.floor(height / sample.grid);
  const wide = Math.floor(width / sample.grid);
  const workgroupSize = lowering.tuning.kind === 'cpu' ? 16 : 64;
  const pixels = batch * tall * wide;
  const workgroups = Math.ceil(pixels / workgroupSize);
  const fours = Math.ceil(inputs / 4);
  const tile = lowering.tuning.kind === 'cpu' ? Math.min(fours, 16) : Math.min(fours, 4);
  const slices = Math.ceil(fours / tile);
  const subgroups = lowering.tuning.kind === 'cpu' && lowering.tuning.subgroups;
  builder.declare(weightFunction('down', tall, sample.height));
  builder.declare(weightFunction('right', wide, sample.width));
  const bounds = (name: string, place: string, source: number, target: number, output: number) => {
    const first = source > 1 ? `max(0, (${place} - 1) * ${target - 1} / ${source - 1})` : '0';
    const last =
      source > 1 ? `min(${target - 1}, (${place} + 1) * ${target - 1} / ${source - 1} + 1)` : `${target - 1}`;
    return [
      `let ${name}From = max(0, ${first} + ${padding - (kernel - 1)}) / ${stride};`,
      `let ${name}To = min(${output - 1}, (${last} + ${padding}) / ${stride});`,
    ].join('\n');
  };
  const taps = range(kernel * kernel);
  const matrix = (q: number, tap: number): string => {
    const row = (lane: string) => {
      const channel = `(o + ${q}) * 4 + ${lane}`;
      const loaded = weights.tensor.load4(`${tap * inputs} + ${channel}`, 'c', own ? `run * ${weights.stride}` : 0);
      return inputs % 4 === 0 && fours % tile === 0 ? loaded : `select(vec4f(), ${loaded}, ${channel} < ${inputs})`;
    };
    if (!subgroups)
      return `mat4x4f(${range(4)
        .map((k) => row(`${k}`))
        .join(', ')})`;
    const name = `l${q}_${tap}`;
    return `mat4x4f(${range(4)
      .map((k) => `subgroupBroadcast(${name}, ${k}u)`)
      .join(', ')})`;
  };
  const products = range(tile).flatMap((q) => [
    ...(subgroups
      ? taps.map((tap) => {
          const channel = `(o + ${q}) * 4 + lane`;
          const loaded = weights.tensor.load4(`${tap * inputs} + ${channel}`, 'c', own ? `run * ${weights.stride}` : 0);
          const exact = inputs % 4 === 0 && fours % tile === 0;
          return `let l${q}_${tap} = ${exact ? loaded : `select(vec4f(), ${loaded}, ${channel} < ${inputs})`};`;
        })
      : []),
    `a${q} += ${taps.map((tap) => `g${tap} * ${matrix(q, tap)}`).join(' + ')};`,
  ]);
  const body = [
    `let slice = group / ${workgroups}; let run = slice / ${slices}; let o = (slice % ${slices}) * ${tile};`,
    `let place = (group % ${workgroups}) * ${workgroupSize} + local; let t = min(place, ${pixels - 1});`,
    subgroups ? 'let lane = i32(laneIndex & 3u);' : '',
    `let column = t % ${wide}; let row = t / ${wide} % ${tall}; let b = t / ${wide * tall};`,
    `let patchIndex = ${sample.first} + run; let n = run * ${batch} + b;`,
    ...range(tile).map((q) => `var a${q} = vec4f();`),
    bounds('y', 'row', tall, sample.height, outHeight),
    bounds('x', 'column', wide, sample.width, outWidth),
    `for (var c = 0; c < ${Math.ceil(outputs / 4)}; c++) {`,
    ...taps.map((tap) => `var g${tap} = vec4f();`),
    'for (var y = yFrom; y <= yTo; y++) {',
    ...range(kernel).map((kx) => `var h${kx} = vec4f();`),
    'for (var x = xFrom; x <= xTo; x++) {',
    `let d = ${dy.load4(`(n * ${outHeight} + y) * ${outWidth} + x`, 'c')};`,
    ...range(kernel).map((kx) => `h${kx} += right(x * ${stride} + ${kx - padding}, column) * d;`),
    '}',
    ...range(kernel).flatMap((ky) => [
      `let v${ky} = down(y * ${stride} + ${ky - padding}, row);`,
      ...range(kernel).map((kx) => `g${ky * kernel + kx} += v${ky} * h${kx};`),
    ]),
    '}',
    ...products,
    '}',
    `let pixel = (b * ${height} + patchIndex / ${sample.grid} * ${tall} + row) * ${width} + patchIndex % ${sample.grid} * ${wide} + column;`,
    `if (place < ${pixels}) {`,
    ...range(tile).map((q) => {
      const store = dx.store4('pixel', `(o + ${q})`, `a${q} + ${arrived('pixel', `(o + ${q})`)}`);
      return fours % tile === 0 ? store : `if (o + ${q} < ${fours}) { ${store} }`;
    }),
    '}',
  ];

  const groups = workgroups * slices * sample.count;
  const covered = tall * sample.grid === height && wide * sample.grid === width && sample.count === sample.grid ** 2;
  const inPlace = accumulate !== undefined && mask === undefined && samePlace(lowering, accumulate, node.outputs.dx);
  if (covered || inPlace) {
    return [builder.finishGroups(body.join('\n'), { groups, workgroupSize, subgroups })];
  }
  // Pixels that no patch of these reads keep what has arrived.
  const all = batch * height * width;
  const rest = [
    `let t = (group - ${groups}) * ${workgroupSize} + local; if (t >= ${all}) { return; }`,
    `let row = t / ${width} % ${height}; let column = t % ${width};`,
    `let patchIndex = row / ${tall} * ${sample.grid} + column / ${wide};`,
    `if (row < ${tall * sample.grid} && column < ${wide * sample.grid} && patchIndex >= ${sample.first} && patchIndex < ${sample.first + sample.count}) { return; }`,
    `for (var c = 0; c < ${fours}; c++) { ${dx.store4('t', 'c', arrived('t', 'c'))} }`,
  ];
  const both = [`if (group >= ${groups}) {`, ...rest, 'return; }', ...body].join('\n');
  const extra = Math.ceil(all / workgroupSize);
  return [builder.finishGroups(both, { groups: groups + extra, workgroupSize, subgroups })];
}

/** Weight of source pixel `place` in the resized pixel `position`; 0 outside the resized patch. Exact in integers. */
function weightFunction(name: string, source: number, target: number): string {
  const inside = `position >= 0 && position < ${target}`;
  const weight =
    target > 1
      ? `f32(max(0, ${target - 1} - abs(position * ${source - 1} - place * ${target - 1}))) / ${target - 1}.0`
      : 'select(0.0, 1.0, place == 0)';
  return `fn ${name}(position: i32, place: i32) -> f32 { return select(0.0, ${weight}, ${inside}); }`;
}

function samePlace(lowering: Lowering, a: ValueId, b: ValueId): boolean {
  const [first, second] = [lowering.locate(a), lowering.locate(b)];
  return first.resource === second.resource && first.offset === second.offset;
}
