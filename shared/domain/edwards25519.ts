import nacl from 'tweetnacl';

/** A number modulo 2²⁵⁵ − 19: tweetnacl's sixteen limbs of 16 bits. */
type Residue = Float64Array;

/** What tweetnacl calculates with; its types leave it out. Each writes its first argument. */
interface Arithmetic {
  gf(limbs?: readonly number[]): Residue;
  /** The curve's d */
  D: Residue;
  /** The order of the base point, 32 bytes, least first */
  L: Float64Array;
  A(sum: Residue, a: Residue, b: Residue): void;
  Z(difference: Residue, a: Residue, b: Residue): void;
  M(product: Residue, a: Residue, b: Residue): void;
  S(square: Residue, a: Residue): void;
  /** a^(2²⁵² − 3) */
  pow2523(power: Residue, a: Residue): void;
  pack25519(bytes: Uint8Array, a: Residue): void;
  unpack25519(a: Residue, bytes: Uint8Array): void;
  modL(scalar: Uint8Array, bytes: Float64Array): void;
}

const { gf, D, L, A, Z, M, S, pow2523, pack25519, unpack25519, modL } = arithmeticOf(nacl);

/** A point of edwards25519: x = X/Z, y = Y/Z, x·y = T/Z (RFC 8032, 5.1.4). */
export interface Point {
  x: Residue;
  y: Residue;
  z: Residue;
  t: Residue;
}

/** A point made ready for being added often: Y − X, Y + X, 2Z, 2dT. */
export interface Summand {
  minus: Residue;
  plus: Residue;
  z2: Residue;
  t2d: Residue;
}

export const neutral = (): Point => ({ x: gf(), y: gf([1]), z: gf([1]), t: gf() });
export const copyOf = ({ x, y, z, t }: Point): Point => ({
  x: x.slice(),
  y: y.slice(),
  z: z.slice(),
  t: t.slice(),
});
export const negative = ({ x, y, z, t }: Point): Point => ({ x: minus(ZERO, x), y, z, t: minus(ZERO, t) });

export const summandOf = ({ x, y, z, t }: Point): Summand => ({
  minus: minus(y, x),
  plus: plus(y, x),
  z2: plus(z, z),
  t2d: times(t, plus(D, D)),
});

/** The scratch of `double` and `add`: they run a thousand times a signature and make no garbage. */
const [a, b, c, d, e, f, g, h] = [gf(), gf(), gf(), gf(), gf(), gf(), gf(), gf()];

/** point ← 2 · point */
export function double(point: Point): void {
  S(a, point.x);
  S(b, point.y);
  S(c, point.z);
  A(c, c, c);
  A(h, a, b);
  A(e, point.x, point.y);
  S(e, e);
  Z(e, h, e);
  Z(g, a, b);
  A(f, c, g);
  compose(point);
}

/** point ← point + summand, whatever the two are. */
export function add(point: Point, summand: Summand): void {
  Z(a, point.y, point.x);
  M(a, a, summand.minus);
  A(b, point.y, point.x);
  M(b, b, summand.plus);
  M(c, point.t, summand.t2d);
  M(d, point.z, summand.z2);
  Z(e, b, a);
  Z(f, d, c);
  A(g, d, c);
  A(h, b, a);
  compose(point);
}

function compose(point: Point): void {
  M(point.x, e, f);
  M(point.y, g, h);
  M(point.z, f, g);
  M(point.t, e, h);
}

/** @returns 32 bytes (RFC 8032, 5.1.2) */
export function encodePoint({ x, y, z }: Point): Uint8Array {
  const inverse = inverseOf(z);
  const bytes = bytesOf(times(y, inverse));
  bytes[31] = (bytes[31] ?? 0) | (parityOf(times(x, inverse)) << 7);
  return bytes;
}

/** @returns undefined when the 32 bytes are no point of the curve (RFC 8032, 5.1.3) */
export function decodePoint(bytes: Uint8Array): Point | undefined {
  const y = gf();
  unpack25519(y, bytes);
  const square = times(y, y);
  const x = rootOf(minus(square, ONE), plus(times(D, square), ONE));
  if (!x) return undefined;
  const isOdd = (bytes[31] ?? 0) >> 7;
  const rightX = parityOf(x) === isOdd ? x : minus(ZERO, x);
  return { x: rightX, y, z: gf([1]), t: times(rightX, y) };
}

/** A hash of 64 bytes as a scalar below the order of the base point. */
export function scalarOf(hash: Uint8Array): Uint8Array {
  const scalar = new Uint8Array(32);
  modL(scalar, Float64Array.from(hash));
  return scalar;
}

/** Of a scalar there is one spelling (RFC 8032, 5.1.7); tweetnacl would take others. */
export function isBelowOrder(scalar: Uint8Array): boolean {
  for (let index = 31; index >= 0; index -= 1) {
    const difference = (scalar[index] ?? 0) - (L[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

const ZERO = gf();
const ONE = gf([1]);

/** √(u/v), either of the two */
function rootOf(u: Residue, v: Residue): Residue | undefined {
  const v3 = times(times(v, v), v);
  const x = times(times(u, v3), power2523(times(times(u, v), times(v3, v3))));
  const reached = times(v, times(x, x));
  if (isSame(reached, u)) return x;
  return isSame(reached, minus(ZERO, u)) ? times(x, rootOfMinusOne()) : undefined;
}

/** 2^((p − 1) / 4) */
function rootOfMinusOne(): Residue {
  const two = gf([2]);
  const power = power2523(two);
  return times(two, times(power, power));
}

/** a^(p − 2) = (a^(2²⁵² − 3))⁸ · a³ */
function inverseOf(residue: Residue): Residue {
  const power = power2523(residue);
  for (let doubling = 0; doubling < 3; doubling += 1) S(power, power);
  return times(power, times(residue, times(residue, residue)));
}

function power2523(residue: Residue): Residue {
  const power = gf();
  pow2523(power, residue);
  return power;
}

function bytesOf(residue: Residue): Uint8Array {
  const bytes = new Uint8Array(32);
  pack25519(bytes, residue);
  return bytes;
}

const parityOf = (residue: Residue): number => (bytesOf(residue)[0] ?? 0) & 1;
const isSame = (one: Residue, other: Residue): boolean => nacl.verify(bytesOf(one), bytesOf(other));

function plus(one: Residue, other: Residue): Residue {
  const sum = gf();
  A(sum, one, other);
  return sum;
}

function minus(one: Residue, other: Residue): Residue {
  const difference = gf();
  Z(difference, one, other);
  return difference;
}

function times(one: Residue, other: Residue): Residue {
  const product = gf();
  M(product, one, other);
  return product;
}

function arithmeticOf(library: object): Arithmetic {
  if (!hasArithmetic(library)) throw new Error('this tweetnacl keeps its arithmetic to itself');
  return library.lowlevel;
}

function hasArithmetic(library: object): library is { lowlevel: Arithmetic } {
  return 'lowlevel' in library;
}
