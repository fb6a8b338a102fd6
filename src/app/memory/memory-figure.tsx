import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import type { ModulePlan } from '../../methods/preview.ts';
import { Figure } from '../charts/figure.tsx';
import { SaveButtons } from '../charts/save/save-buttons.tsx';
import { useDrawnVersion } from '../charts/use-drawn-version.ts';
import { formatRoundBytes } from '../look/format.ts';
import { moduleColour } from '../look/module-colour.ts';
import { useTheme } from '../look/theme.ts';
import { usePlayground } from '../playground-context.ts';
import { MemoryTable } from './memory-table.tsx';
import { planCsv, planInWords, roles, sumOf } from './memory-words.ts';

const tick = { fontSize: 11, fill: 'var(--ink-soft)' };
const firstSize = { width: 300, height: 170 };
const none: readonly ModulePlan[] = [];

/** Opacity of each role on its module's accent: order and spacing tell the roles apart in one hue. */
const shades = [1, 0.72, 0.5, 0.32, 0.18];

interface ShapeProps {
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
  readonly height?: number;
  readonly index?: number;
}

/** Bars of memory per module, stacked by role, in the module's accent. */
export default function MemoryFigure() {
  const theme = useTheme();
  // Hundreds of bars for a deep network: drawn when there is time.
  const plans = useDeferredValue(usePlayground((state) => state.preview?.modules ?? none));
  const [table, setTable] = useState(false);
  const bp = useDeferredValue(usePlayground((state) => state.preview?.bpModules ?? none));
  const figure = useRef<HTMLElement>(null);
  const ready = useDrawnVersion(figure) !== undefined;
  const chart = useMemo(() => {
    const count = plans.length - 1;
    const data = [
      ...plans.map((plan, index) => ({ ...plan, name: index < count ? String(index) : 'io' })),
      ...(bp.length === 0 ? [] : [{ ...sumOf(bp), name: 'BP' }]),
    ];
    const colours = data.map((_, index) =>
      index < count ? moduleColour(index, count, theme).accent : index === count ? 'var(--line-strong)' : 'var(--ink)',
    );
    return (
      <ResponsiveContainer width="100%" height="100%" initialDimension={firstSize} debounce={60}>
        <BarChart
          data={data}
          margin={{ top: 6, right: 4, bottom: 14, left: 0 }}
          barCategoryGap={plans.length > 20 ? 1 : '12%'}
          accessibilityLayer={false}
        >
          <CartesianGrid stroke="var(--line)" vertical={false} />
          <XAxis
            dataKey="name"
            tick={tick}
            tickLine={false}
            stroke="var(--line-strong)"
            label={{
              value: 'module',
              position: 'insideBottom',
              offset: -8,
              fontSize: 11,
              fill: 'var(--ink-soft)',
            }}
          />
          <YAxis width={56} tick={tick} tickLine={false} axisLine={false} tickFormatter={formatRoundBytes} />
          {roles.map(({ key }, role) => (
            <Bar
              key={key}
              dataKey={key}
              stackId="roles"
              isAnimationActive={false}
              shape={({ x, y, width, height, index }: ShapeProps) => (
                <rect
                  x={x}
                  y={y}
                  width={width}
                  height={Math.max(0, height ?? 0)}
                  fill={colours[index ?? 0] ?? ''}
                  fillOpacity={shades[role] ?? 1}
                  stroke={colours[index ?? 0] ?? ''}
                  strokeWidth={plans.length > 20 ? 0 : 0.75}
                />
              )}
            />
          ))}
        </BarChart>
      </ResponsiveContainer>
    );
  }, [plans, bp, theme]);
  const rows = useMemo(
    () => (bp.length === 0 ? plans : [...plans, { ...sumOf(bp), name: 'back-propagation, all' }]),
    [plans, bp],
  );
  return (
    <Figure
      ref={figure}
      title="Memory by module"
      table={table}
      onTable={setTable}
      tools={
        <SaveButtons
          title="Memory by module"
          figure={figure}
          drawn={!table}
          legend={() =>
            roles.map(({ name }, role) => ({
              label: name,
              value: '',
              colour: 'var(--ink)',
              opacity: shades[role] ?? 1,
              dash: undefined,
            }))
          }
          csv={() => planCsv(rows)}
          json={() => [`${JSON.stringify(rows, null, 2)}\n`]}
        />
      }
    >
      {table ? (
        <MemoryTable plans={rows} />
      ) : (
        <div className="plot memory-plot plot-drawing" aria-hidden="true">
          {ready && chart}
        </div>
      )}
      <p className="visually-hidden">{planInWords(rows)}</p>
      {!table && (
        <ul className="legend">
          {roles.map(({ name }, role) => (
            <li key={name}>
              <span
                className="role-chip"
                style={{ background: `color-mix(in srgb, var(--ink) ${(shades[role] ?? 1) * 100}%, transparent)` }}
              />
              {name}
            </li>
          ))}
        </ul>
      )}
      <p className="figure-note">
        Highest of each role in a step. Modules and roles peak at different times, so a step needs less than their sum.
        io: batch and metrics; BP: all of back-propagation.
      </p>
    </Figure>
  );
}
