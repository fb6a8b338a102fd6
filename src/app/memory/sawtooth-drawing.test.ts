import { describe, expect, it } from 'vitest';
import { startingExperiment } from '../../experiment/presets.ts';
import { configurationOf } from '../../methods/configuration.ts';
import { preview } from '../../methods/preview.ts';
import { highestOf } from './course.ts';
import { sawtoothDrawing, sawtoothPicture, wholeStep } from './sawtooth-drawing.ts';

const { course, bpCourse } = preview(configurationOf(startingExperiment), startingExperiment);
const both = { own: course, bp: bpCourse };
const plain = { zoom: undefined, logX: false, logY: false };

describe('the sawtooth as it is drawn', () => {
  it('has a line for each method over a strip of modules and phases that covers the step', () => {
    const { shapes, vertical } = sawtoothDrawing(both, plain, 'light');
    const lines = shapes.filter(({ kind }) => kind === 'line');
    expect(lines.map(({ id }) => id)).toEqual(['own', 'bp']);
    const boxes = shapes.flatMap((shape) => (shape.kind === 'box' ? [shape] : []));
    expect(boxes[0]?.from).toBe(0);
    expect(Math.max(...boxes.map(({ to }) => to))).toBe(course.bytes.length);
    expect(vertical.high).toBeGreaterThanOrEqual(highestOf(bpCourse).bytes);
  });

  it('is logarithmic along either axis, and zooms to what is in sight', () => {
    const log = sawtoothDrawing(both, { ...plain, logX: true, logY: true }, 'light');
    expect([log.horizontal.log, log.horizontal.low, log.vertical.log]).toEqual([true, 1, true]);
    const zoom = { low: 10, high: 30 };
    const part = sawtoothDrawing(both, { ...plain, zoom }, 'light');
    expect(part.horizontal).toMatchObject(zoom);
    expect(part.shapes.length).toBeLessThan(sawtoothDrawing(both, plain, 'light').shapes.length);
    expect(wholeStep(both, false)).toMatchObject({ low: 0, log: false });
  });

  it('names both methods with what they hold at most in a file', () => {
    const { legend, vertical } = sawtoothPicture('Memory', both, plain, 'light');
    expect(legend.map(({ label }) => label)).toEqual(['this method, at most', 'back-propagation, at most']);
    expect(vertical.title).toBe('memory (bytes)');
  });
});
