/** Where the plot's own area lies in its box, in pixels: what is drawn over it must agree with what is drawn in it. */
export const plotInsets = { top: 6, right: 8, bottom: 34, left: 46 } as const;

/** The same as recharts takes it: the axes' sizes on top of the margins. */
export const axisHeight = 20;
export const axisWidth = plotInsets.left;
export const margin = {
  top: plotInsets.top,
  right: plotInsets.right,
  bottom: plotInsets.bottom - axisHeight,
  left: 0,
} as const;
