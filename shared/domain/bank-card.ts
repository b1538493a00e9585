import { compact } from './text';

/** Debit cards (储蓄卡) for the four-factor check. The full number goes to the verifier and nowhere else. */
export type BankCardProblem = 'empty' | 'wrong_characters' | 'wrong_length' | 'wrong_check_digit';

export type BankCardCheck =
  | { ok: true; number: string }
  | { ok: false; problem: BankCardProblem; message: string };

/** 16–19 digits with a Luhn check digit. */
export function checkBankCard(text: string): BankCardCheck {
  const number = normaliseBankCard(text);
  if (number === '') return refuse('empty', '请填写本人名下储蓄卡卡号');
  if (!/^\d+$/.test(number)) return refuse('wrong_characters', '卡号只能是数字，请对照卡面核对');
  if (number.length < 16 || number.length > 19) {
    return refuse('wrong_length', `卡号应为 16–19 位，现为 ${number.length} 位，请对照卡面核对`);
  }
  if (!passesLuhn(number)) {
    return refuse('wrong_check_digit', '卡号校验不通过，有一位可能填错，请对照卡面逐位核对');
  }
  return { ok: true, number };
}

/** All that may be kept of a card number. */
export function lastFourDigits(number: string): string {
  return number.slice(-4);
}

/** `**** **** **** 1234`, the same for every card length, so that the length is not told either. */
export function maskBankCard(number: string): string {
  return `**** **** **** ${lastFourDigits(number)}`;
}

/** `6222 0212 3456 7890 123`: what the student sees while typing. */
export function groupBankCard(text: string): string {
  return (normaliseBankCard(text).match(/.{1,4}/g) ?? []).join(' ');
}

/** ISO/IEC 7812-1: counted from the right, every second digit doubled, the digit sum a multiple of ten. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let fromRight = 0; fromRight < digits.length; fromRight++) {
    const digit = Number(digits.charAt(digits.length - 1 - fromRight));
    const weighted = fromRight % 2 === 1 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0;
}

/** Half-width, without spaces and dashes, as cards print them in groups of four. */
function normaliseBankCard(text: string): string {
  return compact(text).replace(/-/g, '');
}

function refuse(problem: BankCardProblem, message: string): BankCardCheck {
  return { ok: false, problem, message };
}
