import { type KeyboardEvent, useMemo, useRef } from 'react';
import type { ModulePlan } from '../../methods/preview.ts';
import { moveCut, toggleCut } from '../../store/recut.ts';
import { lockedReason } from '../../store/teaching.ts';
import { moduleBytes } from '../memory/memory-words.ts';
import { Note } from '../parts/note.tsx';
import { Panel } from '../parts/panel.tsx';
import { useActions, usePlayground } from '../playground-context.ts';
import { ScrubberPanel } from '../scrubber/scrubber-panel.tsx';
import { SlowMotionButton } from '../scrubber/slow-motion-button.tsx';
import { useScrubber } from '../scrubber/use-scrubber.ts';
import { activeIn, directionOf } from '../scrubber/walk-words.ts';
import { BorderButton } from './border-button.tsx';
import { borderAction } from './border-keys.ts';
import { BraceMark } from './brace-mark.tsx';
import { layOutBraces } from './braces.ts';
import { CutPresets } from './cut-presets.tsx';
import { ModuleBox } from './module-box.tsx';
import { ModuleTable } from './module-table.tsx';
import { layOutStrip } from './strip-layout.ts';
import { StripTotals } from './strip-totals.tsx';
import { Tile } from './tile.tsx';
import { focusBorder, focusBorderSoon, useBorderDrag } from './use-border-drag.ts';
import './strip.css';

/** More braces than this say less than a sentence does. */
const maximalLanes = 4;

const none: readonly ModulePlan[] = [];

/** The heart of the page: the network as a row of blocks, to be cut anywhere, with modules and losses under it. */
export function NetworkStrip() {
  const experiment = usePlayground((state) => state.experiment);
  const { change } = useActions();
  const layout = useMemo(() => layOutStrip(experiment), [experiment]);
  const braces = useMemo(() => layOutBraces(layout.modules), [layout]);
  const grid = useRef<HTMLDivElement>(null);
  const { tiles, borders, modules, stages } = layout;
  const cutsLocked = usePlayground((state) => lockedReason(state.teaching, 'cuts') !== undefined);
  const scrubber = useScrubber();
  const walked = scrubber?.steps.groups[scrubber.position];
  const drag = useBorderDrag(grid, experiment);
  const plans = usePlayground((state) => state.preview?.modules ?? none);
  // While a plan is under way the one before is shown, as long as it has as many modules.
  const planned = plans.length === modules.length + 1 ? plans.slice(0, -1) : none;
  const most = {
    bytes: Math.max(0, ...planned.map(moduleBytes)),
    multiplyAdds: Math.max(0, ...planned.map((plan) => plan.multiplyAdds)),
  };
  const toggle = (index: number) => {
    const border = borders[index];
    if (border !== undefined) change({ cuts: toggleCut(experiment, border.after) });
  };
  const onKey = (event: KeyboardEvent<HTMLButtonElement>, index: number) => {
    drag.handlers(index, false).onKeyDown(event);
    const action = borderAction(event.key, index, borders.length, borders[index]?.cut ?? false);
    if (action === undefined || event.defaultPrevented) return;
    event.preventDefault();
    if (action.kind === 'toggle') return toggle(index);
    if (action.kind === 'focus') return focusBorder(grid.current, action.to);
    const { cuts, place } = moveCut(experiment, index, action.to);
    if (place === index) return;
    change({ cuts });
    focusBorderSoon(grid.current, place);
  };
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
          <SlowMotionButton />
        </>
      }
    >
      <StripTotals />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="strip-scroll" aria-label="Blocks, borders and modules" tabIndex={0}>
        <div
          className="strip"
          ref={grid}
          data-size={tiles.length > 30 ? 'small' : tiles.length > 13 ? 'medium' : 'large'}
          style={{ gridTemplateColumns: columns }}
        >
          {stages.map((stage) => (
            <div
              key={stage.stage}
              className="strip-stage"
              title={`stage ${stage.stage}: ${stage.blocks} ${stage.blocks === 1 ? 'block' : 'blocks'} of ${stage.shape}`}
              style={{ gridColumn: `${stage.start} / ${stage.end}` }}
            >
              <span>
                stage {stage.stage} <span className="soft stage-shape">{stage.shape}</span>
              </span>
            </div>
          ))}
          {tiles.map((tile) => (
            <Tile
              key={tile.key}
              tile={tile}
              count={modules.length}
              learns={modules[tile.module]?.learns ?? true}
              active={activeIn(tile.module, walked)}
              way={walked?.module === tile.module ? directionOf(walked) : undefined}
            />
          ))}
          {borders.map((border, index) => (
            <BorderButton
              key={border.column}
              border={border}
              reachable={index === 0}
              handlers={drag.handlers(index, border.cut)}
              onToggle={() => {
                if (!drag.swallowClick()) toggle(index);
              }}
              onKeyDown={(event) => onKey(event, index)}
            />
          ))}
          {modules.map((module) => (
            <ModuleBox
              key={module.index}
              module={module}
              count={modules.length}
              row={3}
              plan={planned[module.index]}
              most={most}
            />
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
      {scrubber && <ScrubberPanel scrubber={scrubber} />}
      {!drawn && (
        <p className="soft strip-wide">
          Every loss reaches back over {experiment.window} modules (window w = {experiment.window}).
        </p>
      )}
      {cutsLocked && (
        <Note kind="plain">
          <p>The cuts are locked by the teacher's link.</p>
        </Note>
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
