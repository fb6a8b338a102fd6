import { moduleColour } from '../look/module-colour.ts';
import { useTheme } from '../look/theme.ts';
import type { StripTile } from './strip-layout.ts';

/** Stem, block or head, in the accent of its module; hatched where nothing teaches it. */
export function Tile({
  tile,
  count,
  learns,
}: {
  readonly tile: StripTile;
  readonly count: number;
  readonly learns: boolean;
}) {
  const { accent, onAccent } = moduleColour(tile.module, count, useTheme());
  return (
    <div
      className={`tile${learns ? '' : ' tile-idle'}`}
      title={`${tile.label}: ${tile.shape}, module ${tile.module}`}
      style={{ gridColumn: tile.column, backgroundColor: accent, color: onAccent }}
    >
      <span className="tile-label">{tile.label}</span>
      <span className="tile-shape">{tile.shape}</span>
    </div>
  );
}
