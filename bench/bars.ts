import type { EngineName, Finding, Host } from './measurement.ts';

/** A bar that the executor has to meet, and what a run measured. */
export interface Bar {
  readonly what: string;
  readonly wanted: string;
  readonly measured: string;
  readonly met: boolean;
}

const atLeast = (what: string, least: number, value: number, unit = ''): Bar => ({
  what,
  wanted: `at least ${least}${unit}`,
  measured: `${precise(value)}${unit}`,
  met: value >= least,
});

const atMost = (what: string, most: number, value: number, unit = ''): Bar => ({
  what,
  wanted: `at most ${most}${unit}`,
  measured: `${precise(value)}${unit}`,
  met: value <= most,
});

const precise = (value: number): string => String(Number(value.toPrecision(3)));

/** The bars that a run's findings settle; what was not measured has none. All ratios are of one run and one host. */
export function barsOf(findings: readonly Finding[]): Bar[] {
  const find = (name: string, engine: EngineName, host: Host): Finding | undefined =>
    findings.find((found) => found.case === name && found.engine === engine && found.host === host);
  return (['chromium', 'node'] as const).flatMap((host) => [
    ...stepBars(find, host),
    ...hpffBars(find, host),
    ...(host === 'node' ? nodeBars(find) : latencyBars(find)),
  ]);
}

type Find = (name: string, engine: EngineName, host: Host) => Finding | undefined;

const resnet32 = 'bp/resnet32, batch 32';

function stepBars(find: Find, host: Host): Bar[] {
  const own = find(resnet32, 'webgpu', host);
  if (own === undefined || own.milliseconds === null) return [];
  const what = (text: string) => `${text} (${host})`;
  const bars: Bar[] = [];
  const stock = find(resnet32, 'stock-tfjs-webgpu', host);
  if (stock?.milliseconds != null)
    bars.push(atLeast(what('times faster than stock tfjs-webgpu'), 15, stock.milliseconds / own.milliseconds));
  const jax = find(resnet32, 'jax-webgpu', host);
  if (jax?.milliseconds != null)
    bars.push(atLeast(what('times faster than jax-js'), 2, jax.milliseconds / own.milliseconds));
  if (jax?.allocatedBytes != null && own.allocatedBytes !== null)
    bars.push(atMost(what("share of jax-js' memory"), 0.333, own.allocatedBytes / jax.allocatedBytes));
  const products = (['webgpu', 'stock-tfjs-webgpu'] as const).map(
    (engine) => find('matrix product, 1024 cubed', engine, host)?.gflops ?? 0,
  );
  const best = Math.max(...products);
  if (best > 0) bars.push(atLeast(what('share of the best matrix product, %'), 60, (100 * (own.gflops ?? 0)) / best));
  if (own.dispatches !== null) bars.push(atMost(what('dispatches of a step'), 320, own.dispatches));
  if (own.objectsMade !== null) bars.push(atMost(what('GPU objects made in a warm step'), 0, own.objectsMade));
  if (own.allocatedBytes !== null) {
    bars.push(atMost(what('allocated peak'), 85, own.allocatedBytes / 1e6, ' MB'));
    bars.push(equalBytes(what('allocated peak, batch 32'), own));
  }
  return bars;
}

function hpffBars(find: Find, host: Host): Bar[] {
  const bp = find(resnet32, 'webgpu', host)?.milliseconds;
  return (
    [
      ['k8', 'K=8', 2],
      ['all', 'K=15', 2.6],
    ] as const
  ).flatMap(([cuts, name, most]) => {
    const own = find(`hpff-released/resnet32-${cuts}, batch 32`, 'webgpu', host)?.milliseconds;
    return own == null || bp == null ? [] : [atMost(`HPFF step / BP step, ${name} (${host})`, most, own / bp)];
  });
}

function nodeBars(find: Find): Bar[] {
  const bars: Bar[] = [];
  const plan = find('hpff-released/resnet110-all, batch 128, plan', 'webgpu', 'node')?.milliseconds;
  if (plan != null) bars.push(atMost('planning ResNet-110, every block a module', 16, plan, ' ms'));
  for (const [preset, most] of [
    ['bp/resnet32', 5],
    ['hpff-released/resnet32-all', 15],
  ] as const) {
    const found = find(`${preset}, batch 32, JavaScript alone`, 'webgpu', 'node')?.javascriptMilliseconds;
    if (found != null) bars.push(atMost(`JavaScript of a step, ${preset}`, most, found, ' ms'));
  }
  for (const run of [1, 2]) {
    const found = find(`bp/resnet8, batch 8, 1000 steps, run ${run}`, 'webgpu', 'node');
    if (found?.objectsMade == null) continue;
    bars.push(atMost(`GPU objects made from step 10 to 1,000, run ${run}`, 0, found.objectsMade));
    bars.push(equalBytes(`bytes after 1,000 steps, run ${run}`, found));
  }
  const bp = find('bp/resnet32-k1, batch 128, memory', 'webgpu', 'node');
  for (const [cuts, name, most] of [
    ['k8', 'K=8', 0.65],
    ['all', 'K=15', 0.45],
  ] as const) {
    const own = find(`hpff-released/resnet32-${cuts}, batch 128, memory`, 'webgpu', 'node');
    if (own?.allocatedBytes == null || bp?.allocatedBytes == null) continue;
    bars.push(atMost(`allocated peak HPFF / BP, batch 128, ${name}`, most, own.allocatedBytes / bp.allocatedBytes));
    bars.push(equalBytes(`allocated peak, batch 128, ${name}`, own));
  }
  return bars;
}

function latencyBars(find: Find): Bar[] {
  const found = find('bp/resnet32, key press to frame while training', 'webgpu', 'chromium')?.milliseconds;
  return found == null ? [] : [atMost('key press to frame while training (counts on a GPU)', 33, found, ' ms')];
}

const equalBytes = (what: string, { plannedBytes, allocatedBytes }: Finding): Bar => ({
  what: `${what}: counted equals planned`,
  wanted: `${plannedBytes} bytes`,
  measured: `${allocatedBytes} bytes`,
  met: plannedBytes === allocatedBytes,
});
