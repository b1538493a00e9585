import nacl from 'tweetnacl';

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

/** @param publicKey 32 bytes */
export const phoneVerifier =
  (publicKey: Uint8Array): Verify =>
  (message, signature) =>
    nacl.sign.detached.verify(message, signature, publicKey);
