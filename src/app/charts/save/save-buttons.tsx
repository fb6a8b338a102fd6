import type { RefObject } from 'react';
import { download } from '../../header/download.ts';
import { fileName } from './chart-files.ts';
import type { SavedChart } from './chart-picture.ts';
import { useChartOnPage } from './charts-on-page.ts';
import { type Ending, fileOfChart } from './file-of-chart.ts';
import { SaveMenu } from './save-menu.tsx';

const choices = [
  ['PNG picture', 'png'],
  ['SVG picture', 'svg'],
  ['CSV, all numbers', 'csv'],
  ['JSON, all numbers', 'json'],
] as const satisfies readonly (readonly [words: string, ending: Ending])[];

/** Saves one chart, drawn on the page or not; together with all others it is saved by the charts' own tools. */
export function SaveButtons({
  figure,
  chart,
}: {
  readonly figure: RefObject<HTMLElement | null>;
  readonly chart: SavedChart;
}) {
  useChartOnPage(figure, chart);
  const save = async (ending: Ending) => {
    const file = await fileOfChart(chart, ending);
    if (file !== undefined) download(file, `${fileName(chart.title)}.${ending}`);
  };
  return (
    <SaveMenu
      label={`Save ${chart.title}`}
      title="Save this chart"
      choices={choices.map(([words, ending]) => ({ words, save: () => void save(ending) }))}
    />
  );
}
