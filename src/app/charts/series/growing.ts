/** A list of numbers that grows at its end, without an object for each. */
export class Growing {
  length = 0;
  private numbers = new Float64Array(64);

  push(value: number): void {
    if (this.length === this.numbers.length) {
      const larger = new Float64Array(2 * this.length);
      larger.set(this.numbers);
      this.numbers = larger;
    }
    this.numbers[this.length++] = value;
  }

  /** The number at `index`, which must be below `length`. */
  at(index: number): number {
    return this.numbers[index] as number;
  }
}
