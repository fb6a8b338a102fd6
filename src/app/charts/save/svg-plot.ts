import { dotRadius, dotsOf, type PlotFrame, pathOf, rectOf, type Shape } from '../plot/shapes.ts';
import { type PlotAxis, placeOf } from '../series/axis.ts';
import type { ChartPicture } from './chart-picture.ts';

/** Room around the plot's area for ticks and titles of the axes, in pixels. */
const room = { left: 76, right: 18, top: 8, bottom: 44 };

/** Markup of a chart's axes, marks and shapes in a box of so many pixels. */
export function svgPlot(
  { horizontal, vertical, shapes, marks }: Pick<ChartPicture, 'horizontal' | 'vertical' | 'shapes' | 'marks'>,
  width: number,
  height: number,
): string {
  const frame: PlotFrame = {
    horizontal,
    vertical,
    width: width - room.left - room.right,
    height: height - room.top - room.bottom,
  };
  return [
    `<g transform="translate(${room.left} ${room.top})">`,
    verticalAxis(vertical, frame),
    horizontalAxis(horizontal, frame),
    '<g class="changes">',
    ...marks.map(({ x }) => changeLine(placeOf(horizontal, x), frame)),
    '</g>',
    `<svg class="shapes" width="${frame.width}" height="${frame.height}">`,
    ...shapes.map((shape) => shapeMarkup(shape, frame)),
    '</svg>',
    shapes.length === 0
      ? `<text x="${frame.width / 2}" y="${frame.height / 2}" text-anchor="middle" font-size="12" fill="var(--ink-soft)">No measurements yet</text>`
      : '',
    '</g>',
  ].join('\n');
}

function shapeMarkup(shape: Shape, frame: PlotFrame): string {
  const { colour, opacity } = shape;
  if (shape.kind === 'box') {
    const rect = rectOf(shape, frame);
    if (rect === undefined) return '';
    const { x, y, width, height } = rect;
    return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${escaped(colour)}" fill-opacity="${opacity}"/>`;
  }
  const dash = shape.dash === undefined ? '' : ` stroke-dasharray="${escaped(shape.dash)}"`;
  const path = `<path d="${pathOf(shape.points, frame)}" fill="none" stroke="${escaped(colour)}" stroke-width="${shape.width}" stroke-opacity="${opacity}"${dash}/>`;
  const dots = dotsOf(shape, frame).map(
    ({ x, y }) =>
      `<circle cx="${x}" cy="${y}" r="${dotRadius(shape)}" fill="${escaped(colour)}" fill-opacity="${opacity}"/>`,
  );
  return [path, ...dots].join('');
}

function verticalAxis(axis: PlotAxis, { width, height }: PlotFrame): string {
  const ticks = axis.ticks.map((tick) => {
    const y = round((1 - placeOf(axis, tick)) * height);
    return `<line x1="0" x2="${width}" y1="${y}" y2="${y}" stroke="var(--line)"/>${words(axis.format(tick), -8, y + 4, 'end')}`;
  });
  const title = `<text transform="translate(${14 - room.left} ${height / 2}) rotate(-90)" text-anchor="middle" font-size="12" fill="var(--ink)">${escaped(axis.title)}</text>`;
  return [...ticks, title].join('');
}

function horizontalAxis(axis: PlotAxis, { width, height }: PlotFrame): string {
  const line = `<line x1="0" x2="${width}" y1="${height}" y2="${height}" stroke="var(--line-strong)"/>`;
  const ticks = axis.ticks.map((tick) => {
    const x = round(placeOf(axis, tick) * width);
    return `<line x1="${x}" x2="${x}" y1="${height}" y2="${height + 4}" stroke="var(--line-strong)"/>${words(axis.format(tick), x, height + 17, 'middle')}`;
  });
  const title = `<text x="${width / 2}" y="${height + 36}" text-anchor="middle" font-size="12" fill="var(--ink)">${escaped(axis.title)}</text>`;
  return [line, ...ticks, title].join('');
}

/** A change of a live run, where it lies in sight. */
const changeLine = (place: number, { width, height }: PlotFrame): string =>
  place < 0 || place > 1
    ? ''
    : `<line x1="${round(place * width)}" x2="${round(place * width)}" y1="0" y2="${height}" stroke="var(--line-strong)" stroke-dasharray="3 2"/>`;

const words = (text: string, x: number, y: number, anchor: 'end' | 'middle'): string =>
  `<text x="${x}" y="${y}" text-anchor="${anchor}" font-size="11" fill="var(--ink-soft)">${escaped(text)}</text>`;

const round = (pixels: number): number => Math.round(pixels * 10) / 10;

/** Text as it stands in markup. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
