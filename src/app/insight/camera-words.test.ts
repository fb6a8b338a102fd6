import { expect, it } from 'vitest';
import { cameraRefusal } from './camera-words.ts';

it('says why there is no camera, and always a way on', () => {
  expect(cameraRefusal('NotAllowedError', true)).toContain('not allowed');
  expect(cameraRefusal('NotFoundError', true)).toContain('No camera was found');
  expect(cameraRefusal('NotReadableError', true)).toContain('another program');
  expect(cameraRefusal('TypeError', false)).toContain('https');
  for (const name of ['NotAllowedError', 'NotFoundError', 'NotReadableError', 'SecurityError'])
    expect(cameraRefusal(name, true)).toContain('choose a file');
});
