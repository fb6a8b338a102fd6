import type { ChartPicture, LegendEntry } from './chart-picture.ts';
import { escaped, svgPlot } from './svg-plot.ts';

/** A picture's text with its size in pixels. */
export interface SvgFile {
  readonly text: string;
  readonly width: number;
  readonly height: number;
}

/** Of every picture, whatever the window it was saved from. */
const width = 720;
const plotHeight = 380;
const titleHeight = 32;
const rowHeight = 18;
const margin = 12;
const signWidth = 34;
/** Pixels of a letter of the legend, generously: nothing measures text here. */
const letter = 6.6;

/** A chart as a picture that stands for itself: title, axes with their titles, and a legend of all that is drawn. */
export function svgDocument(picture: ChartPicture): SvgFile {
  const { title, marks, notes, legend, horizontal } = picture;
  const told = [
    ...notes,
    ...marks.map(({ x, words }) => `Changed at ${horizontal.title} ${horizontal.format(x)}: ${words}`),
  ].flatMap(inLines);
  const rows = legendRows(legend);
  const legendTop = titleHeight + plotHeight;
  const toldTop = legendTop + rows.height;
  const height = toldTop + told.length * rowHeight + margin;
  const text = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" role="img">`,
    `<title>${escaped(title)}</title>`,
    '<rect width="100%" height="100%" fill="var(--panel)"/>',
    `<text x="${margin}" y="21" font-size="14" font-weight="600" fill="var(--ink)">${escaped(title)}</text>`,
    `<g transform="translate(0 ${titleHeight})">`,
    svgPlot(picture, width, plotHeight),
    '</g>',
    `<g class="legend" transform="translate(${margin} ${legendTop})">`,
    ...rows.entries,
    '</g>',
    `<g class="notes" transform="translate(${margin} ${toldTop})">`,
    ...told.map(
      (line, row) =>
        `<text y="${row * rowHeight + rowHeight - 5}" font-size="11" fill="var(--ink-soft)">${escaped(line)}</text>`,
    ),
    '</g>',
    '</svg>\n',
  ].join('\n');
  return { text, width, height };
}

/** Entries in as many columns as their names have room for; a name that is too long for a row of its own is cut. */
function legendRows(legend: readonly LegendEntry[]): { readonly entries: readonly string[]; readonly height: number } {
  const room = width - 2 * margin;
  const names = legend.map(({ label, value }) => cut(value === '' ? label : `${label}, ${value}`, room - signWidth));
  const longest = Math.max(1, ...names.map((name) => signWidth + name.length * letter + 16));
  const columns = Math.max(1, Math.min(4, Math.floor(room / longest)));
  const entries = legend.map((entry, index) => {
    const x = ((index % columns) * room) / columns;
    const y = Math.floor(index / columns) * rowHeight + rowHeight / 2;
    return `<g class="entry">${sign(entry, x, y)}<text x="${x + signWidth}" y="${y + 4}" font-size="12" fill="var(--ink)">${escaped(names[index] ?? '')}</text></g>`;
  });
  return { entries, height: Math.ceil(legend.length / columns) * rowHeight };
}

function sign({ sign, colour, opacity, dash }: LegendEntry, x: number, y: number): string {
  if (sign === 'box')
    return `<rect x="${x}" y="${y - 5}" width="14" height="10" fill="${escaped(colour)}" fill-opacity="${opacity}" stroke="var(--line-strong)" stroke-width="0.5"/>`;
  return `<line x1="${x}" y1="${y}" x2="${x + 28}" y2="${y}" stroke="${escaped(colour)}" stroke-opacity="${opacity}" stroke-width="2"${dash === undefined ? '' : ` stroke-dasharray="${escaped(dash)}"`}/>`;
}

const cut = (text: string, pixels: number): string => {
  const most = Math.floor(pixels / letter);
  return text.length <= most ? text : `${text.slice(0, most - 1)}\u2026`;
};

/** A sentence in lines that fit the width. */
function inLines(sentence: string): string[] {
  const most = Math.floor((width - 2 * margin) / (letter * 0.95));
  const lines: string[] = [];
  for (const word of sentence.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > most) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
