import { characters } from './text';

/** What WeChat takes of a refund's reason, which the payer reads in its notice: 80 bytes of UTF-8. */
export const MOST_REASON_BYTES = 80;

/** As many Chinese characters as always fit. */
export const MOST_REASON_CHARACTERS = 26;

export const isReasonShort = (reason: string): boolean => utf8Bytes(reason) <= MOST_REASON_BYTES;

/** The beginning of a text that was written for something else, whole characters only. */
export function asReason(text: string): string {
  let reason = '';
  for (const character of characters(text)) {
    if (!isReasonShort(reason + character)) break;
    reason += character;
  }
  return reason;
}

/** Without TextEncoder, which phones do not have. */
const utf8Bytes = (text: string): number =>
  characters(text).reduce((sum, character) => sum + bytesOf(character.codePointAt(0) ?? 0), 0);

function bytesOf(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
