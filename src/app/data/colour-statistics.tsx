import type { SetView } from '../../worker/protocol.ts';
import { formatWhole } from '../look/format.ts';

const channels = ['red', 'green', 'blue'] as const;

/** Mean and standard deviation of the training images' channels, and those with which they are normalised. */
export function ColourStatistics({ view }: { readonly view: SetView }) {
  const { statistics, normalisation } = view;
  const rows = [
    ['mean', statistics.mean],
    ['std', statistics.std],
    ['mean used', normalisation.mean],
    ['std used', normalisation.std],
  ] as const;
  const over = `Over ${formatWhole(statistics.images)} images; "used" are those with which images are normalised`;
  return (
    <table className="data-table" title={over} aria-label="Mean and standard deviation of the images">
      <thead>
        <tr>
          <th scope="col">of 0 to 1</th>
          {channels.map((channel) => (
            <th key={channel} scope="col">
              {channel}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, values]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {values.map((value, channel) => (
              <td key={channels[channel]}>{value.toFixed(4)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
