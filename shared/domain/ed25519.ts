import nacl from 'tweetnacl';
import { type Comb, combOf, sumOf } from './ed25519-comb';
import { decodePoint, encodePoint, isBelowOrder, negative, scalarOf } from './edwards25519';

/** Makes the 64-byte Ed25519 signature of a message. */
export type Sign = (message: Uint8Array) => Uint8Array;
/** Whether a signature is the message's. */
export type Verify = (message: Uint8Array, signature: Uint8Array) => boolean;

/** In bytes */
export const SIGNATURE_LENGTH = nacl.sign.signatureLength;

/**
 * Ed25519 in plain JavaScript, for phones: no WebCrypto, no BigInt. The server has the same from Node, some fifty times
 * as fast (`server/platform/crypto/ed25519.ts`).
 *
 * @param seed 32 bytes (RFC 8032)
 */
export function phoneKeyPair(seed: Uint8Array): { publicKey: Uint8Array; sign: Sign } {
  const { publicKey, secretKey } = nacl.sign.keyPair.fromSeed(seed);
  return { publicKey, sign: (message) => nacl.sign.detached(message, secretKey) };
}

/**
 * Checks many signatures of one key: whether S·B − h·A is R (RFC 8032, 5.1.7). What can be calculated for the key alone
 * is, at the first one, and kept; the ones after it then take a sixth of what tweetnacl's own check takes.
 *
 * @param publicKey 32 bytes
 */
export function phoneVerifier(publicKey: Uint8Array): Verify {
  let key: Comb | undefined;
  const combOfKey = (): Comb | undefined => {
    const point = key ? undefined : decodePoint(publicKey);
    if (point) key = combOf(negative(point));
    return key;
  };
  return (message, signature) => {
    const r = signature.subarray(0, 32);
    const s = signature.subarray(32);
    if (signature.length !== SIGNATURE_LENGTH || !isBelowOrder(s)) return false;
    const comb = combOfKey();
    if (!comb) return false;
    const h = scalarOf(nacl.hash(joined(r, publicKey, message)));
    const terms = [
      { comb: combOfBase(), scalar: s },
      { comb, scalar: h },
    ];
    return nacl.verify(encodePoint(sumOf(terms)), r);
  };
}

/** y = 4/5, x even */
const BASE_POINT = new Uint8Array(32).fill(0x66).fill(0x58, 0, 1);
let base: Comb | undefined;

function combOfBase(): Comb {
  if (base) return base;
  const point = decodePoint(BASE_POINT);
  if (!point) throw new Error('the base point is on the curve');
  base = combOf(point);
  return base;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
