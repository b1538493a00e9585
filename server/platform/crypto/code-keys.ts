import type { VerifyingKeys } from '../../../shared/domain/booking-token';
import type { Sign } from '../../../shared/domain/ed25519';
import { serverKeyPair } from './ed25519';
import { loadKeys, type NamedKey, SettingError } from './settings';

/** The Ed25519 keys of booking codes (QR). The first of the settings signs; phones verify with the public keys of all. */
export interface CodeKeys {
  signing: { keyId: number; sign: Sign };
  verifying: VerifyingKeys;
  /** 32 bytes each, by key id: for the phones that check codes offline. */
  publicKeys: Readonly<Record<number, Uint8Array>>;
}

const KEY_ID = /^(\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])$/;

/**
 * @param keys seeds (RFC 8032: 32 random bytes); a code names its key in one byte, so ids are 0–255
 * @throws SettingError
 */
export function loadCodeKeys({ setting, keys }: { setting: string; keys: readonly NamedKey[] }): CodeKeys {
  const pairs = loadKeys(setting, keys).map(({ id, bytes }) => {
    if (!KEY_ID.test(id)) throw new SettingError(setting, 'ids must be numbers from 0 to 255');
    return { keyId: Number(id), ...serverKeyPair(bytes) };
  });
  const [first] = pairs;
  if (!first) throw new SettingError(setting, 'needs at least one key');
  return {
    signing: first,
    verifying: Object.fromEntries(pairs.map(({ keyId, verify }) => [keyId, verify])),
    publicKeys: Object.fromEntries(pairs.map(({ keyId, publicKey }) => [keyId, publicKey])),
  };
}
