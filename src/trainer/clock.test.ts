import { expect, test } from 'vitest';
import { createAwakeClock } from '../base/awake-clock.ts';
import { expectOk } from '../base/result.ts';
import { createSynthetic } from '../datasets/synthetic.ts';
import { startingExperiment } from '../experiment/presets.ts';
import { createInterpreter } from '../runtime/interpreter/interpreter.ts';
import { createGate } from './gate.ts';
import { Training } from './training.ts';

const hour = 3_600_000;
const experiment = { ...startingExperiment, widths: [4, 4, 4, 4], auxDim: 4, batch: 4, epochs: 4 } as const;

/** A clock that goes on by five milliseconds whenever it is read, and leaps when told. */
function leaping() {
  let time = 0;
  return {
    now: createAwakeClock(() => {
      time += 5;
      return time;
    }),
    leap: (milliseconds: number) => {
      time += milliseconds;
    },
  };
}

test('hours asleep within a step, and a clock set back, spoil neither its seconds nor images a second', async () => {
  const { now, leap } = leaping();
  const training = expectOk(
    await Training.open(experiment, createSynthetic(1, { train: 12, test: 4 }), createInterpreter(), { now }),
  );
  for (const milliseconds of [0, 8 * hour, 0, -3 * hour, 0]) {
    let away = milliseconds;
    // Asked for right after the step began: the leap lies within it.
    const held = () => {
      leap(away);
      away = 0;
      return 0;
    };
    const { imagesPerSecond } = expectOk(await training.step(undefined, held));
    expect(imagesPerSecond).toBeCloseTo(4 / (milliseconds === 0 ? 0.005 : 1), 6);
  }
  expect(training.seconds).toBeCloseTo(3 * 0.005 + 2, 6);
});

test('a pause over night is time held, and takes no more from a step than it gave', async () => {
  const { now, leap } = leaping();
  const gate = createGate(async () => undefined, now);
  gate.close();
  const before = now();
  const breath = gate.breathe();
  await Promise.resolve();
  leap(8 * hour);
  gate.open();
  await breath;
  const whole = (now() - before) / 1000;
  expect(gate.held()).toBeGreaterThan(0);
  expect(whole - gate.held()).toBeGreaterThan(0);
  expect(whole - gate.held()).toBeLessThan(0.1);
});
