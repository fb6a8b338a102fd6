import { ChevronFirst, ChevronLeft, ChevronRight, Pause, Play } from 'lucide-react';
import type { CSSProperties } from 'react';
import { formatBytes } from '../look/format.ts';
import { moduleColour } from '../look/module-colour.ts';
import { useTheme } from '../look/theme.ts';
import type { Scrubber } from './use-scrubber.ts';
import { outline, sentenceOf, sum } from './walk-words.ts';
import './scrubber.css';

/** One training step in slow motion: where it stands, in words; what is held, and what has just been freed. */
export function ScrubberPanel({ scrubber }: { readonly scrubber: Scrubber }) {
  const { steps, position, playing, goTo, playOrPause } = scrubber;
  const { groups, modules, peakBytes } = steps;
  const group = groups[position];
  if (group === undefined) return null;
  const sentence = sentenceOf(group, modules);
  const freed = sum(group.freedBytes);
  const held = sum(group.heldBytes);
  return (
    <section className="scrubber" aria-label="One step in slow motion">
      <div className="row scrubber-row">
        <button type="button" className="button button-small" aria-label="To the beginning" onClick={() => goTo(0)}>
          <ChevronFirst aria-hidden />
        </button>
        <button type="button" className="button button-small" aria-label="Back" onClick={() => goTo(position - 1)}>
          <ChevronLeft aria-hidden />
        </button>
        <button
          type="button"
          className="button button-small button-solid"
          aria-label={playing ? 'Pause slow motion' : 'Play slow motion'}
          onClick={playOrPause}
        >
          {playing ? <Pause aria-hidden /> : <Play aria-hidden />}
        </button>
        <button type="button" className="button button-small" aria-label="Forward" onClick={() => goTo(position + 1)}>
          <ChevronRight aria-hidden />
        </button>
        <span className="soft scrubber-count">
          {position + 1} of {groups.length}
        </span>
        <p className="scrubber-sentence" aria-live={playing ? 'off' : 'polite'}>
          {sentence}
        </p>
      </div>
      <div className="scrubber-track">
        <svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true" className="scrubber-outline">
          <polygon points={outline(steps)} />
        </svg>
        <input
          type="range"
          className="scrubber-slider"
          aria-label="Position in the step"
          aria-valuetext={`${position + 1} of ${groups.length}. ${sentence} ${formatBytes(held)} held.`}
          min={0}
          max={groups.length - 1}
          value={position}
          onChange={(event) => goTo(Number(event.target.value))}
        />
        <span
          aria-hidden="true"
          className="scrubber-playhead"
          style={{ '--share': (position + 0.5) / groups.length } as CSSProperties}
        />
      </div>
      <HeldBar bytes={group.heldBytes} modules={modules} most={peakBytes} />
      <dl className="facts scrubber-facts">
        <div>
          <dt>Held after it, for this step alone</dt>
          <dd>{formatBytes(held)}</dd>
        </div>
        <div>
          <dt>At most while it runs</dt>
          <dd>{formatBytes(group.peakBytes)}</dd>
        </div>
        <div>
          <dt>Just freed</dt>
          <dd>
            {formatBytes(freed)}
            {freed > 0 && ` ${whose(group.freedBytes, modules)}`}
          </dd>
        </div>
        <div>
          <dt>Most in the whole step</dt>
          <dd>{formatBytes(peakBytes)}</dd>
        </div>
      </dl>
    </section>
  );
}

/** Whose most of some bytes are. */
function whose(bytes: readonly number[], modules: number): string {
  const owners = bytes.flatMap((own, module) => (own > 0 ? [module] : []));
  const most = owners.sort((a, b) => (bytes[b] ?? 0) - (bytes[a] ?? 0))[0];
  if (most === undefined) return '';
  const name = most === modules ? 'of the input' : `of module ${most}`;
  return owners.length > 1 ? `(mostly ${name})` : `(${name})`;
}

/** What is held now, by module, on the scale of the step's most. */
function HeldBar({
  bytes,
  modules,
  most,
}: {
  readonly bytes: readonly number[];
  readonly modules: number;
  readonly most: number;
}) {
  const theme = useTheme();
  return (
    <div className="held-bar" role="img" aria-label={heldInWords(bytes, modules)}>
      {bytes.map((own, module) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: the index is the module
          key={module}
          title={`${module === modules ? 'input' : `module ${module}`}: ${formatBytes(own)}`}
          style={{
            width: `${(own / Math.max(1, most)) * 100}%`,
            backgroundColor: module === modules ? 'var(--line-strong)' : moduleColour(module, modules, theme).accent,
          }}
        />
      ))}
    </div>
  );
}

function heldInWords(bytes: readonly number[], modules: number): string {
  const parts = bytes.flatMap((own, module) =>
    own > 0 ? [`${module === modules ? 'input' : `module ${module}`} ${formatBytes(own)}`] : [],
  );
  return parts.length === 0 ? 'Nothing is held.' : `Held now: ${parts.join(', ')}`;
}
