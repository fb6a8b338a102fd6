import type { Experiment } from '../../experiment/experiment.ts';
import type { ModulePlan, Preview } from '../../methods/preview.ts';

const columns: readonly (readonly [title: string, key: Exclude<keyof ModulePlan, 'name'>])[] = [
  ['parameters', 'parameterBytes'],
  ['optimiser', 'optimiserBytes'],
  ['activations', 'activationBytes'],
  ['gradients', 'gradientBytes'],
  ['workspace', 'workspaceBytes'],
];

/** A plan as text: bytes by module and role, and the totals beside back-propagation's. */
export function planTable(experiment: Experiment, plan: Preview): string {
  const rows = [
    ['highest bytes', ...columns.map(([title]) => title)],
    ...plan.modules.map((module) => [module.name, ...columns.map(([, key]) => readableBytes(module[key]))]),
  ];
  const widths = (rows[0] as string[]).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] as string).length)),
  );
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] as number) : cell.padStart(widths[column] as number),
      )
      .join('  '),
  );
  const { method, network, batch } = experiment;
  const { peakBytes, bpPeakBytes, multiplyAdds, bpMultiplyAdds, nodes, withoutGradient, course } = plan;
  const highest = course.bytes.indexOf(Math.max(...course.bytes));
  return [
    `${method} on ${network}, batch ${batch}`,
    '',
    ...lines,
    '',
    `peak memory    ${readableBytes(peakBytes)}; back-propagation ${readableBytes(bpPeakBytes)} (${share(peakBytes, bpPeakBytes)})`,
    `multiply-adds  ${(multiplyAdds / 1e9).toFixed(2)} G a step; back-propagation ${(bpMultiplyAdds / 1e9).toFixed(2)} G (${share(multiplyAdds, bpMultiplyAdds)})`,
    `nodes          ${nodes}; most bytes are live at node ${highest}`,
    ...(withoutGradient.length === 0 ? [] : [`no gradient    ${withoutGradient.join(', ')}`]),
  ].join('\n');
}

const share = (value: number, whole: number): string => `${((100 * value) / whole).toFixed(0)} %`;

/** Bytes in the largest unit that leaves a number of at least one. */
export function readableBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const units = ['KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(units.length, Math.floor(Math.log2(bytes) / 10));
  return `${(bytes / 1024 ** power).toFixed(1)} ${units[power - 1]}`;
}
