import { expect, test } from 'vitest';
import { crc32, crc32c } from './crc32.ts';

const digits = new TextEncoder().encode('123456789');

test('the check values of the catalogue', () => {
  expect(crc32(digits).toString(16)).toBe('cbf43926');
  expect(crc32c(digits).toString(16)).toBe('e3069283');
  expect(crc32(new Uint8Array(0))).toBe(0);
});

test('a check goes on where an earlier one ended', () => {
  expect(crc32(digits.subarray(4), crc32(digits.subarray(0, 4)))).toBe(crc32(digits));
});
