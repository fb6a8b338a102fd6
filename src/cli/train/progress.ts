import { Presets, SingleBar } from 'cli-progress';
import type { Measurement } from '../../runs/measurement.ts';

/** Shows how far a training is: a bar on a terminal, a line every so often elsewhere. */
export interface Progress {
  stepped(measurement: Measurement): void;
  tested(measurement: Measurement): void;
  end(): void;
}

/** Milliseconds between two plain lines. */
const pause = 10_000;

/** @param total steps until the training stops */
export function showProgress(total: number, note: (text: string) => void): Progress {
  return process.stderr.isTTY ? barProgress(total, note) : lineProgress(total, note, () => performance.now());
}

function barProgress(total: number, note: (text: string) => void): Progress {
  const format = '{bar} {value}/{total} steps | {left} left | loss {loss} | accuracy {accuracy} | {pace} images/s';
  const bar = new SingleBar({ format, stream: process.stderr, hideCursor: true, fps: 5 }, Presets.shades_classic);
  const pace = stepPace();
  bar.start(total, 0, { left: '?', loss: '?', accuracy: '?', pace: '?' });
  return {
    stepped(measurement) {
      bar.update(measurement.step, {
        left: duration(pace(measurement) * (total - measurement.step)),
        loss: measurement.final.loss.toFixed(3),
        accuracy: percent(measurement.final.accuracy),
        pace: measurement.imagesPerSecond.toFixed(0),
      });
    },
    tested(measurement) {
      bar.stop();
      note(testLine(measurement));
      if (measurement.step < total)
        bar.start(total, measurement.step, { left: '?', loss: '?', accuracy: '?', pace: '?' });
    },
    end: () => bar.stop(),
  };
}

/** A line at the first step, every ten seconds and at the last. */
export function lineProgress(total: number, note: (text: string) => void, now: () => number): Progress {
  let last = Number.NEGATIVE_INFINITY;
  const pace = stepPace();
  return {
    stepped(measurement) {
      const { step, final, imagesPerSecond } = measurement;
      const seconds = pace(measurement);
      if (now() - last < pause && step < total) return;
      last = now();
      const left = duration(seconds * (total - step));
      note(
        `step ${step}/${total}, ${left} left: loss ${final.loss.toFixed(3)}, accuracy ${percent(final.accuracy)}, ${imagesPerSecond.toFixed(0)} images/s`,
      );
    },
    tested: (measurement) => note(testLine(measurement)),
    end() {},
  };
}

/** What a measurement of the validation or test part says, in a line. */
export const testLine = ({ phase, step, final }: Measurement): string =>
  `${phase} after ${step} steps: loss ${final.loss.toFixed(4)}, accuracy ${percent(final.accuracy)}`;

const percent = (share: number | undefined): string => (share === undefined ? '-' : `${(100 * share).toFixed(2)} %`);

/** Mean seconds between steps so far, evaluations in between included. */
function stepPace(): (measurement: Measurement) => number {
  let first: Measurement | undefined;
  return (measurement) => {
    first ??= measurement;
    const steps = measurement.step - first.step;
    return steps === 0 ? measurement.seconds / measurement.step : (measurement.seconds - first.seconds) / steps;
  };
}

function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${whole % 60} s` : `${whole} s`;
}
