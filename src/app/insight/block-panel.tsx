import { blockKey } from '../../network/network-shape.ts';
import { borders } from '../../store/recut.ts';
import { Panel } from '../parts/panel.tsx';
import { useActions, usePlayground } from '../playground-context.ts';
import { MapSheet } from './pixel-canvas.tsx';

/** Filters on show; the others look alike. */
const mostFilters = 16;

/** Features and filters of one block. */
export function BlockPanel() {
  const network = usePlayground((state) => state.run?.experiment.network);
  const block = usePlayground((state) => state.insight.block);
  const seen = usePlayground((state) => state.insight.images);
  const { lookInto } = useActions();
  if (network === undefined) return null;
  const keys = borders(network).map((place, index) => (index === 0 ? 'stem' : blockKey(place)));
  const activations = seen?.activations;
  const filters = seen?.filters;
  return (
    <Panel
      label="Block"
      className="insight-wide"
      tools={
        <label className="row">
          Block
          <select
            className="input select"
            value={keys.includes(block) ? block : 'stem'}
            onChange={(event) => lookInto({ block: event.target.value })}
          >
            {keys.map((key) => (
              <option key={key}>{key}</option>
            ))}
          </select>
        </label>
      }
    >
      <div className="stack">
        {activations && (
          <div>
            <h3>
              Output on the first image: {activations.count} channels of {activations.height}×{activations.width}
            </h3>
            <MapSheet
              maps={activations}
              columns={8}
              label={`Output of block ${block}, ${activations.count} channels`}
            />
          </div>
        )}
        {filters && (
          <div>
            <h3>
              Filters of its first convolution: {shownFilters(filters.count / filters.inputs)}, each of {filters.inputs}{' '}
              input channels
            </h3>
            <MapSheet
              maps={filters}
              columns={columnsFor(filters.inputs)}
              most={filters.inputs * mostFilters}
              label={`Filters of block ${block}`}
            />
          </div>
        )}
        <p className="soft">Each map from its own least (black) to its own most (white).</p>
      </div>
    </Panel>
  );
}

const shownFilters = (count: number): string =>
  count > mostFilters ? `the first ${mostFilters} of ${count}` : String(count);

/** Maps in a row, so that a row ends where a filter, or an equal part of one, does. */
function columnsFor(inputs: number): number {
  if (inputs <= 24) return 24 - (24 % inputs);
  let columns = 48;
  while (inputs % columns !== 0) columns--;
  return columns;
}
