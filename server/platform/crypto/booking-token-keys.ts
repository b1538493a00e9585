import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { loadKeys, type NamedKey } from './settings';

/** Signs booking tokens (the QR code). Staff phones verify them offline with the public keys. */
export interface BookingTokenKeys {
  /** Names the key in the token. */
  currentKeyId: string;
  /** Ed25519 signature, 64 bytes. */
  sign(message: Uint8Array): Uint8Array;
  /** Raw Ed25519 public keys, 32 bytes, by key id: the current and all former ones. */
  publicKeys: ReadonlyMap<string, Uint8Array>;
}

/** RFC 8410: a PKCS #8 private key is this head and the 32-byte seed. */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_KEY_BYTES = 32;

/**
 * @param keys each `key` is an Ed25519 seed (RFC 8032: 32 random bytes); the first signs
 * @throws SettingError
 */
export function loadBookingTokenKeys(options: {
  setting: string;
  keys: readonly NamedKey[];
}): BookingTokenKeys {
  const seeds = loadKeys(options.setting, options.keys);
  const [current] = seeds;
  const signingKey = privateKeyOf(current.bytes);
  return {
    currentKeyId: current.id,
    sign: (message) => sign(null, message, signingKey),
    publicKeys: new Map(seeds.map(({ id, bytes }) => [id, rawPublicKey(privateKeyOf(bytes))])),
  };
}

const privateKeyOf = (seed: Buffer) =>
  createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' });

/** An SPKI document of an Ed25519 key ends with the raw key. */
const rawPublicKey = (privateKey: KeyObject) =>
  createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-PUBLIC_KEY_BYTES);
