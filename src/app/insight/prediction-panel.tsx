import { RefreshCw } from 'lucide-react';
import type { Predictions } from '../../runs/insight.ts';
import { formatPercent, formatSeconds, formatWhole } from '../look/format.ts';
import { kept } from '../parts/kept.ts';
import { Panel } from '../parts/panel.tsx';
import { useActions, usePlayground } from '../playground-context.ts';
import { PixelImage } from './pixel-canvas.tsx';
import { useRepeatedLook } from './use-repeated-look.ts';
import { type When, WhenToLook } from './when-to-look.tsx';

const useWhen = kept<When>('live');

/** What the head answers on test images: the wrong answers first, and which class is taken for which. */
export function PredictionPanel() {
  const predictions = usePlayground((state) => state.insight.predictions);
  const looking = usePlayground((state) => state.insight.looking);
  const { predict } = useActions();
  const [when, setWhen] = useWhen();
  useRepeatedLook(when === 'live', predictions, predict);
  return (
    <Panel
      label="Predictions"
      className="insight-wide"
      tools={
        <>
          {predictions !== undefined && <WhenToLook label="Predictions again" when={when} onChoose={setWhen} />}
          <button
            type="button"
            className="button button-small"
            disabled={looking}
            title="Runs the network on up to 1,000 test images between two steps. The run's numbers stay what they are."
            onClick={() => void predict()}
          >
            <RefreshCw aria-hidden /> Predict test images
          </button>
        </>
      }
    >
      {predictions === undefined ? (
        <p className="soft">
          Up to 1,000 test images, when asked: it takes about as long as measuring them. From then on again while it
          trains, at most 5 % of the time.
        </p>
      ) : (
        <Answers predictions={predictions} />
      )}
    </Panel>
  );
}

function Answers({ predictions }: { readonly predictions: Predictions }) {
  const { step, seconds, classNames, count, right, shown, images, size } = predictions;
  return (
    <>
      <p className="soft prediction-words">
        {formatWhole(right)} of {formatWhole(count)} right ({formatPercent(right / count)}) at step {formatWhole(step)},
        in {formatSeconds(seconds)}. Wrong answers first, the surest of them first.
      </p>
      <div className="predictions">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <ul className="gallery" aria-label="Predictions, wrong ones first" tabIndex={0}>
          {shown.map(({ image, label, predicted, probability }, row) => (
            <li key={image} data-wrong={label !== predicted}>
              <PixelImage bytes={images} image={row} size={size} label={`Test image ${image}`} />
              <span className="gallery-words">
                <strong>{classNames[predicted]}</strong> {formatPercent(probability)}
                <br />
                {label === predicted ? 'right' : `is ${classNames[label]}`}
              </span>
            </li>
          ))}
        </ul>
        <Confusion predictions={predictions} />
      </div>
    </>
  );
}

/** More classes than this are drawn as colours without numbers. */
const numbered = 20;

function Confusion({ predictions: { classNames, confusion } }: { readonly predictions: Predictions }) {
  const classes = classNames.length;
  const most = Math.max(1, ...confusion);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="table-scroll" aria-label="Confusion matrix" tabIndex={0}>
      <table className="confusion">
        <caption>Rows: what it is. Columns: what the network says.</caption>
        <thead>
          <tr>
            <td />
            {classNames.map((name) => (
              <th key={name} scope="col">
                <span>{name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {classNames.map((name, row) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {classNames.map((other, column) => {
                const images = confusion[row * classes + column] ?? 0;
                const share = images / most;
                return (
                  <td
                    key={other}
                    title={`${images} of ${name} called ${other}`}
                    style={{
                      backgroundColor: `color-mix(in srgb, var(${row === column ? '--good-line' : '--bad-line'}) ${(Math.sqrt(share) * 60).toFixed(0)}%, transparent)`,
                    }}
                  >
                    {classes <= numbered && images > 0 ? images : ''}
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
