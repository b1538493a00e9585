/** A set of small whole numbers, one bit each: the seats of a session, the shot numbers of a room. */
export class NumberSet {
  private bits = new Uint32Array(8);

  /** @returns whether the number was not in the set before */
  add(number: number): boolean {
    const [word, bit] = [number >>> 5, 1 << (number & 31)];
    if (word >= this.bits.length) this.grow(word + 1);
    const before = this.bits[word] ?? 0;
    this.bits[word] = before | bit;
    return (before & bit) === 0;
  }

  private grow(words: number): void {
    const larger = new Uint32Array(Math.max(words, this.bits.length * 2));
    larger.set(this.bits);
    this.bits = larger;
  }
}
