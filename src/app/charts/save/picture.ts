import { type Line, longLabel } from '../series/line.ts';
import { statisticsOf } from '../series/statistics.ts';
import { fileName } from './chart-files.ts';
import { type SavedEntry, svgDocument } from './svg-document.ts';

/** Pixels of a saved picture for one of the page's. */
const sharpness = 2;

/** Entries of lines in a saved legend, with their last values; those without one are left out. */
export const lineEntries = (lines: readonly Line[], format: (value: number) => string): readonly SavedEntry[] =>
  lines
    .filter((line) => !line.ghost && !line.tableOnly && line.width > 1)
    .flatMap((line) => {
      const statistics = statisticsOf(line, undefined);
      if (statistics === undefined) return [];
      return [
        {
          label: longLabel(line, lines),
          value: format(statistics.last),
          colour: line.colour,
          opacity: line.run.shade,
          dash: line.dash ?? line.run.dash,
        },
      ];
    });

/** The chart drawn in a figure as an SVG document over its legend; undefined where none is drawn. */
export function svgOfFigure(
  figure: HTMLElement,
  title: string,
  legend: readonly SavedEntry[],
): ReturnType<typeof svgDocument> | undefined {
  const svg = figure.querySelector<SVGSVGElement>('.plot-drawing svg');
  if (svg === null) return undefined;
  const resolve = colourResolver(figure);
  const entries = legend.map((entry) => ({ ...entry, colour: resolve(entry.colour) }));
  const markup = [...svg.childNodes].map((node) => new XMLSerializer().serializeToString(node)).join('');
  return svgDocument({
    title,
    plot: markup.replace(/var\(--[\w-]+\)/g, resolve),
    width: svg.clientWidth,
    height: svg.clientHeight,
    entries,
    ink: resolve('var(--ink)'),
    page: resolve('var(--panel)'),
  });
}

/** All charts drawn on the page now, by file name; without their legends, which their own menus save. */
export function chartsOnPage(): { readonly name: string; readonly text: string }[] {
  return [...document.querySelectorAll<HTMLElement>('.figure')].flatMap((figure) => {
    const title = figure.getAttribute('aria-label') ?? '';
    const svg = svgOfFigure(figure, title, []);
    return svg === undefined ? [] : [{ name: fileName(title), text: svg.text }];
  });
}

/** The same as PNG. */
export async function pngOfSvg({ text, width, height }: ReturnType<typeof svgDocument>): Promise<Blob | undefined> {
  const image = new Image();
  const url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  try {
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = width * sharpness;
    canvas.height = height * sharpness;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/png'));
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Colours of the page's theme as a file can hold them. */
function colourResolver(within: HTMLElement): (colour: string) => string {
  const known = new Map<string, string>();
  return (colour) => {
    const before = known.get(colour);
    if (before !== undefined) return before;
    const probe = document.createElement('span');
    probe.style.color = colour;
    within.append(probe);
    const resolved = getComputedStyle(probe).color;
    probe.remove();
    known.set(colour, resolved);
    return resolved;
  };
}
