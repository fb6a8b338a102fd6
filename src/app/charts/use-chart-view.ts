import { useCallback } from 'react';
import { useStore } from 'zustand';
import {
  type ChartLook,
  type ChartView,
  type ChartViewActions,
  createChartView,
  startingLook,
} from '../../store/chart-view.ts';

/** One for the page: every screen's charts show the same part of the same axis. */
const view = createChartView();

/** A part of what the charts share; the component renders again when the part is another. */
export const useChartView = <Part>(select: (view: ChartView) => Part): Part => useStore(view, select);

export const chartViewActions: ChartViewActions = view.actions;

/** How one chart is looked at, and how that is changed; kept while another screen is shown. */
export function useChartLook(title: string): readonly [ChartLook, (change: Partial<ChartLook>) => void] {
  const look = useChartView(({ looks }) => looks[title] ?? startingLook);
  return [look, useCallback((change) => chartViewActions.look(title, change), [title])];
}
