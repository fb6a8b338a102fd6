import { type ReactNode, useMemo } from 'react';
import { fields } from '../../experiment/fields.ts';
import { meaningless } from '../../store/meaning.ts';
import { kept } from '../parts/kept.ts';
import { usePlayground } from '../playground-context.ts';
import { FieldControl } from './field-control.tsx';
import type { ControlName } from './field-kinds.ts';

/** Groups that somebody opened (true) or folded away, by title. */
const useChosen = kept<Readonly<Partial<Record<string, boolean>>>>({});

/** A group of fields that can be folded away, and why some of them are off; `open` until somebody folds or opens it. */
export function Section({
  title,
  names,
  open,
  children,
}: {
  readonly title: string;
  readonly names: readonly ControlName[];
  readonly open: boolean;
  readonly children?: ReactNode;
}) {
  const experiment = usePlayground((state) => state.experiment);
  const [chosen, choose] = useChosen();
  const shown = chosen[title] ?? open;
  const reasons = useMemo(() => {
    const byReason = new Map<string, string[]>();
    for (const name of names) {
      const reason = meaningless(experiment, name);
      if (reason !== undefined) byReason.set(reason, [...(byReason.get(reason) ?? []), fields[name].title]);
    }
    return [...byReason];
  }, [experiment, names]);
  return (
    <details
      className="section"
      open={shown}
      onToggle={({ currentTarget }) => {
        // It is told of the first opening, too, which nobody chose.
        if (currentTarget.open !== shown) choose({ ...chosen, [title]: currentTarget.open });
      }}
    >
      <summary>
        <h3>{title}</h3>
      </summary>
      {names.map((name) => (
        <FieldControl key={name} name={name} />
      ))}
      {reasons.map(([reason, titles]) => (
        <p key={reason} className="section-off">
          <strong>{titles.length > 3 ? `${titles.length} controls` : titles.join(', ')} off.</strong> {reason}
        </p>
      ))}
      {children}
    </details>
  );
}
