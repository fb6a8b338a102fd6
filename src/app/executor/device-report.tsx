import type { DeviceReport as Report } from '../../runtime/executor.ts';
import { formatBytes, formatSeconds } from '../look/format.ts';

/** What the kernels run on and what they cost: adapter, memory as planned and as allocated, dispatches, time by phase. */
export function DeviceReport({ report }: { readonly report: Report }) {
  const { phases } = report;
  const exact = report.plannedBytes === report.allocatedBytes;
  const rows: readonly (readonly [name: string, value: string, tip: string])[] = [
    ['Adapter', report.adapter, 'The device, as the browser names it'],
    ['Kernels for', report.kernels, 'Tiles and loads are chosen by the kind of adapter'],
    [
      'Planned',
      formatBytes(report.plannedBytes),
      'What the memory plan says training, evaluation and probes need together',
    ],
    [
      'Allocated',
      `${formatBytes(report.allocatedBytes)}${exact ? ', as planned' : ''}`,
      'All buffers that are on the device now',
    ],
    ['Dispatches', `${report.dispatches} a step`, 'Kernels the device runs in one training step'],
    ...(phases === undefined
      ? []
      : ([
          ['Forward', formatSeconds(phases.forward / 1000), 'On the device, in the step measured after warm-up'],
          ['Backward', formatSeconds(phases.backward / 1000), 'On the device, in the step measured after warm-up'],
          ['Update', formatSeconds(phases.update / 1000), 'On the device, in the step measured after warm-up'],
        ] as const)),
    ['Features', report.features.join(', ') || 'none', 'Optional parts of WebGPU this device has'],
  ];
  return (
    <dl className="executors" aria-label="Device">
      {rows.map(([name, value, tip]) => (
        <div key={name} title={tip}>
          <dt>{name}</dt>
          <dd className="soft">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
