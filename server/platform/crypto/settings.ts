/** A setting that cannot be used. Says which one and why, never its value: settings here are secrets. */
export class SettingError extends Error {
  override readonly name = 'SettingError';

  constructor(
    readonly setting: string,
    readonly problem: string,
  ) {
    super(`${setting}: ${problem}`);
  }
}

/** A secret key as it stands in the settings. The first of a list is used for new values, all for old ones. */
export interface NamedKey {
  /** Written beside every value made with the key: 1–32 of a–z, 0–9 and "-". */
  id: string;
  /** 32 random bytes in base64 (standard or URL alphabet). */
  key: string;
}

export interface LoadedKey {
  id: string;
  bytes: Buffer;
}

const KEY_ID = /^[a-z0-9-]{1,32}$/;
const KEY_BYTES = 32;

/**
 * @param setting the list's name in the settings, for the error
 * @throws SettingError when the list is empty, an id is wrong or used twice, or a key is not 32 bytes
 */
export function loadKeys(setting: string, keys: readonly NamedKey[]): [LoadedKey, ...LoadedKey[]] {
  const [first, ...rest] = keys.map((named, index) => loadKey(`${setting}[${index}]`, named));
  if (!first) throw new SettingError(setting, 'needs at least one key');
  const ids = new Set(keys.map(({ id }) => id));
  if (ids.size !== keys.length) throw new SettingError(setting, 'two keys have the same id');
  return [first, ...rest];
}

function loadKey(setting: string, { id, key }: NamedKey): LoadedKey {
  if (!KEY_ID.test(id)) throw new SettingError(`${setting}.id`, 'must be 1–32 of a–z, 0–9 and "-"');
  const bytes = Buffer.from(key, 'base64');
  if (bytes.length !== KEY_BYTES) throw new SettingError(`${setting}.key`, 'must be 32 bytes in base64');
  return { id, bytes };
}
