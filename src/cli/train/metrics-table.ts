import type { Measurement, ModuleMeasurement } from '../../runs/measurement.ts';

const common = ['phase', 'step', 'epoch', 'seconds', 'lr', 'images_per_second'] as const;

/** Columns of one module, after `m0.` and so on. */
const moduleColumns: readonly (readonly [name: string, value: (module: ModuleMeasurement) => number | undefined])[] = [
  ['independent.loss', ({ independent }) => independent?.loss],
  ['independent.accuracy', ({ independent }) => independent?.accuracy],
  ['cascade.loss', ({ cascade }) => cascade?.loss],
  ['cascade.accuracy', ({ cascade }) => cascade?.accuracy],
  ['reconstruction', ({ reconstruction }) => reconstruction],
  ['probe.accuracy', ({ probe }) => probe?.accuracy],
];

/** The header of `metrics.csv` for a number of modules. */
export function metricsHeader(modules: number): string {
  const own = Array.from({ length: modules }, (_, module) => moduleColumns.map(([name]) => `m${module}.${name}`));
  return [...common, ...own.flat(), 'final.loss', 'final.accuracy'].join(',');
}

/** The row of one measurement; empty where nothing was measured. @param columns modules the header has */
export function metricsRow(measurement: Measurement, columns: number): string {
  const { phase, step, epoch, seconds, learningRate, imagesPerSecond, modules, final } = measurement;
  const numbers = [
    step,
    epoch,
    seconds,
    learningRate,
    imagesPerSecond,
    ...Array.from({ length: columns }, (_, index) => modules[index]).flatMap((module) =>
      moduleColumns.map(([, value]) => module && value(module)),
    ),
    final.loss,
    final.accuracy,
  ];
  return [phase, ...numbers.map(cell)].join(',');
}

const cell = (value: number | undefined): string =>
  value === undefined || Number.isNaN(value) ? '' : String(Number(value.toPrecision(9)));
