import { createStore, type StoreApi } from 'zustand/vanilla';

/** What the charts' horizontal axis counts. */
export type XAxis = 'step' | 'epoch' | 'seconds';

/** A piece of the horizontal axis, in its own unit. */
export interface Span {
  readonly low: number;
  readonly high: number;
}

/** How one chart is looked at, beside what all share. */
export interface ChartLook {
  readonly table: boolean;
  readonly logX: boolean;
  readonly logY: boolean;
  /** Lines that are not drawn, by id; those that are gone meanwhile are as if never chosen. */
  readonly hidden: ReadonlySet<string>;
  /** Whether the legend lists all lines where they are very many. */
  readonly allListed: boolean;
}

export const startingLook: ChartLook = { table: false, logX: false, logY: false, hidden: new Set(), allListed: false };

/** What all charts share: how they are drawn, which part is in sight, and the place pointed at. */
export interface ChartView {
  readonly xAxis: XAxis;
  readonly logX: boolean;
  /** Share of the past in the moving average of training lines, 0 to 0.999. */
  readonly smoothing: number;
  /** Whether it is applied; its weight stays when it is off. */
  readonly smooth: boolean;
  /** Undefined: all of it. */
  readonly zoom: Span | undefined;
  readonly cursor: number | undefined;
  /** Of single charts, by their titles; those that were never changed are not in it. */
  readonly looks: Readonly<Partial<Record<string, ChartLook>>>;
}

export type ChartViewStore = StoreApi<ChartView> & { readonly actions: ChartViewActions };

export interface ChartViewActions {
  chooseXAxis(xAxis: XAxis): void;
  setLogX(logX: boolean): void;
  setSmoothing(smoothing: number): void;
  setSmooth(smooth: boolean): void;
  /** Shows a part; none, or an empty one, shows all. */
  zoomTo(span: Span | undefined): void;
  /** Changes how one chart is looked at. It stays so on every screen that has it. */
  look(title: string, change: Partial<ChartLook>): void;
  /** Points at a place in every chart, or at none. */
  pointAt(x: number | undefined): void;
}

/** The shared view of a set of charts. It is no part of the page's state: a pointer moves it sixty times a second. */
export function createChartView(): ChartViewStore {
  const store = createStore<ChartView>(() => ({
    xAxis: 'step',
    logX: false,
    smoothing: 0.9,
    smooth: true,
    zoom: undefined,
    cursor: undefined,
    looks: {},
  }));
  const { getState, setState } = store;
  return Object.assign(store, {
    actions: {
      // A part of the steps is no part of the seconds.
      chooseXAxis: (xAxis: XAxis) => setState({ xAxis, zoom: undefined, cursor: undefined }),
      setLogX: (logX: boolean) => setState({ logX }),
      setSmoothing: (smoothing: number) =>
        setState({ smoothing: Math.min(0.999, Math.max(0, smoothing)), smooth: smoothing > 0 }),
      setSmooth: (smooth: boolean) => setState({ smooth }),
      zoomTo: (zoom: Span | undefined) => setState({ zoom: zoom && zoom.high > zoom.low ? zoom : undefined }),
      look: (title: string, change: Partial<ChartLook>) =>
        setState(({ looks }) => ({ looks: { ...looks, [title]: { ...startingLook, ...looks[title], ...change } } })),
      pointAt(cursor: number | undefined) {
        if (cursor !== getState().cursor) setState({ cursor });
      },
    },
  });
}
