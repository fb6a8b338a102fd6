import { expect, test } from 'vitest';
import { watchErrors } from './errors.ts';

/** As much of a device as is watched; it is lost when the test says so. */
function fakeDevice() {
  let lose = (_: { reason: string; message: string }) => {};
  const lost = new Promise((resolve) => {
    lose = resolve;
  });
  const device = { lost, addEventListener() {}, removeEventListener() {} };
  return { device: device as unknown as GPUDevice, lose: () => lose({ reason: 'destroyed', message: '' }) };
}

const unmapped = () =>
  Promise.reject(new DOMException('Buffer was unmapped before mapping was resolved.', 'AbortError'));

test('a read that the loss of the device breaks off is told as that loss, though it fails a little earlier', async () => {
  const { device, lose } = fakeDevice();
  const errors = watchErrors(device);
  const reading = errors.guard(unmapped());
  setTimeout(lose, 20);
  expect(await reading).toMatchObject({ ok: false, error: { fault: 'device-lost' } });
});

test('a read that fails on a device that stays says why', async () => {
  const errors = watchErrors(fakeDevice().device);
  const read = await errors.guard(unmapped());
  expect(read).toMatchObject({ ok: false, error: { message: expect.stringContaining('unmapped') } });
  expect(read.ok || read.error.fault).toBeUndefined();
});
