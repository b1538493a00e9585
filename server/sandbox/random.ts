import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';

export function randomText(length: number): string {
  return pick(length, ALPHABET);
}

export function randomDigits(length: number): string {
  return pick(length, '0123456789');
}

export function randomHex(bytes: number): string {
  return take(bytes).toString('hex');
}

/** Unguessable, and even enough: 256 is no multiple of the alphabet, which matters to nobody here. */
function pick(length: number, alphabet: string): string {
  let text = '';
  for (const byte of take(length)) text += alphabet[byte % alphabet.length];
  return text;
}

let pool = Buffer.alloc(0);

/** Each visit to the system's generator costs as much as thousands of its bytes. */
function take(length: number): Buffer {
  if (pool.length < length) pool = randomBytes(65_536);
  const taken = pool.subarray(0, length);
  pool = pool.subarray(length);
  return taken;
}

/** Mulberry32: numbers in [0, 1) fixed by a seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
