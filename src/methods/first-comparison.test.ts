import { expect, it } from 'vitest';
import { firstComparison } from '../experiment/first-comparison.ts';
import { configurationOf } from './configuration.ts';
import { preview } from './preview.ts';

it('saves memory and costs arithmetic, as newcomers are told', () => {
  const plan = preview(configurationOf(firstComparison), firstComparison);
  expect(plan.peakBytes / plan.bpPeakBytes).toBeCloseTo(0.61, 2);
  expect(plan.multiplyAdds / plan.bpMultiplyAdds).toBeCloseTo(1.96, 2);
});
