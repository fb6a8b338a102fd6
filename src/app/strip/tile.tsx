import { moduleColour } from '../look/module-colour.ts';
import { useTheme } from '../look/theme.ts';
import type { StripTile } from './strip-layout.ts';

/** Stem, block or head, in the accent of its module; hatched where nothing teaches it, ruled where an auxiliary network cuts its features into patches. */
export function Tile({
  tile,
  count,
  learns,
  active,
  way,
}: {
  readonly tile: StripTile;
  readonly count: number;
  readonly learns: boolean;
  /** Whether the scrubber stands in its module; undefined while there is no scrubber. */
  readonly active: boolean | undefined;
  /** Which way things go through it just then. */
  readonly way: 'forward' | 'back' | 'still' | undefined;
}) {
  const { accent, onAccent } = moduleColour(tile.module, count, useTheme());
  // Faint where the scrubber does not stand, and legible all the same.
  const [backgroundColor, color] =
    active === false ? [`color-mix(in srgb, ${accent} 25%, var(--panel))`, 'var(--ink)'] : [accent, onAccent];
  const { patches } = tile;
  const ruled = patches > 1 ? `, its features cut into ${patches}\u00d7${patches} patches` : '';
  const words = `${tile.label}: ${tile.shape}, module ${tile.module}${ruled}`;
  return (
    <div
      role="img"
      aria-label={words}
      className={`tile${learns ? '' : ' tile-idle'}`}
      data-way={way}
      title={words}
      style={{ gridColumn: tile.column, backgroundColor, color }}
    >
      {patches > 1 && (
        <span aria-hidden className="tile-patches" style={{ backgroundSize: `${100 / patches}% ${100 / patches}%` }} />
      )}
      <span className="tile-label">{tile.label}</span>
      <span className="tile-shape">{tile.shape}</span>
    </div>
  );
}
