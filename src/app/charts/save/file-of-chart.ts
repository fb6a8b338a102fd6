import type { SavedChart } from './chart-picture.ts';
import { inSlices } from './in-slices.ts';
import { pngOf, svgOf } from './picture-files.ts';

/** Kinds of files a chart is saved as. */
export const endings = ['svg', 'png', 'csv', 'json'] as const;
export type Ending = (typeof endings)[number];

/** A chart as a file; undefined where the browser cannot make the picture. */
export async function fileOfChart(chart: SavedChart, ending: Ending): Promise<Blob | undefined> {
  switch (ending) {
    case 'svg':
      return new Blob([svgOf(await chart.picture()).text], { type: 'image/svg+xml' });
    case 'png':
      return pngOf(await chart.picture());
    case 'csv':
      return inSlices(chart.csv());
    case 'json':
      return inSlices(chart.json());
  }
}
