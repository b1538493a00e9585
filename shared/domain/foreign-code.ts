import { checkDocumentNumber, guessDocumentType } from './documents';
import { compact } from './text';

/** What a scanned or typed text is when it is not one of our booking codes. */
export type ForeignCode =
  | 'payment_code'
  | 'collection_code'
  | 'document_number'
  | 'student_no'
  | 'link'
  | 'other';

/**
 * - WeChat payment codes: 18 digits beginning 10–15; Alipay's: 16–24 digits beginning 25–30. An ID number has a check
 *   digit, so it is asked first.
 * - 采集码: CHSI publishes no format; its codes are one opaque run of 24 or more characters.
 */
export function classifyForeignCode(text: string): ForeignCode {
  if (text.length > LONGEST_CODE) return 'other';
  const code = compact(text);
  if (/^(https?|weixin|alipays?):/i.test(code)) return 'link';
  if (isDocumentNumber(code)) return 'document_number';
  if (/^1[0-5]\d{16}$/.test(code) || /^(2[5-9]|30)\d{14,22}$/.test(code)) return 'payment_code';
  if (/^[A-Za-z]{0,4}\d[\dA-Za-z-]{5,15}$/.test(code)) return 'student_no';
  if (/^[\w+/=.:%$*-]{24,}$/.test(code)) return 'collection_code';
  return 'other';
}

/** More than the largest QR code can hold. */
const LONGEST_CODE = 4296;

function isDocumentNumber(code: string): boolean {
  const type = guessDocumentType(code);
  return type !== undefined && checkDocumentNumber(type, code).ok;
}
