import type { ModulePlan } from '../../methods/preview.ts';
import { formatBytes } from '../look/format.ts';
import { roles } from './memory-words.ts';

/** The memory chart as a table. */
export function MemoryTable({ plans }: { readonly plans: readonly ModulePlan[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="table-scroll" aria-label="Memory by module, table" tabIndex={0}>
      <table className="data-table">
        <caption className="visually-hidden">Memory by module</caption>
        <thead>
          <tr>
            <th scope="col">module</th>
            {roles.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {plans.map((plan) => (
            <tr key={plan.name}>
              <th scope="row">{plan.name}</th>
              {roles.map(({ key }) => (
                <td key={key}>{formatBytes(plan[key])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
