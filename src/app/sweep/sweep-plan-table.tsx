import { formatBytes, formatCount, formatSeconds, formatTimes } from '../look/format.ts';
import type { PlannedMember } from './use-sweep-plan.ts';

/** The runs of a sweep before they run: memory and arithmetic as planned, time as estimated from the live run's pace. */
export function SweepPlanTable({ members }: { readonly members: readonly PlannedMember[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="table-scroll" aria-label="Planned runs" tabIndex={0}>
      <table className="data-table">
        <caption className="visually-hidden">Runs of this sweep, planned</caption>
        <thead>
          <tr>
            <th scope="col">Memory</th>
            <th scope="col">of BP</th>
            <th scope="col">Multiply-adds</th>
            <th scope="col">Time, about</th>
          </tr>
        </thead>
        {/* A name has a line of its own: beside four figures there is no room for it. */}
        {members.map(({ title, experiment, preview, seconds, alsoChanged }) => (
          <tbody key={JSON.stringify(experiment)} title={alsoChanged.join(' ') || undefined}>
            <tr className="plan-title">
              <th scope="rowgroup" colSpan={4} className="text may-wrap">
                {title}
              </th>
            </tr>
            <tr>
              <td className="text">{formatBytes(preview?.peakBytes)}</td>
              <td>{preview === undefined ? '' : formatTimes(preview.peakBytes / preview.bpPeakBytes)}</td>
              <td>{formatCount(preview?.multiplyAdds)}</td>
              <td>{formatSeconds(seconds)}</td>
            </tr>
          </tbody>
        ))}
      </table>
    </section>
  );
}
