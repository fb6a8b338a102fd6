import { useMemo, useRef } from 'react';
import { toggleCut } from '../../store/recut.ts';
import { Note } from '../parts/note.tsx';
import { Panel } from '../parts/panel.tsx';
import { useActions, usePlayground } from '../playground-context.ts';
import { BorderButton } from './border-button.tsx';
import { BraceMark } from './brace-mark.tsx';
import { layOutBraces } from './braces.ts';
import { CutPresets } from './cut-presets.tsx';
import { ModuleBox } from './module-box.tsx';
import { ModuleTable } from './module-table.tsx';
import { moveAlong } from './move-along.ts';
import { layOutStrip } from './strip-layout.ts';
import { Tile } from './tile.tsx';
import './strip.css';

/** More braces than this say less than a sentence does. */
const maximalLanes = 4;

/** The heart of the page: the network as a row of blocks, to be cut anywhere, with modules and losses under it. */
export function NetworkStrip() {
  const experiment = usePlayground((state) => state.experiment);
  const { change } = useActions();
  const layout = useMemo(() => layOutStrip(experiment), [experiment]);
  const braces = useMemo(() => layOutBraces(layout.modules), [layout]);
  const grid = useRef<HTMLDivElement>(null);
  const { tiles, borders, modules, stages } = layout;
  const lanes = Math.max(0, ...braces.map((brace) => brace.lane + 1));
  const drawn = lanes <= maximalLanes;
  const columns = `minmax(var(--end-width), 1.2fr) ${borders.map(() => 'var(--border-width) minmax(var(--tile-width), 1fr)').join(' ')} 6px minmax(var(--end-width), 1fr)`;
  return (
    <Panel
      label="Network"
      className="strip-panel"
      tools={
        <>
          <span className="soft strip-count">
            {experiment.network}, <span className="symbol">K</span> = {modules.length}{' '}
            {modules.length === 1 ? 'module' : 'local modules'}
          </span>
          <CutPresets />
        </>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="strip-scroll" aria-label="Blocks, borders and modules" tabIndex={0}>
        <div
          className="strip"
          ref={grid}
          data-size={tiles.length > 30 ? 'small' : tiles.length > 13 ? 'medium' : 'large'}
          style={{ gridTemplateColumns: columns }}
        >
          {stages.map((stage) => (
            <div key={stage.stage} className="strip-stage" style={{ gridColumn: `${stage.start} / ${stage.end}` }}>
              <span>
                stage {stage.stage} <span className="soft stage-shape">{stage.shape}</span>
              </span>
            </div>
          ))}
          {tiles.map((tile) => (
            <Tile key={tile.key} tile={tile} count={modules.length} learns={modules[tile.module]?.learns ?? true} />
          ))}
          {borders.map((border, index) => (
            <BorderButton
              key={border.column}
              border={border}
              reachable={index === 0}
              onToggle={() => change({ cuts: toggleCut(experiment, border.after) })}
              onKeyDown={(event) => moveAlong(event, grid.current)}
            />
          ))}
          {modules.map((module) => (
            <ModuleBox key={module.index} module={module} count={modules.length} row={3} />
          ))}
          {drawn &&
            braces.map((brace) => (
              <BraceMark
                key={`${brace.term.purpose} ${brace.term.to}`}
                brace={brace}
                count={modules.length}
                row={4 + brace.lane}
              />
            ))}
        </div>
      </section>
      {!drawn && (
        <p className="soft strip-wide">
          Every loss reaches back over {experiment.window} modules (window w = {experiment.window}).
        </p>
      )}
      {modules.length > 1 && experiment.method === 'bp' && (
        <Note kind="plain">
          <p>Under back-propagation cuts only place the probes: the one loss at the head reaches every block.</p>
        </Note>
      )}
      <ModuleTable modules={modules} />
    </Panel>
  );
}
