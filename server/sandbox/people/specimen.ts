import { createHash } from 'node:crypto';
import { seededRandom } from '../random';
import { nameFor } from './names';
import type { Person } from './person';

/** 5399xx is no region of GB/T 2260: nobody carries these numbers. */
const REGIONS = ['539901', '539902', '539903', '539921', '539922', '539923', '539924', '539925'];
const FIRST_BIRTHDAY = Date.UTC(1999, 8, 1);
const BIRTHDAYS = 1096;
const SEQUENCES = 999;
const COMBINATIONS = BIRTHDAYS * REGIONS.length * SEQUENCES;
/** Prime and coprime to COMBINATIONS: a stride that visits every combination once, without a visible pattern. */
const STRIDE = 5_999_993;

const BANKS = [
  { name: '样本农业银行', prefix: '622990', length: 19 },
  { name: '样本建设银行', prefix: '621991', length: 19 },
  { name: '样本工商银行', prefix: '621992', length: 19 },
  { name: '样本邮政储蓄银行', prefix: '621993', length: 19 },
  { name: '样本招商银行', prefix: '621994', length: 16 },
  { name: '样本农村信用社', prefix: '622995', length: 18 },
  { name: '样本交通银行', prefix: '622996', length: 17 },
] as const;

const STREETS = ['学府路', '采菊路', '翠湖东路', '龙泉路', '春融街', '盘江西路', '北京路', '书林街'];
const TOWNS = ['样本市春城区', '样本市滇池区', '样本市云岭县', '样本市石林镇', '样本市抚仙县'];
const DAY_MS = 86_400_000;

/**
 * The specimen with this number, the same for ever. Two seeds may meet on a document number; `salt`
 * then gives the second one another.
 */
export function specimen(seed: number, index: number, salt = 0): Person {
  const random = seededRandom(hashOf(`${seed}/${index}/${salt}`));
  const draw = <T>(choices: readonly T[]): T => {
    const choice = choices[Math.floor(random() * choices.length)];
    if (choice === undefined) throw new Error('nothing to draw from');
    return choice;
  };
  const place = (hashOf(`offset ${seed}/${salt}`) + index * STRIDE) % COMBINATIONS;
  const birthMs = FIRST_BIRTHDAY + (place % BIRTHDAYS) * DAY_MS;
  const region = REGIONS[Math.floor(place / BIRTHDAYS) % REGIONS.length] ?? '539901';
  const sequence = Math.floor(place / BIRTHDAYS / REGIONS.length) + 1;
  const sex = sequence % 2 === 1 ? '男' : '女';
  const birth = new Date(birthMs).toISOString().slice(0, 10);
  const bank = draw(BANKS);
  const issued = new Date(
    Date.UTC(2017 + Math.floor(random() * 4), Math.floor(random() * 12), 1 + Math.floor(random() * 28)),
  );

  return {
    id: personId(seed, index),
    ...nameFor(index, sex, draw),
    sex,
    birth,
    address: `样本省${draw(TOWNS)}${draw(STREETS)}${1 + Math.floor(random() * 300)}号`,
    idNumber: withIdChecksum(`${region}${birth.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`),
    idAuthority: `${draw(TOWNS).slice(0, 3)}公安局样本分局`,
    idValidity: `${dotted(issued, 0)}-${dotted(issued, 10)}`,
    phone: `19${String((hashOf(`phone ${seed}/${salt}`) + index) % 1_000_000_000).padStart(9, '0')}`,
    bankCard: cardNumber(bank.prefix, bank.length, hashOf(`card ${seed}/${salt}`) + index),
    bankName: bank.name,
    openid: `oSBX${createHash('sha256').update(`openid ${seed}/${index}`).digest('base64url').slice(0, 24)}`,
  };
}

/** Sorts as the numbers do. */
export function personId(seed: number, index: number): string {
  return `p${seed}-${String(index).padStart(6, '0')}`;
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** Appends the check character of GB 11643 to 17 digits. */
export function withIdChecksum(seventeen: string): string {
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(seventeen[place]), 0);
  return `${seventeen}${'10X98765432'[sum % 11]}`;
}

/** Whether the digits end in their Luhn check digit. */
export function passesLuhn(digits: string): boolean {
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, place) => total + luhnValue(Number(digit), place), 0);
  return sum % 10 === 0;
}

function cardNumber(prefix: string, length: number, serial: number): string {
  const body = prefix + String(serial % 1_000_000_000).padStart(length - prefix.length - 1, '0');
  const check = [...'0123456789'].find((digit) => passesLuhn(body + digit));
  return body + check;
}

function luhnValue(digit: number, place: number): number {
  if (place % 2 === 0) return digit;
  return digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
}

function hashOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0);
}

function dotted(date: Date, yearsLater: number): string {
  const [year, month, day] = date.toISOString().slice(0, 10).split('-');
  return `${Number(year) + yearsLater}.${month}.${day}`;
}
