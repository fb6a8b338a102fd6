import type { ModulePlan } from '../../methods/preview.ts';
import { formatBytes, formatCount } from '../look/format.ts';
import { moduleColour } from '../look/module-colour.ts';
import { useTheme } from '../look/theme.ts';
import { moduleBytes } from '../memory/memory-words.ts';
import { PatchIcon } from './patch-icon.tsx';
import type { StripModule } from './strip-layout.ts';
import { type TermWords, termInBrief } from './term-words.ts';

/** Under its blocks: the module's name, what it costs, and the auxiliary networks that hang on its output, each with its loss. */
export function ModuleBox({
  module,
  count,
  row,
  plan,
  most,
}: {
  readonly module: StripModule;
  readonly count: number;
  readonly row: number;
  /** Undefined until it is planned. */
  readonly plan: ModulePlan | undefined;
  /** Largest of all modules, which the bars are drawn against. */
  readonly most: { readonly bytes: number; readonly multiplyAdds: number };
}) {
  const { accent, ink } = moduleColour(module.index, count, useTheme());
  const losses = module.terms.map((term) => termInBrief(term));
  const bytes = plan && moduleBytes(plan);
  const cost = plan
    ? ` Holds up to ${formatBytes(bytes)}, ${formatCount(plan.multiplyAdds)} multiply-adds a step.`
    : '';
  return (
    <fieldset
      className="module-box"
      aria-label={`module ${module.index}`}
      title={`module ${module.index}: ${module.holds}. ${losses.join('; ') || 'no loss of its own'}.${cost}`}
      style={{ gridColumn: `${module.start} / ${module.end}`, gridRow: row, borderTopColor: accent }}
    >
      <div className="module-name" style={{ color: ink }}>
        <span className="module-word">module </span>
        {module.index}
      </div>
      <div className="module-costs">
        <Bar share={share(bytes, most.bytes)} colour={accent} words={formatBytes(bytes)} />
        <Bar
          share={share(plan?.multiplyAdds, most.multiplyAdds)}
          colour={accent}
          words={formatCount(plan?.multiplyAdds)}
          thin
        />
      </div>
      {!module.learns && <div className="module-idle">no gradient</div>}
      {module.terms.map((term) => (
        <Auxiliary key={term.purpose} term={term} colour={accent} />
      ))}
    </fieldset>
  );
}

const share = (value: number | undefined, most: number): number =>
  value === undefined || most === 0 ? 0 : value / most;

function Bar({
  share: filled,
  colour,
  words,
  thin = false,
}: {
  readonly share: number;
  readonly colour: string;
  readonly words: string;
  readonly thin?: boolean;
}) {
  return (
    <div className="module-cost">
      <span className="module-cost-track" aria-hidden="true">
        <span
          className={thin ? 'module-cost-bar module-cost-thin' : 'module-cost-bar'}
          style={{ width: `${filled * 100}%`, backgroundColor: colour }}
        />
      </span>
      <span className="module-cost-number">{words}</span>
    </div>
  );
}

/** An auxiliary network hanging on the module's output: a stem, its head, its loss. */
function Auxiliary({ term, colour }: { readonly term: TermWords; readonly colour: string }) {
  return (
    <div className="auxiliary">
      <span className="auxiliary-stem" aria-hidden="true" style={{ backgroundColor: colour }} />
      <div className="auxiliary-box" style={{ borderColor: colour }}>
        <span className="auxiliary-purpose">{term.purpose === 'local' ? '' : `${term.purpose} `}</span>
        <span className="auxiliary-network">
          {term.patches !== undefined && <PatchIcon patches={term.grid} />}
          {term.network}
        </span>
        <span className="auxiliary-loss">{term.loss}</span>
        {term.decoder !== undefined && (
          <span className="auxiliary-decoder">
            <PatchIcon patches={term.grid} />
            {term.decoder.split(',')[0]}
          </span>
        )}
      </div>
    </div>
  );
}
