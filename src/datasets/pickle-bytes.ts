import { PickleError } from './pickle-objects.ts';
import { thousands } from './thousands.ts';

/** Reads a pickle's bytes from the first to the last. Everything that is not there throws PickleError. */
export class PickleBytes {
  at = 0;
  private readonly view: DataView;
  /** Characters that may still be decoded: no text is longer than its pickle, but it could be asked for again and again. */
  private text: number;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.text = 2 * bytes.length + 1_000;
  }

  float64(): number {
    this.take(8);
    return this.view.getFloat64(this.at - 8);
  }

  spend(characters: number): void {
    this.text -= characters;
    if (this.text < 0) throw new PickleError('it repeats its text without end');
  }

  take(length: number): Uint8Array {
    if (this.at + length > this.bytes.length) {
      throw new PickleError(
        `it is cut off: ${thousands(length)} bytes are told and ${thousands(this.bytes.length - this.at)} left`,
      );
    }
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  /** Little-endian. */
  unsigned(length: 1 | 2 | 4 | 8): number {
    return this.take(length).reduceRight((value, byte) => 256 * value + byte, 0);
  }

  /** Little-endian two's complement. */
  long(length: number): number {
    const bytes = this.take(length);
    const value = bytes.reduceRight((sum, byte) => 256 * sum + byte, 0);
    return ((bytes.at(-1) ?? 0) & 0x80) === 0 ? value : value - 256 ** length;
  }

  line(): string {
    const end = this.bytes.subarray(this.at, this.at + 1_000).indexOf(0x0a);
    if (end < 0) throw new PickleError('it is cut off, or has a line of more than 1,000 characters');
    const line = String.fromCharCode(...this.take(end));
    this.at++;
    return line;
  }

  decimal(): number {
    const line = this.line().replace(/L$/, '');
    if (!/^-?\d{1,15}$/.test(line)) throw new PickleError('it has something else where a number should be');
    return Number(line);
  }

  utf8(length: number): string {
    this.spend(length);
    return new TextDecoder().decode(this.take(length));
  }
}
