import { describe, expect, it } from 'vitest';
import type { LineShape } from '../plot/shapes.ts';
import type { ChartPicture, LegendEntry } from './chart-picture.ts';
import { svgDocument } from './svg-document.ts';

const line: LineShape = {
  kind: 'line',
  id: 'a',
  points: [
    { x: 0, y: 0 },
    { x: 10, y: 1 },
  ],
  colour: 'rgb(1, 2, 3)',
  width: 2,
  opacity: 1,
  dash: '2 "3',
  dots: false,
};

const entry = (label: string): LegendEntry => ({
  sign: 'line',
  label,
  value: '1',
  colour: 'rgb(1, 2, 3)',
  opacity: 1,
  dash: '2 "3',
});

const picture: ChartPicture = {
  title: 'x & y',
  horizontal: { low: 0, high: 10, log: false, ticks: [0, 5, 10], title: 'time (s)', format: String },
  vertical: {
    low: 0,
    high: 1,
    log: false,
    ticks: [0, 1],
    title: 'accuracy (%)',
    format: (value) => `${value * 100} %`,
  },
  shapes: [line],
  legend: [entry('a < b')],
  marks: [
    { x: 5, words: 'Learning rate 1 to 2' },
    { x: 50, words: 'out of sight' },
  ],
  notes: ['Thin: training.'],
};

describe('a chart as a picture that stands for itself', () => {
  const { text, height } = svgDocument(picture);

  it('has title, axis titles with units, ticks, line and legend, whatever its labels hold', () => {
    expect(text).toContain('x &amp; y');
    for (const words of ['time (s)', 'accuracy (%)', '100 %', 'a &lt; b, 1', 'Thin: training.'])
      expect(text).toContain(`>${words}</text>`);
    expect(text.match(/<path d="M[^"]*L/g)).toHaveLength(1);
    // The line's own dash and colour are beside its name.
    expect(text).toMatch(/<g class="entry"><line [^>]*stroke="rgb\(1, 2, 3\)"[^>]*stroke-dasharray="2 &quot;3"/);
  });

  it('marks the changes in sight and tells them', () => {
    expect(text).toContain('>Changed at time (s) 5: Learning rate 1 to 2</text>');
    expect(text.match(/stroke-dasharray="3 2"/g)).toHaveLength(1);
  });

  it('lists every line, long names cut, and grows with its legend', () => {
    const many = svgDocument({
      ...picture,
      legend: Array.from({ length: 120 }, (_, index) => entry(`run ${index}`.repeat(index === 3 ? 40 : 1))),
    });
    expect(many.text.match(/class="entry"/g)).toHaveLength(120);
    expect(many.text).toContain('\u2026</text>');
    expect(many.height).toBeGreaterThan(height + 1000);
  });

  it('says that there is nothing yet', () => {
    expect(svgDocument({ ...picture, shapes: [], legend: [] }).text).toContain('No measurements yet');
  });
});
