import { useMemo } from 'react';
import { formatLoss } from '../look/format.ts';
import { kept } from '../parts/kept.ts';
import { LineFigure } from './line-figure.tsx';
import { type ChartModule, drawnInWords, moduleLines } from './module-lines.ts';
import { Segmented } from './segmented.tsx';
import type { Line } from './series/line.ts';
import { useShownRuns } from './shown-runs.tsx';
import { useChartModules } from './use-chart-modules.ts';

const kinds = [
  ['task', 'both'],
  ['independent', 'independent'],
  ['cascade', 'cascade'],
  ['reconstruction', 'reconstr.'],
] as const;
type Kind = (typeof kinds)[number][0];

const useKind = kept<Kind>('task');

/** Losses that train the modules, on the training batches. */
export function LossFigure() {
  const modules = useChartModules();
  const several = useShownRuns().length > 1;
  const [chosen, setKind] = useKind();
  // Between runs the dash tells which run: only one kind of loss at a time then.
  const kind = several && chosen === 'task' ? 'cascade' : chosen;
  const lines = useMemo(() => linesOf(modules, kind), [modules, kind]);
  return (
    <LineFigure title="Loss by module" quantity="loss" lines={lines} format={formatLoss} measure="loss" better="lower">
      <div className="row figure-note">
        <span>Loss</span>
        <Segmented
          label="Loss"
          value={kind}
          choices={kinds.filter(([name]) => !several || name !== 'task')}
          onChange={setKind}
        />
      </div>
      <p className="figure-note">
        Training batches, not weighted.{' '}
        {kind === 'task' && 'Solid: independent, or the only local loss. Dashed: cascade. '}
        {kind === 'cascade' && several && 'Of runs without HiLo: their only local loss. '}
        {drawnInWords(modules)}
      </p>
    </LineFigure>
  );
}

const hasCascade = ({ run }: ChartModule): boolean => run.experiment.hilo && run.experiment.method !== 'bp';

function linesOf(modules: readonly ChartModule[], kind: Kind): Line[] {
  const cascade = { width: 1.5, ...(kind === 'task' ? { dash: '6 3' } : {}) };
  switch (kind) {
    case 'task':
      return [
        ...moduleLines(modules, 'train', 'cascade.loss', cascade, ' cascade'),
        ...moduleLines(modules, 'train', 'independent.loss', { width: 1.5 }),
      ];
    case 'independent':
      return moduleLines(modules, 'train', 'independent.loss', { width: 1.5 });
    case 'cascade':
      // A run without HiLo has one local loss, and is compared by it.
      return [
        ...moduleLines(modules.filter(hasCascade), 'train', 'cascade.loss', cascade),
        ...moduleLines(
          modules.filter((module) => !hasCascade(module)),
          'train',
          'independent.loss',
          { width: 1.5 },
        ),
      ];
    case 'reconstruction':
      return moduleLines(modules, 'train', 'reconstruction', { width: 1.5 });
  }
}
