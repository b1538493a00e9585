import { createCipheriv, createDecipheriv } from 'node:crypto';
import { type RandomBytes, secureRandom } from './random';
import { type LoadedKey, loadKeys, type NamedKey } from './settings';

/** Where a sealed value lives. A value moved to another record or field does not open there. */
export interface SealedPlace {
  collection: string;
  recordId: string;
  field: string;
}

export interface Sealer {
  seal(plaintext: Uint8Array, place: SealedPlace): Buffer;
  /** @throws SealError */
  open(envelope: Uint8Array, place: SealedPlace): Buffer;
  /** The same envelope in base64url, for string fields. */
  sealText(plaintext: string, place: SealedPlace): string;
  /** @throws SealError */
  openText(envelope: string, place: SealedPlace): string;
  /** True when an older key made it: key rotation opens and seals it again. */
  isStale(envelope: Uint8Array | string): boolean;
}

export class SealError extends Error {
  override readonly name = 'SealError';

  constructor(readonly reason: 'malformed' | 'unknown_key' | 'tampered') {
    super(`a sealed value does not open: ${reason}`);
  }
}

const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM. Envelope: version (1 byte), length of key id (1), key id, IV (12), tag (16), ciphertext.
 * The place and the envelope's head are authenticated with it.
 *
 * A random IV is safe for 2³² values under one key (NIST SP 800-38D, 8.3): rotate before that.
 *
 * @param keys the first seals, all open
 * @throws SettingError
 */
export function createSealer(options: {
  setting: string;
  keys: readonly NamedKey[];
  random?: RandomBytes;
}): Sealer {
  const { setting, random = secureRandom } = options;
  const [current, ...former] = loadKeys(setting, options.keys);
  const keys = new Map([current, ...former].map((key) => [key.id, key]));

  const sealer: Sealer = {
    seal(plaintext, place) {
      const head = headOf(current);
      const iv = random(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', current.bytes, iv).setAAD(boundTo(head, place));
      const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
      return Buffer.concat([head, iv, cipher.getAuthTag(), ciphertext]);
    },

    open(envelope, place) {
      const { head, keyId, iv, tag, ciphertext } = split(envelope);
      const key = keys.get(keyId);
      if (!key) throw new SealError('unknown_key');
      const decipher = createDecipheriv('aes-256-gcm', key.bytes, iv, { authTagLength: TAG_BYTES })
        .setAAD(boundTo(head, place))
        .setAuthTag(tag);
      const plaintext = decipher.update(ciphertext);
      try {
        return Buffer.concat([plaintext, decipher.final()]);
      } catch {
        // final() fails for one reason only: the tag does not fit.
        throw new SealError('tampered');
      }
    },

    sealText: (plaintext, place) => sealer.seal(Buffer.from(plaintext), place).toString('base64url'),
    openText: (envelope, place) => sealer.open(Buffer.from(envelope, 'base64url'), place).toString(),
    isStale: (envelope) =>
      split(typeof envelope === 'string' ? Buffer.from(envelope, 'base64url') : envelope).keyId !==
      current.id,
  };
  return sealer;
}

const headOf = (key: LoadedKey) => Buffer.from([VERSION, key.id.length, ...Buffer.from(key.id)]);

/** JSON keeps the three names apart, whatever characters are in them. */
const boundTo = (head: Uint8Array, { collection, recordId, field }: SealedPlace) =>
  Buffer.concat([head, Buffer.from(JSON.stringify([collection, recordId, field]))]);

function split(envelope: Uint8Array) {
  const bytes = Buffer.from(envelope.buffer, envelope.byteOffset, envelope.byteLength);
  const [version, idLength = 0] = bytes;
  const headEnd = 2 + idLength;
  const bodyStart = headEnd + IV_BYTES + TAG_BYTES;
  if (version !== VERSION || bytes.length < bodyStart) throw new SealError('malformed');
  return {
    head: bytes.subarray(0, headEnd),
    keyId: bytes.toString('latin1', 2, headEnd),
    iv: bytes.subarray(headEnd, headEnd + IV_BYTES),
    tag: bytes.subarray(headEnd + IV_BYTES, bodyStart),
    ciphertext: bytes.subarray(bodyStart),
  };
}
