import { budgetOf } from '../../experiment/limits.ts';
import type { Preview } from '../../methods/preview.ts';
import { formatBytes, formatCount, formatTimes } from '../look/format.ts';
import { usePlayground } from '../playground-context.ts';

/** What the step on show costs beside back-propagation, in sight of the handles that change it. */
export function StripTotals() {
  const preview = usePlayground((state) => state.preview);
  const trying = usePlayground((state) => state.trying !== undefined);
  const settings = usePlayground((state) => state.settings);
  const limits = usePlayground((state) => state.limits);
  const budget = budgetOf(settings, limits);
  const over = budget !== undefined && (preview?.peakBytes ?? 0) > budget.bytes;
  return (
    <fieldset className="strip-totals" aria-label="Cost of a step beside back-propagation">
      <Total title="Memory" own={preview?.peakBytes} bp={preview?.bpPeakBytes} format={formatBytes} />
      <Total title="Multiply-adds" own={preview?.multiplyAdds} bp={preview?.bpMultiplyAdds} format={formatCount} />
      {budget !== undefined && (
        <span className="strip-budget" data-over={over}>
          {budget.setBy === 'teacher' ? "teacher's" : 'your'} budget {formatBytes(budget.bytes)}
          {over && ', too little for this'}
        </span>
      )}
      <span className="soft strip-trying">
        {trying ? 'Let go to apply: rebuilds, keeps weights' : wordsOf(preview)}
      </span>
    </fieldset>
  );
}

/** Where local learning stands, in a sentence. */
function wordsOf(preview: Preview | undefined): string {
  if (preview === undefined) return 'planning';
  const memory = preview.peakBytes / preview.bpPeakBytes;
  if (Math.abs(memory - 1) < 0.005) return 'as much memory as back-propagation';
  return memory < 1 ? 'less memory than back-propagation' : 'more memory than back-propagation';
}

function Total({
  title,
  own,
  bp,
  format,
}: {
  readonly title: string;
  readonly own: number | undefined;
  readonly bp: number | undefined;
  readonly format: (value: number | undefined) => string;
}) {
  const times = own === undefined || bp === undefined ? undefined : own / bp;
  // Twice of back-propagation fills the track; the line in the middle is back-propagation.
  const filled = times === undefined ? 0 : Math.min(1, times / 2);
  return (
    <div className="strip-total" title={`${title}: ${format(own)}, back-propagation ${format(bp)}`}>
      <span className="strip-total-title">{title}</span>
      <span className="strip-total-track" aria-hidden="true">
        <span className="strip-total-bar" data-more={(times ?? 0) > 1.005} style={{ width: `${filled * 100}%` }} />
      </span>
      <strong>{format(own)}</strong>
      <span>{times === undefined ? '' : `${formatTimes(times)} BP`}</span>
    </div>
  );
}
