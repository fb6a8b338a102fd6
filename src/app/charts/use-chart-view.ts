import { useStore } from 'zustand';
import { type ChartView, type ChartViewActions, createChartView } from '../../store/chart-view.ts';

/** One for the page: every screen's charts show the same part of the same axis. */
const view = createChartView();

/** A part of what the charts share; the component renders again when the part is another. */
export const useChartView = <Part>(select: (view: ChartView) => Part): Part => useStore(view, select);

export const chartViewActions: ChartViewActions = view.actions;
