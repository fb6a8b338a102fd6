import { moduleColour } from '../look/module-colour.ts';
import { useTheme } from '../look/theme.ts';
import type { StripModule } from './strip-layout.ts';
import { termInBrief } from './term-words.ts';

/** Under its blocks: the module's name and the auxiliary networks that hang on its output. */
export function ModuleBox({
  module,
  count,
  row,
}: {
  readonly module: StripModule;
  readonly count: number;
  readonly row: number;
}) {
  const { accent, ink } = moduleColour(module.index, count, useTheme());
  const losses = module.terms.map((term) => termInBrief(term));
  return (
    <div
      className="module-box"
      title={`module ${module.index}: ${module.holds}. ${losses.join('; ') || 'no loss of its own'}`}
      style={{ gridColumn: `${module.start} / ${module.end}`, gridRow: row, borderTopColor: accent }}
    >
      <div className="module-name" style={{ color: ink }}>
        <span className="module-word">module </span>
        {module.index}
      </div>
      <div className="module-terms">
        {losses.map((loss) => (
          <div key={loss}>{loss}</div>
        ))}
        {losses.length === 0 && <div className="soft">no loss of its own</div>}
        {!module.learns && <div className="module-idle">no gradient</div>}
      </div>
    </div>
  );
}
