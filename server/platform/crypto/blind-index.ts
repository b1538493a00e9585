import { createHmac } from 'node:crypto';
import { loadKeys, type NamedKey } from './settings';

/** Finds an encrypted document number without opening it: equal numbers have equal indexes. */
export interface BlindIndex {
  /** What is stored beside the sealed number. */
  of(documentType: string, documentNumber: string): string;
  /** Under every key: what a look-up asks for while stored indexes are moved to a new key. */
  candidates(documentType: string, documentNumber: string): string[];
}

/**
 * Keyed HMAC-SHA256 over document type and normalised number, base64url. The key must not be one of the
 * sealer's. Without a key the index would be worthless: all mainland ID numbers of a year can be hashed in hours.
 *
 * @throws SettingError
 */
export function createBlindIndex(options: { setting: string; keys: readonly NamedKey[] }): BlindIndex {
  const [current, ...former] = loadKeys(options.setting, options.keys);
  const under = (key: Buffer, type: string, number: string) =>
    createHmac('sha256', key)
      .update(`${type}\n${normaliseDocumentNumber(number)}`)
      .digest('base64url');

  return {
    of: (type, number) => under(current.bytes, type, number),
    candidates: (type, number) => [current, ...former].map((key) => under(key.bytes, type, number)),
  };
}

/** Full-width forms, spaces, separators and letter case are ways of typing, not parts of the number. */
const normaliseDocumentNumber = (number: string): string =>
  number
    .normalize('NFKC')
    .replace(/[\s\-·]/g, '')
    .toUpperCase();
