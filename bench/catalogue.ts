import type { EngineName, Host, Measurement, Subject } from './measurement.ts';

/** A case: what, by whom, where. `always`: part of a run that names none. */
interface CaseEntry {
  readonly name: string;
  readonly help: string;
  readonly subject: Subject;
  readonly engines: readonly EngineName[];
  readonly hosts: readonly Host[];
  readonly always: boolean;
}

const everyEngine: readonly EngineName[] = [
  'webgpu',
  'stock-tfjs-webgpu',
  'stock-tfjs-webgl',
  'tfjs-wasm',
  'jax-webgpu',
  'jax-wasm',
];
const both: readonly Host[] = ['chromium', 'node'];
const onNode: readonly Host[] = ['node'];
const inChromium: readonly Host[] = ['chromium'];

const step = (preset: string, batch: number): Subject => ({ kind: 'step', preset, batch });
const javascript = (preset: string): Subject => ({ kind: 'javascript', preset, batch: 32 });
const memory = (preset: string): Subject => ({ kind: 'memory', preset, batch: 128 });
const nodes = (preset: string): Subject => ({ kind: 'nodes', preset, batch: 32 });
const hpff = ['k3', 'k8', 'all'] as const;
const local = ['k2', 'k3', 'k4', 'k8', 'all'] as const;

/** Every case, in the order they run: what settles a bar and is quick first. */
export const cases: readonly CaseEntry[] = [
  entry('matmul', 'a 1024-cubed product of matrices', { kind: 'matmul', size: 1024 }, ['webgpu', 'stock-tfjs-webgpu']),
  entry(
    'javascript',
    'JavaScript of a ResNet-32 step, batch 32',
    javascript('bp/resnet32'),
    ['webgpu', 'stock-tfjs-webgpu', 'jax-webgpu'],
    onNode,
  ),
  entry('javascript-hpff', 'the same of HPFF, K=15', javascript('hpff-released/resnet32-all'), ['webgpu'], onNode),
  ...(['bp/resnet32-k1', ...local.map((cuts) => `hpff-released/resnet32-${cuts}`)] as const).map((preset) =>
    entry(
      `memory-${preset.split('-').at(-1)}`,
      `bytes of ${preset}, batch 128`,
      memory(preset),
      ['webgpu', 'tfjs-wasm'],
      onNode,
    ),
  ),
  entry(
    'plan',
    'planning ResNet-110 with every block a module, as it is done while a border is dragged',
    { kind: 'plan', preset: 'hpff-released/resnet110-all', batch: 128 },
    ['webgpu'],
    onNode,
  ),
  entry(
    'latency',
    'from a key press to the next frame while a worker trains',
    {
      kind: 'latency',
      preset: 'bp/resnet32',
      batch: 32,
    },
    ['webgpu'],
    inChromium,
  ),
  ...hpff.map((cuts) =>
    entry(
      `hpff-${cuts}`,
      `an HPFF step on ResNet-32 (${cuts}), batch 32`,
      step(`hpff-released/resnet32-${cuts}`, 32),
      ['webgpu'],
      inChromium,
    ),
  ),
  entry('resnet32', 'a step of back-propagation on ResNet-32, batch 32', step('bp/resnet32', 32), everyEngine),
  entry('resnet8', 'a step of back-propagation on ResNet-8, batch 8', step('bp/resnet8', 8), everyEngine),
  entry(
    'convolutions',
    'each convolution of ResNet-32 alone, three directions',
    { kind: 'convolutions', batch: 32 },
    ['webgpu', 'stock-tfjs-webgpu'],
    inChromium,
  ),
  entry(
    'steady',
    '1,000 steps of ResNet-8, batch 8, twice with one seed',
    {
      kind: 'steady',
      preset: 'bp/resnet8',
      batch: 8,
      steps: 1000,
    },
    ['webgpu'],
    onNode,
    false,
  ),
  ...(['bp/resnet8', 'quick', 'bp/resnet32'] as const).map((preset) =>
    entry(
      `nodes-${preset.split('/').at(-1)}`,
      `time of a step of ${preset} on WASM by kind of node`,
      nodes(preset),
      ['tfjs-wasm'],
      onNode,
      false,
    ),
  ),
  entry(
    'quick',
    'how far the preset quick comes in 30 s',
    { kind: 'quick', seconds: 30 },
    ['tfjs-wasm'],
    onNode,
    false,
  ),
  ...(['bp/resnet8', 'quick'] as const).map((preset) =>
    entry(
      `shuffled-${preset.split('/').at(-1)}`,
      `accuracy of ${preset} after training on shuffled labels`,
      {
        kind: 'shuffled',
        preset,
        batch: 32,
        steps: 600,
      },
      ['tfjs-wasm'],
      onNode,
      false,
    ),
  ),
];

function entry(
  name: string,
  help: string,
  subject: Subject,
  engines: readonly EngineName[],
  hosts: readonly Host[] = both,
  always = true,
): CaseEntry {
  return { name, help, subject, engines, hosts, always };
}

/** All measurements of the cases. */
export function allMeasurements(): Measurement[] {
  return cases.flatMap(({ name, subject, engines, hosts }) =>
    hosts.flatMap((host) => engines.map((engine) => ({ name: `${name}/${engine}/${host}`, subject, engine, host }))),
  );
}

/**
 * The measurements that `--only` names: each name is one, or a beginning of some that ends at a slash or hyphen (`memory` stands for
 * `memory-k1` and so on). No name: the cases of every run.
 *
 * @returns names that stand for nothing come apart
 */
export function chooseMeasurements(names: readonly string[]): {
  readonly chosen: readonly Measurement[];
  readonly unknown: readonly string[];
} {
  const all = allMeasurements();
  const matches = (name: string, wanted: string) =>
    name === wanted || name.startsWith(`${wanted}/`) || name.startsWith(`${wanted}-`);
  if (names.length === 0) {
    const always = cases.filter((found) => found.always);
    return { chosen: all.filter(({ name }) => always.some((found) => name.startsWith(`${found.name}/`))), unknown: [] };
  }
  return {
    chosen: all.filter(({ name }) => names.some((wanted) => matches(name, wanted))),
    unknown: names.filter((wanted) => !all.some(({ name }) => matches(name, wanted))),
  };
}
