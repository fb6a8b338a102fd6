import type { PlotMark } from '../plot/plot-overlay.tsx';
import type { Shape } from '../plot/shapes.ts';
import type { PlotAxis } from '../series/axis.ts';

/** An entry of the legend of a saved chart. */
export interface LegendEntry {
  /** How the lines or boxes look that it names. */
  readonly sign: 'line' | 'box';
  readonly label: string;
  /** A number said beside the name, such as the line's last; empty for none. */
  readonly value: string;
  readonly colour: string;
  readonly opacity: number;
  readonly dash: string | undefined;
}

/** A chart as a picture that stands for itself: all that is drawn and written in it. Colours may be the page's variables. */
export interface ChartPicture {
  readonly title: string;
  readonly horizontal: PlotAxis;
  readonly vertical: PlotAxis;
  readonly shapes: readonly Shape[];
  readonly legend: readonly LegendEntry[];
  /** Changes of a live run: lines through the plot, their words under the legend. */
  readonly marks: readonly PlotMark[];
  /** What else must be said for the picture to be read. */
  readonly notes: readonly string[];
}

/** A chart of the page as all its files. */
export interface SavedChart {
  readonly title: string;
  picture(): Promise<ChartPicture>;
  csv(): Iterable<string>;
  json(): Iterable<string>;
}
