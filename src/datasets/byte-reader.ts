import type { Chunks } from './chunks.ts';

/** Takes a source apart: so many bytes, then so many more. Whatever was asked for and is not there rejects with EndsEarly. */
export class ByteReader {
  /** Bytes taken so far. */
  position = 0;
  private readonly iterator: AsyncIterator<Uint8Array>;
  private rest: Uint8Array = new Uint8Array(0);

  constructor(chunks: Chunks) {
    this.iterator = chunks[Symbol.asyncIterator]();
  }

  /** The next `length` bytes, or undefined where the source ends just here. */
  async takeOrEnd(length: number): Promise<Uint8Array | undefined> {
    if (this.rest.length === 0 && !(await this.refill())) return undefined;
    return this.take(length);
  }

  /** The next `length` bytes, in memory of their own. For small pieces. */
  async take(length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length);
    let filled = 0;
    for await (const chunk of this.chunks(length)) {
      bytes.set(chunk, filled);
      filled += chunk.length;
    }
    return bytes;
  }

  /** The next `length` bytes as they come. */
  async *chunks(length: number): AsyncGenerator<Uint8Array, void, undefined> {
    for (let left = length; left > 0; ) {
      if (this.rest.length === 0 && !(await this.refill())) throw new EndsEarly(this.position);
      const chunk = this.rest.subarray(0, left);
      this.rest = this.rest.subarray(chunk.length);
      this.position += chunk.length;
      left -= chunk.length;
      yield chunk;
    }
  }

  /** Passes over `length` bytes. */
  async skip(length: number): Promise<void> {
    for await (const _ of this.chunks(length));
  }

  private async refill(): Promise<boolean> {
    const { done, value } = await this.iterator.next();
    if (done === true) return false;
    this.rest = value;
    return true;
  }
}

export class EndsEarly extends Error {
  constructor(position: number) {
    super(`it ends at byte ${position.toLocaleString('en-US')}`);
  }
}
