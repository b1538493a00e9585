import { sumFen } from './money';
import type { ShanghaiDay } from './time';

/** What came in and went back. Fen. */
export interface MoneySums {
  payments: number;
  paidFen: number;
  refunds: number;
  refundedFen: number;
}

/** The footer of WeChat's trade bill of a day, or of several added up. Fen. */
export interface FooterSums extends MoneySums {
  /** 手续费总金额: what WeChat kept, less what it gave back with refunds. */
  feeFen: number;
}

/** A day of a merchant account: ours, and the footer once its bill is in. */
export interface MoneyDay {
  day: ShanghaiDay;
  ours: MoneySums;
  theirs: FooterSums | null;
}

export interface MoneyTotals {
  /** Of all the days. */
  ours: MoneySums;
  /** Of the days whose bill is in: what the footers can be held against. */
  covered: MoneySums;
  /** Of the same days; null while there is no bill at all. */
  theirs: FooterSums | null;
  /** Days on which money moved here and whose bill is not in yet. */
  missing: ShanghaiDay[];
}

export const NO_MONEY: MoneySums = { payments: 0, paidFen: 0, refunds: 0, refundedFen: 0 };

/** What is left after refunds. */
export const netFen = ({ paidFen, refundedFen }: Pick<MoneySums, 'paidFen' | 'refundedFen'>): number =>
  paidFen - refundedFen;

export const isQuiet = ({ payments, refunds }: MoneySums): boolean => payments === 0 && refunds === 0;

export function totalOf(days: readonly MoneyDay[]): MoneyTotals {
  const covered = days.filter(({ theirs }) => theirs !== null);
  const footers = days.flatMap(({ theirs }) => (theirs ? [theirs] : []));
  return {
    ours: sumOf(days.map(({ ours }) => ours)),
    covered: sumOf(covered.map(({ ours }) => ours)),
    theirs:
      footers.length === 0
        ? null
        : { ...sumOf(footers), feeFen: sumFen(footers.map(({ feeFen }) => feeFen)) },
    missing: days.filter(({ ours, theirs }) => theirs === null && !isQuiet(ours)).map(({ day }) => day),
  };
}

/** WeChat's less ours; zero when both sides agree. */
export const apart = (theirs: MoneySums, ours: MoneySums): MoneySums => ({
  payments: theirs.payments - ours.payments,
  paidFen: theirs.paidFen - ours.paidFen,
  refunds: theirs.refunds - ours.refunds,
  refundedFen: theirs.refundedFen - ours.refundedFen,
});

/** "2022-11" with its days, in their order. */
export function byMonth<Day extends { day: ShanghaiDay }>(
  days: readonly Day[],
): { month: string; days: Day[] }[] {
  const months = new Map<string, Day[]>();
  for (const one of days) {
    const month = one.day.slice(0, 7);
    const known = months.get(month);
    if (known) known.push(one);
    else months.set(month, [one]);
  }
  return [...months].map(([month, those]) => ({ month, days: those }));
}

function sumOf(parts: readonly MoneySums[]): MoneySums {
  const sum = (field: keyof MoneySums) => sumFen(parts.map((part) => part[field]));
  return {
    payments: sum('payments'),
    paidFen: sum('paidFen'),
    refunds: sum('refunds'),
    refundedFen: sum('refundedFen'),
  };
}
