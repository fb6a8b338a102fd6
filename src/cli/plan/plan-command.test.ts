import { expect, test } from 'vitest';
import { keptOutput } from '../command.ts';
import { planCommand } from './plan-command.ts';
import { readableBytes } from './plan-table.ts';

const run = async (...argv: string[]) => {
  const output = keptOutput();
  return { code: await planCommand(argv, output), ...output };
};

test('prints one JSON object with the fields of a plan and no others', async () => {
  const { code, lines, notes } = await run('--experiment', 'hpff-released/resnet8-k3', '--set', 'batch=32', '--json');
  expect([code, notes, lines.length]).toEqual([0, [], 1]);
  const plan = JSON.parse(lines[0] as string);
  expect(Object.keys(plan).sort()).toEqual([
    'bpMultiplyAdds',
    'bpPeakBytes',
    'modules',
    'multiplyAdds',
    'nodes',
    'peakBytes',
    'timeline',
    'withoutGradient',
  ]);
  expect(plan.modules.map(({ name }: { name: string }) => name)).toEqual([
    'module 0',
    'module 1',
    'module 2',
    'shared',
  ]);
  expect(plan.timeline).toHaveLength(plan.nodes);
  expect(Math.max(...plan.timeline.map(([, bytes]: [number, number]) => bytes))).toBeLessThanOrEqual(plan.peakBytes);
});

test('prints a table with a line a module', async () => {
  const { code, lines } = await run('--experiment', 'quick', '--set', 'cuts=k2');
  expect(code).toBe(0);
  expect(lines[0]).toMatch(/\nmodule 0 .*\nmodule 1 .*\nshared /);
  expect(lines[0]).toContain('back-propagation');
});

test('refuses in a sentence on stderr', async () => {
  for (const [argv, why] of [
    [['--experiment', 'quick', '--set', 'batch=0'], 'batch = 0 is not possible'],
    [[], '--experiment is missing'],
    [['--jsn'], 'There is no option --jsn'],
  ] as const) {
    const { code, lines, notes } = await run(...argv);
    expect([code, lines]).toEqual([1, []]);
    expect(notes.join()).toContain(why);
  }
});

test('writes bytes in units', () => {
  expect([0, 1023, 1024, 1536, 5 * 1024 ** 2, 3 * 1024 ** 3].map(readableBytes)).toEqual([
    '0 B',
    '1023 B',
    '1.0 KiB',
    '1.5 KiB',
    '5.0 MiB',
    '3.0 GiB',
  ]);
});
