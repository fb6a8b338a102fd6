/** A place in the arena, in bytes. */
export interface Place {
  readonly offset: number;
  readonly bytes: number;
}

/**
 * Places values by lifetime as they come and go: best fit among the gaps, growing at the end. Placing in the order of the
 * schedule keeps the preview fast (linear in nodes), and lifetimes that nest, as a pullback's do, leave few gaps.
 */
export class Arena {
  /** Bytes the arena must have: the highest end of any place so far. */
  size = 0;
  /** Gaps in order of offset; none touch. */
  private gaps: { offset: number; bytes: number }[] = [];

  take(bytes: number): Place {
    let best = -1;
    for (let index = 0; index < this.gaps.length; index++) {
      const gap = this.gaps[index] as { bytes: number };
      if (gap.bytes >= bytes && (best < 0 || gap.bytes < (this.gaps[best] as { bytes: number }).bytes)) best = index;
    }
    const found = this.gaps[best];
    if (found !== undefined) {
      const place = { offset: found.offset, bytes };
      found.offset += bytes;
      found.bytes -= bytes;
      if (found.bytes === 0) this.gaps.splice(best, 1);
      return place;
    }
    const last = this.gaps.at(-1);
    const touchesEnd = last !== undefined && last.offset + last.bytes === this.size;
    const offset = touchesEnd ? last.offset : this.size;
    if (touchesEnd) this.gaps.pop();
    this.size = offset + bytes;
    return { offset, bytes };
  }

  give({ offset, bytes }: Place): void {
    let index = 0;
    while (index < this.gaps.length && (this.gaps[index] as { offset: number }).offset < offset) index++;
    const before = this.gaps[index - 1];
    const after = this.gaps[index];
    const joinsBefore = before !== undefined && before.offset + before.bytes === offset;
    const joinsAfter = after !== undefined && offset + bytes === after.offset;
    if (joinsBefore && joinsAfter) {
      before.bytes += bytes + after.bytes;
      this.gaps.splice(index, 1);
    } else if (joinsBefore) before.bytes += bytes;
    else if (joinsAfter) {
      after.offset = offset;
      after.bytes += bytes;
    } else this.gaps.splice(index, 0, { offset, bytes });
  }
}
