import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { Sign, Verify } from '../../../shared/domain/ed25519';

/** What stands before the 32 bytes of a key in PKCS #8 and SPKI (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_KEY_BYTES = 32;

/**
 * Node's Ed25519: the same signatures as the phones' `phoneKeyPair`, some fifty times as fast.
 *
 * @param seed 32 bytes (RFC 8032)
 */
export function serverKeyPair(seed: Uint8Array): { publicKey: Uint8Array; sign: Sign; verify: Verify } {
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  return {
    publicKey: new Uint8Array(spki.subarray(spki.length - PUBLIC_KEY_BYTES)),
    sign: (message) => new Uint8Array(sign(null, message, privateKey)),
    verify: (message, signature) => verify(null, message, publicKey, signature),
  };
}
