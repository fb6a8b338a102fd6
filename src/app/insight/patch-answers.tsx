import { useId, useState } from 'react';
import type { Exit, ImageInsight } from '../../runs/insight.ts';
import { exitName, indexOfMost, meanLogits } from './exit-words.ts';

/** The paper's form of PFF: what each patch says by itself, and the mean that is the answer. */
export function PatchAnswers({ seen, image }: { readonly seen: ImageInsight; readonly image: number }) {
  const id = useId();
  const [wanted, setWanted] = useState<string>();
  const cut = seen.exits.filter(({ patches }) => patches.length > 1);
  // The last one has seen most of the network.
  const exit = cut.find((other) => nameOf(other) === wanted) ?? cut.at(-1);
  if (exit === undefined) return null;
  return (
    <div className="patch-answers">
      <div className="row">
        <h3>Patch by patch</h3>
        <label htmlFor={id} className="soft">
          of
        </label>
        <select
          id={id}
          className="input select"
          value={nameOf(exit)}
          onChange={(event) => setWanted(event.target.value)}
        >
          {cut.map((other) => (
            <option key={nameOf(other)}>{nameOf(other)}</option>
          ))}
        </select>
      </div>
      <p className="soft">Logits of each patch by itself, and their mean, which gives the answer above.</p>
      <PatchTable exit={exit} classNames={seen.classNames} image={image} />
    </div>
  );
}

const nameOf = ({ module, kind }: Exit): string => `module ${module} ${exitName(kind)}`;

/** Classes down, patches and their mean across; the largest of each in bold, the larger the darker. */
function PatchTable({
  exit,
  classNames,
  image,
}: {
  readonly exit: Exit;
  readonly classNames: readonly string[];
  readonly image: number;
}) {
  const count = classNames.length;
  const patches = exit.patches.map((logits) => logits.subarray(image * count, (image + 1) * count));
  const columns = [...patches, meanLogits(patches)].map((logits) => ({ logits, most: indexOfMost(logits) }));
  const all = columns.flatMap(({ logits }) => [...logits]);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const side = Math.sqrt(exit.patches.length);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="table-scroll patch-table" aria-label="Logits patch by patch" tabIndex={0}>
      <table className="data-table" aria-label={`Logits of ${nameOf(exit)}`}>
        <thead>
          <tr>
            <th scope="col" className="text">
              class
            </th>
            {patches.map((_, patch) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the index is the patch
              <th key={patch} scope="col">
                <PatchSign patch={patch} side={side} />
              </th>
            ))}
            <th scope="col">mean</th>
          </tr>
        </thead>
        <tbody>
          {classNames.map((name, row) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {columns.map(({ logits, most: best }, column) => {
                const value = logits[row] ?? 0;
                const share = (value - least) / Math.max(1e-9, most - least);
                return (
                  <td
                    // biome-ignore lint/suspicious/noArrayIndexKey: the index is the patch
                    key={column}
                    data-most={best === row}
                    style={{
                      backgroundColor: `color-mix(in srgb, var(--focus) ${(share * 30).toFixed(0)}%, transparent)`,
                    }}
                  >
                    {value.toFixed(2)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Where a patch lies, as a small square with that part filled. */
function PatchSign({ patch, side }: { readonly patch: number; readonly side: number }) {
  const [row, column] = [Math.floor(patch / side), patch % side];
  const part = 12 / side;
  return (
    <svg
      className="patch-sign"
      viewBox="0 0 12 12"
      role="img"
      aria-label={`patch in row ${row + 1}, column ${column + 1}`}
    >
      <rect x="0.5" y="0.5" width="11" height="11" rx="1.5" className="patch-frame" />
      <rect x={column * part} y={row * part} width={part} height={part} className="patch-part" />
    </svg>
  );
}
