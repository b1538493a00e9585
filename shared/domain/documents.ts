import { calendarDay } from './calendar-day';
import { compact } from './text';

/** Identity documents a student may hold. Facts: GB 11643 (numbers of residents), the exit-entry permits' own formats. */
export const DOCUMENT_TYPES = [
  'resident_id',
  'hk_macao_permit',
  'taiwan_permit',
  'residence_permit',
  'passport',
] as const;

export type DocumentType = (typeof DOCUMENT_TYPES)[number];

export const DOCUMENT_LABELS: Readonly<Record<DocumentType, string>> = {
  resident_id: '居民身份证',
  hk_macao_permit: '港澳居民来往内地通行证',
  taiwan_permit: '台湾居民来往大陆通行证',
  residence_permit: '港澳台居民居住证',
  passport: '护照',
};

export type Sex = 'male' | 'female';

export type DocumentProblem =
  | 'empty'
  | 'wrong_length'
  | 'wrong_characters'
  | 'wrong_document_type'
  | 'impossible_birth_date'
  | 'wrong_check_digit';

export type DocumentCheck =
  | { ok: true; number: string; birthDate?: string; sex?: Sex }
  | { ok: false; problem: DocumentProblem; message: string };

/** The bank-card check knows only mainland second-generation cards; everyone else takes the manual or on-site way. */
export function canVerifyByBankCard(type: DocumentType): boolean {
  return type === 'resident_id';
}

/** Half-width, upper case, without spaces. `11010519491231002ｘ` → `11010519491231002X`. */
export function normaliseDocumentNumber(text: string): string {
  return compact(text).toUpperCase();
}

/** Checks a number as typed, read by OCR or found in a roster; the message tells the student what to do. */
export function checkDocumentNumber(type: DocumentType, text: string): DocumentCheck {
  const number = normaliseDocumentNumber(text);
  if (number === '') return refuse('empty', `请填写${DOCUMENT_LABELS[type]}号码`);
  switch (type) {
    case 'resident_id':
    case 'residence_permit':
      return checkCitizenNumber(type, number);
    case 'hk_macao_permit':
      return checkPattern(number, /^[HM](\d{8}|\d{10})$/, [9, 11], '号码为字母 H 或 M 加 8 位或 10 位数字');
    case 'taiwan_permit':
      return checkPattern(number, /^(\d{8}|\d{10})$/, [8, 10], '号码为 8 位或 10 位数字');
    case 'passport':
      return checkPattern(number, /^[A-Z0-9]{5,20}$/, PASSPORT_LENGTHS, '号码为 5–20 位字母和数字');
  }
}

/** The only type a number can belong to, or undefined when the number alone does not tell (passport, 台胞证). */
export function guessDocumentType(text: string): DocumentType | undefined {
  const number = normaliseDocumentNumber(text);
  if (/^\d{17}[\dX]$/.test(number)) return isResidencePermit(number) ? 'residence_permit' : 'resident_id';
  if (/^[HM](\d{8}|\d{10})$/.test(number)) return 'hk_macao_permit';
  return undefined;
}

/**
 * The first three and the last two characters of an 18-character number, the first one and the last two of a shorter
 * one: the holder recognises it, and neither the birth date nor the rest can be read from it.
 */
export function maskDocumentNumber(number: string): string {
  if (number.length < 6) return '*'.repeat(number.length);
  const head = number.length >= 15 ? 3 : 1;
  return number.slice(0, head) + '*'.repeat(number.length - head - 2) + number.slice(-2);
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECK_CHARACTERS = '10X98765432';
const PASSPORT_LENGTHS = Array.from({ length: 16 }, (_, index) => index + 5);

/** The check character of GB 11643 (ISO 7064 MOD 11-2) for the first 17 digits. */
export function citizenCheckCharacter(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(first17.charAt(index)), 0);
  return CHECK_CHARACTERS.charAt(sum % 11);
}

// The region code is not checked against a list: retired codes stay valid for life.
function checkCitizenNumber(type: 'resident_id' | 'residence_permit', number: string): DocumentCheck {
  const label = DOCUMENT_LABELS[type];
  if (number.length !== 18) {
    return refuse('wrong_length', `${label}号码应为 18 位，现为 ${number.length} 位，请对照证件核对`);
  }
  if (!/^\d{17}[\dX]$/.test(number)) {
    return refuse('wrong_characters', `${label}号码只能是数字，末位可以是 X，请对照证件核对`);
  }
  if (isResidencePermit(number) !== (type === 'residence_permit')) {
    const actual = type === 'resident_id' ? 'residence_permit' : 'resident_id';
    return refuse('wrong_document_type', `这是${DOCUMENT_LABELS[actual]}的号码，请改选证件类型`);
  }
  const birthDate = calendarDay(
    Number(number.slice(6, 10)),
    Number(number.slice(10, 12)),
    Number(number.slice(12, 14)),
  );
  if (!birthDate) return refuse('impossible_birth_date', `${label}号码中的出生日期不存在，请对照证件核对`);
  if (citizenCheckCharacter(number) !== number.charAt(17)) {
    return refuse('wrong_check_digit', `${label}号码校验不通过，有一位可能填错，请对照证件逐位核对`);
  }
  return { ok: true, number, birthDate, sex: Number(number.charAt(16)) % 2 === 1 ? 'male' : 'female' };
}

function isResidencePermit(number: string): boolean {
  return /^8[123]0000/.test(number);
}

function checkPattern(
  number: string,
  pattern: RegExp,
  lengths: readonly number[],
  expected: string,
): DocumentCheck {
  if (pattern.test(number)) return { ok: true, number };
  const problem = lengths.includes(number.length) ? 'wrong_characters' : 'wrong_length';
  return refuse(problem, `${expected}，请对照证件核对`);
}

function refuse(problem: DocumentProblem, message: string): DocumentCheck {
  return { ok: false, problem, message };
}
