import { describe, expect, it } from 'vitest';
import { createChartView, startingLook } from './chart-view.ts';

describe('the view the charts share', () => {
  it('forgets part and place when the axis counts something else', () => {
    const view = createChartView();
    view.actions.zoomTo({ low: 3, high: 9 });
    view.actions.pointAt(4);
    expect(view.getState()).toMatchObject({ zoom: { low: 3, high: 9 }, cursor: 4 });
    view.actions.chooseXAxis('seconds');
    expect(view.getState()).toMatchObject({ xAxis: 'seconds', zoom: undefined, cursor: undefined });
  });

  it('shows all where a part would be empty', () => {
    const view = createChartView();
    view.actions.zoomTo({ low: 3, high: 3 });
    expect(view.getState().zoom).toBeUndefined();
  });

  it('keeps how each chart is looked at by itself', () => {
    const view = createChartView();
    view.actions.look('Final loss', { table: true });
    view.actions.look('Final loss', { logY: true });
    view.actions.look('Learning rate', { logY: true });
    view.actions.look('Learning rate', { logY: false });
    expect(view.getState().looks).toEqual({
      'Final loss': { ...startingLook, table: true, logY: true },
      'Learning rate': startingLook,
    });
  });

  it('keeps smoothing within its range, and its weight while it is off', () => {
    const view = createChartView();
    view.actions.setSmoothing(7);
    expect(view.getState().smoothing).toBe(0.999);
    view.actions.setSmooth(false);
    expect(view.getState()).toMatchObject({ smooth: false, smoothing: 0.999 });
    view.actions.setSmoothing(0.5);
    expect(view.getState()).toMatchObject({ smooth: true, smoothing: 0.5 });
    view.actions.setSmoothing(0);
    expect(view.getState().smooth).toBe(false);
  });
});
