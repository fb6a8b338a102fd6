import { expect, it } from 'vitest';
import { progressIcon } from './favicon.ts';

const drawn = (...from: Parameters<typeof progressIcon>) => decodeURIComponent(progressIcon(...from));

it('draws the share done, within bounds', () => {
  expect(drawn('running', 0.5)).toContain('stroke-dasharray="34.6 69.1"');
  expect(drawn('finished', 2)).toContain('stroke-dasharray="69.1 69.1"');
  expect(drawn('paused', -1)).toContain('stroke-dasharray="0.0 69.1"');
  expect(drawn('failed', 0.1)).not.toBe(drawn('running', 0.1));
});
