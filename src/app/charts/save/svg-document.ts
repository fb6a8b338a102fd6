/** A line's entry under a saved chart. */
export interface SavedEntry {
  readonly label: string;
  readonly value: string;
  readonly colour: string;
  readonly opacity: number;
  readonly dash: string | undefined;
}

export interface SavedChart {
  readonly title: string;
  /** Markup inside the plot's svg element; colours resolved. */
  readonly plot: string;
  readonly width: number;
  readonly height: number;
  readonly entries: readonly SavedEntry[];
  readonly ink: string;
  readonly page: string;
}

const titleHeight = 26;
const rowHeight = 18;
const margin = 10;
/** Room for an entry: two columns where the chart is wide enough. */
const entryWidth = 230;

/** A chart as a picture that stands for itself: title, plot, and the legend with the last values. */
export function svgDocument({ title, plot, width, height, entries, ink, page }: SavedChart): {
  readonly text: string;
  readonly width: number;
  readonly height: number;
} {
  const columns = Math.max(1, Math.floor((width - 2 * margin) / entryWidth));
  const total = titleHeight + height + Math.ceil(entries.length / columns) * rowHeight + margin;
  const legend = entries.map(({ label, value, colour, opacity, dash }, index) => {
    const x = margin + (index % columns) * entryWidth;
    const y = titleHeight + height + Math.floor(index / columns) * rowHeight + rowHeight / 2;
    const line = `<line x1="${x}" y1="${y}" x2="${x + 20}" y2="${y}" stroke="${escaped(colour)}" stroke-opacity="${opacity}" stroke-width="2"${dash === undefined ? '' : ` stroke-dasharray="${escaped(dash)}"`}/>`;
    return `${line}<text x="${x + 26}" y="${y + 4}" font-size="12" fill="${escaped(ink)}">${escaped(`${label}  ${value}`)}</text>`;
  });
  const text = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${total}" viewBox="0 0 ${width} ${total}" font-family="system-ui, sans-serif" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="100%" height="100%" fill="${escaped(page)}"/>`,
    `<text x="${margin}" y="18" font-size="13" font-weight="600" fill="${escaped(ink)}">${escaped(title)}</text>`,
    `<svg x="0" y="${titleHeight}" width="${width}" height="${height}">${plot}</svg>`,
    ...legend,
    '</svg>\n',
  ].join('\n');
  return { text, width, height: total };
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
