import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatLoss,
  formatNumber,
  formatPercent,
  formatRoundBytes,
  formatRoundCount,
  formatRoundPercent,
  formatSeconds,
} from './format.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('numbers', () => {
  it.each([
    [0, '0 B'],
    [8_000_000, '8 MB'],
    [2_500_000, '2.5 MB'],
    [100_000_000, '100 MB'],
    [20_000_000, '20 MB'],
  ])('round bytes %s', (bytes, text) => expect(plain(formatRoundBytes(bytes))).toBe(text));

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [999_999, '1.00 MB'],
    [17_381_376, '17.4 MB'],
    [6_539_297_792, '6.54 GB'],
    [undefined, '\u2013'],
  ])('bytes %s', (bytes, text) => expect(plain(formatBytes(bytes))).toBe(text));

  it.each([
    [0.0384, '38 ms'],
    [0.9996, '1.00 s'],
    [4.2, '4.20 s'],
    [59.97, '1 min 00 s'],
    [185, '3 min 05 s'],
    [7800, '2 h 10 min'],
    [200_000, '2 d 8 h'],
    [Number.NaN, '\u2013'],
  ])('seconds %s', (seconds, text) => expect(plain(formatSeconds(seconds))).toBe(text));

  it('counts, shares and others', () => {
    expect(plain(formatCount(69_123_456))).toBe('69.1 M');
    expect(plain(formatCount(12))).toBe('12');
    expect(plain(formatPercent(0.6251))).toBe('62.5 %');
    expect(plain(formatRoundCount(4_000_000))).toBe('4 M');
    expect(formatRoundCount(0)).toBe('0');
    expect(plain(formatRoundPercent(0.25))).toBe('25 %');
    expect(plain(formatRoundPercent(0.005))).toBe('0.5 %');
    expect([2.2, 0.08711, 12_345].map((loss) => plain(formatLoss(loss)))).toEqual(['2.200', '0.08711', '12.3 k']);
    expect(formatNumber(0.00012346)).toBe('0.0001235');
    expect(formatNumber(2.34567)).toBe('2.346');
  });
});
