import { formatNumber } from '../look/format.ts';
import { moduleColour } from '../look/module-colour.ts';
import { useTheme } from '../look/theme.ts';
import { kept } from '../parts/kept.ts';
import type { StripModule } from './strip-layout.ts';
import type { TermWords } from './term-words.ts';

const useOpen = kept(false);

/** The strip as a table: what each module holds, and every loss that hangs on it with its weights. */
export function ModuleTable({ modules }: { readonly modules: readonly StripModule[] }) {
  const [open, setOpen] = useOpen();
  return (
    <details className="module-details" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Table of modules and losses</summary>
      {/* A thousand cells for a deep network: made only when they are looked at. */}
      {open && <Table modules={modules} />}
    </details>
  );
}

function Table({ modules }: { readonly modules: readonly StripModule[] }) {
  const theme = useTheme();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="table-scroll" aria-label="Table of modules and losses" tabIndex={0}>
      <table className="data-table">
        <thead>
          <tr>
            {['Module', 'Holds', 'Output', 'Loss', 'Network', 'Reaches', 'Task weight', 'Reconstruction weight'].map(
              (head, index) => (
                <th key={head} scope="col" className={index < 6 ? 'text' : ''}>
                  {head}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {modules.flatMap((module) => {
            const terms: readonly (TermWords | undefined)[] = module.terms.length > 0 ? module.terms : [undefined];
            return terms.map((term, index) => (
              <tr key={`${module.index} ${term?.purpose}`}>
                <th scope="row">
                  <span
                    className="chip"
                    style={{ background: moduleColour(module.index, modules.length, theme).accent }}
                  />
                  module {module.index}
                  {!module.learns && index === 0 ? ' (no gradient)' : ''}
                </th>
                <td className="text">{module.holds}</td>
                <td className="text">{module.shape}</td>
                <TermCells term={term} />
              </tr>
            ));
          })}
        </tbody>
      </table>
    </section>
  );
}

function TermCells({ term }: { readonly term: TermWords | undefined }) {
  if (term === undefined) {
    return (
      <td className="text" colSpan={5}>
        none of its own
      </td>
    );
  }
  return (
    <>
      <td className="text">
        {term.purpose === 'local' ? '' : `${term.purpose} `}
        {term.loss}
      </td>
      <td className="text">
        {[term.network, term.patches, term.decoder].filter((part) => part !== undefined).join(', ')}
      </td>
      <td className="text">{term.from === term.to ? `module ${term.to}` : `modules ${term.from} to ${term.to}`}</td>
      <td>{formatNumber(term.task)}</td>
      <td>{term.decoder === undefined ? '' : formatNumber(term.reconstruction)}</td>
    </>
  );
}
