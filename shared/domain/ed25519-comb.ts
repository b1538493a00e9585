import { add, copyOf, double, neutral, type Point, type Summand, summandOf } from './edwards25519';

const TEETH = 6;
/** Bits from one tooth to the next: 6 × 43 bits hold every scalar, which has 253. */
const SPACING = 43;

/**
 * All sums of P, 2⁴³·P, 2⁸⁶·P, … by the teeth that are set (Lim and Lee, 1994). A point that is multiplied again and
 * again is worth it: 43 doublings and as many additions take the place of 256 each.
 */
export type Comb = readonly (Summand | undefined)[];

export function combOf(point: Point): Comb {
  const tooth = copyOf(point);
  const sums = [neutral()];
  for (let number = 0; number < TEETH; number += 1) {
    if (number > 0) for (let bit = 0; bit < SPACING; bit += 1) double(tooth);
    const summand = summandOf(tooth);
    const without = [...sums];
    for (const sum of without) {
      const sumWith = copyOf(sum);
      add(sumWith, summand);
      sums.push(sumWith);
    }
  }
  return sums.map((sum, teeth) => (teeth === 0 ? undefined : summandOf(sum)));
}

/**
 * The sum of the combs' points, each times its scalar. Quicker for some scalars than for others: for what anybody may
 * know, as in checking a signature, never for a secret.
 *
 * @param terms scalars of 32 bytes, least first, below 2²⁵⁸
 */
export function sumOf(terms: readonly { comb: Comb; scalar: Uint8Array }[]): Point {
  const sum = neutral();
  for (let column = SPACING - 1; column >= 0; column -= 1) {
    double(sum);
    for (const { comb, scalar } of terms) {
      const summand = comb[teethAt(scalar, column)];
      if (summand) add(sum, summand);
    }
  }
  return sum;
}

function teethAt(scalar: Uint8Array, column: number): number {
  let teeth = 0;
  for (let tooth = 0; tooth < TEETH; tooth += 1) {
    const bit = column + tooth * SPACING;
    teeth |= (((scalar[bit >> 3] ?? 0) >> (bit & 7)) & 1) << tooth;
  }
  return teeth;
}
