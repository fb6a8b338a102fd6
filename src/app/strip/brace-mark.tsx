import { moduleColour } from '../look/module-colour.ts';
import { useTheme } from '../look/theme.ts';
import type { Brace } from './braces.ts';

/** A brace under the modules that one loss reaches, in the accent of the module that carries it. */
export function BraceMark({
  brace,
  count,
  row,
}: {
  readonly brace: Brace;
  readonly count: number;
  readonly row: number;
}) {
  const { accent } = moduleColour(brace.term.to, count, useTheme());
  const { from, to, purpose } = brace.term;
  const name = purpose === 'cascade' ? 'cascade' : 'loss';
  const words = `${name} at module ${to}: its gradient reaches modules ${from} to ${to}`;
  return (
    <div
      role="img"
      aria-label={words}
      className="brace"
      title={words}
      style={{ gridColumn: `${brace.start} / ${brace.end}`, gridRow: row, color: accent }}
    >
      <span className="brace-label">
        {name} {from}
        {'\u2013'}
        {to}
      </span>
    </div>
  );
}
