import nacl from 'tweetnacl';
import type { VerifyingKeys } from '../../../shared/domain/booking-token';
import { loadKeys, type NamedKey, SettingError } from './settings';

/** The Ed25519 keys of booking codes (QR). The first of the settings signs; phones verify with the public keys of all. */
export interface CodeKeys {
  signing: { keyId: number; secretKey: Uint8Array };
  verifying: VerifyingKeys;
}

const KEY_ID = /^(\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])$/;

/**
 * @param keys seeds (RFC 8032: 32 random bytes); a code names its key in one byte, so ids are 0–255
 * @throws SettingError
 */
export function loadCodeKeys({ setting, keys }: { setting: string; keys: readonly NamedKey[] }): CodeKeys {
  const pairs = loadKeys(setting, keys).map(({ id, bytes }) => {
    if (!KEY_ID.test(id)) throw new SettingError(setting, 'ids must be numbers from 0 to 255');
    return { keyId: Number(id), ...nacl.sign.keyPair.fromSeed(bytes) };
  });
  const [first] = pairs;
  if (!first) throw new SettingError(setting, 'needs at least one key');
  return {
    signing: first,
    verifying: Object.fromEntries(pairs.map(({ keyId, publicKey }) => [keyId, publicKey])),
  };
}
