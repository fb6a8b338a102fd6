import { expect, test } from 'vitest';
import { createArena } from './arena.ts';
import { createLedger } from './ledger.ts';

Object.assign(globalThis, { GPUBufferUsage: { STORAGE: 1, COPY_SRC: 2, COPY_DST: 4 } });

/** As much of a device as an arena uses: one buffer has at most `most` bytes, and of more than `room` none is made. */
function fakeDevice(most: number, room: number): GPUDevice {
  let refused = false;
  return {
    limits: { maxBufferSize: most },
    pushErrorScope() {},
    createBuffer({ size }: GPUBufferDescriptor) {
      refused = size > room;
      return { size, destroy() {} };
    },
    popErrorScope: async () => (refused ? { message: 'no room' } : null),
  } as unknown as GPUDevice;
}

test('a device without room refuses a larger tenant, and the arena is as before', async () => {
  const device = fakeDevice(100e6, 10e6);
  const ledger = createLedger(device);
  const arena = createArena(device, ledger);
  expect((await arena.enter({ arenaBytes: 8e6 })).ok).toBe(true);
  const refused = await arena.enter({ arenaBytes: 28.5e6 });
  expect(refused).toMatchObject({ ok: false, error: { fault: 'out-of-memory' } });
  expect(refused.ok || refused.error.message).toContain('no room for 28.5 MB');
  expect(arena.buffer()?.size).toBe(8e6);
  expect(ledger.held()).toBe(8e6);
});

test('more than one buffer of a device may have is a want of memory, too', async () => {
  const device = fakeDevice(20e6, 100e6);
  const arena = createArena(device, createLedger(device));
  const refused = await arena.enter({ arenaBytes: 30e6 });
  expect(refused).toMatchObject({ ok: false, error: { fault: 'out-of-memory' } });
  expect(refused.ok || refused.error.message).toContain('needs 30.0 MB at once');
  expect(arena.buffer()).toBeUndefined();
});
