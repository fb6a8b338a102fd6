import { type RefObject, useEffect, useRef } from 'react';
import type { SavedChart } from './chart-picture.ts';

type Figure = RefObject<HTMLElement | null>;

/** Charts of the page by their figures, drawn or not: what a file needs is in their data. */
const known = new Map<Figure, RefObject<SavedChart>>();

/** Makes a chart one of those that are saved together, as long as its figure is on the page. */
export function useChartOnPage(figure: Figure, chart: SavedChart): void {
  const latest = useRef(chart);
  useEffect(() => {
    latest.current = chart;
  });
  useEffect(() => {
    known.set(figure, latest);
    return () => void known.delete(figure);
  }, [figure]);
}

/** All charts of the page, from its top on, as they are now. */
export const chartsOnPage = (): readonly SavedChart[] =>
  [...known]
    .flatMap(([figure, chart]) => (figure.current === null ? [] : [{ node: figure.current, chart: chart.current }]))
    .sort(({ node }, other) => (node.compareDocumentPosition(other.node) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1))
    .map(({ chart }) => chart);
