import {
  type BookingTokenFields,
  looksLikeBookingToken,
  type VerifyingKeys,
  verifyBookingToken,
} from './booking-token';
import { normaliseDocumentNumber } from './documents';
import { classifyForeignCode } from './foreign-code';
import { normaliseStudentNo } from './student-no';
import type { ScanReason } from './verdicts';

/** What a scanner, a keyboard or a paste delivered, and what it is good for. */
export type ScannedText =
  | { kind: 'booking'; fields: BookingTokenFields }
  | { kind: 'document_number'; number: string }
  | { kind: 'student_no'; studentNo: string }
  /** `fields` only with `expired_code`: whose code it was */
  | { kind: 'refused'; reason: ScanReason; fields?: BookingTokenFields };

/** @param keys the server's public keys; a code under an unknown key counts as forged, as the server knows all its keys */
export function readScannedText(text: string, keys: VerifyingKeys, now: Date): ScannedText {
  const token = verifyBookingToken(text, keys, now);
  if (token.ok) return { kind: 'booking', fields: token.fields };
  if (token.reason === 'expired') return { kind: 'refused', reason: 'expired_code', fields: token.fields };
  if (token.reason !== 'not_ours' || looksLikeBookingToken(text))
    return { kind: 'refused', reason: 'forged' };
  const foreign = classifyForeignCode(text);
  switch (foreign) {
    case 'document_number':
      return { kind: foreign, number: normaliseDocumentNumber(text) };
    case 'student_no':
      return { kind: foreign, studentNo: normaliseStudentNo(text) };
    case 'collection_code':
    case 'payment_code':
      return { kind: 'refused', reason: foreign };
    default:
      return { kind: 'refused', reason: 'other_code' };
  }
}
