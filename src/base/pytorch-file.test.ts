import { expect, test } from 'vitest';
import { isPytorchFile } from './pytorch-file.ts';

const none = new Uint8Array();
const zip = Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 8, 8);
const old = Uint8Array.of(0x80, 2, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19);

test('files of torch.save are told by their names, and others by how they begin', () => {
  for (const name of ['a.pt', 'b.PTH', 'c.ckpt']) expect(isPytorchFile(name, none)).toBe(true);
  for (const start of [zip, old]) {
    expect(isPytorchFile('pytorch_model.bin', start)).toBe(true);
    expect(isPytorchFile('renamed.safetensors', start)).toBe(true);
  }
});

test('archives, safetensors and records of CIFAR are none', () => {
  expect(isPytorchFile('images.zip', zip)).toBe(false);
  expect(
    isPytorchFile('data_batch_1.bin', Uint8Array.of(6, 59, 43, 50, 68, 98, 119, 139, 145, 149, 149, 131, 125, 142)),
  ).toBe(false);
  expect(isPytorchFile('weights.safetensors', Uint8Array.of(0x80, 2, 0, 0, 0, 0, 0, 0, 0x7b))).toBe(false);
  expect(isPytorchFile('empty.bin', none)).toBe(false);
});
