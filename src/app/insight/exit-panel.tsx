import type { Exit, ImageInsight } from '../../runs/insight.ts';
import { formatPercent } from '../look/format.ts';
import { moduleColour } from '../look/module-colour.ts';
import { useTheme } from '../look/theme.ts';
import { kept } from '../parts/kept.ts';
import { Panel } from '../parts/panel.tsx';
import { usePlayground } from '../playground-context.ts';
import { answerOf, exitName } from './exit-words.ts';
import { PatchAnswers } from './patch-answers.tsx';
import { PixelImage } from './pixel-canvas.tsx';

/** Its place in the look. */
const useChosen = kept(0);

/** What every module's classifiers would answer, and how sure they are. */
export function ExitPanel() {
  const seen = usePlayground((state) => state.insight.images);
  const [chosen, setChosen] = useChosen();
  if (seen === undefined) return null;
  const image = Math.min(chosen, seen.labels.length - 1);
  const modules = 1 + Math.max(0, ...seen.exits.map((exit) => exit.module));
  return (
    <Panel label="Early exits" className="insight-tall">
      <div className="row exit-images">
        {seen.labels.map((label, index) => (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: the index is the image
            key={index}
            type="button"
            className="image-button"
            aria-pressed={index === image}
            aria-label={`Image ${index}, ${seen.classNames[label] ?? 'yours'}`}
            onClick={() => setChosen(index)}
          >
            <PixelImage bytes={seen.images} image={index} size={seen.size} label="" />
          </button>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="table-scroll" aria-label="Answers of every exit" tabIndex={0}>
        <table className="data-table exits">
          <thead>
            <tr>
              <th scope="col" className="text">
                exit
              </th>
              <th scope="col" className="text">
                answer
              </th>
              <th scope="col">how sure</th>
            </tr>
          </thead>
          <tbody>
            {seen.exits.map((exit) => (
              <ExitRow key={`${exit.module} ${exit.kind}`} exit={exit} seen={seen} image={image} modules={modules} />
            ))}
          </tbody>
        </table>
      </section>
      <PatchAnswers seen={seen} image={image} />
    </Panel>
  );
}

function ExitRow({
  exit,
  seen,
  image,
  modules,
}: {
  readonly exit: Exit;
  readonly seen: ImageInsight;
  readonly image: number;
  readonly modules: number;
}) {
  const { accent } = moduleColour(exit.module, modules, useTheme());
  const { index, value } = answerOf(exit.probabilities, image, seen.classNames.length);
  const label = seen.labels[image] ?? -1;
  const verdict = label < 0 ? '' : index === label ? 'right' : 'wrong';
  return (
    <tr>
      <th scope="row">
        <span className="chip" style={{ background: accent }} />
        module {exit.module} {exitName(exit.kind)}
      </th>
      <td className="text" data-verdict={verdict}>
        {seen.classNames[index]}
        {verdict !== '' && <span className="verdict"> {verdict}</span>}
      </td>
      <td>
        <span className="sure-track" aria-hidden="true">
          <span className="sure-bar" style={{ width: `${value * 100}%`, backgroundColor: accent }} />
        </span>
        {formatPercent(value)}
      </td>
    </tr>
  );
}
