import { parseYuan } from '../../../shared/domain/money';
import { addDays, atShanghai, shanghaiDay } from '../../../shared/domain/time';
import { type Column, refuseBill } from './bill-table';

/** "30.00", "-0.18000" → fen. @throws AppError BILL_REFUSED */
export function fenOf(text: string): number {
  try {
    return parseYuan(text);
  } catch (cause) {
    throw refuseBill(`金额“${text.slice(0, 20)}”读不出来`, cause);
  }
}

/**
 * A column of amounts, in fen. Most are the same as the one above.
 *
 * @throws AppError BILL_REFUSED, from the function returned
 */
export function moneyColumn(column: Column): (cells: readonly string[]) => number {
  let last = '';
  let fen = 0;
  return (cells) => {
    const text = column(cells);
    if (text !== last || text === '') {
      fen = fenOf(text);
      last = text;
    }
    return fen;
  };
}

/** Counts are written "45" or "45.0". @throws AppError BILL_REFUSED */
export function countOf(text: string): number {
  const match = /^(\d{1,15})(\.0+)?$/.exec(text);
  if (!match) throw refuseBill(`笔数“${text.slice(0, 20)}”读不出来`);
  return Number(match[1]);
}

/**
 * Reads "2022-11-19 09:05:00" (Asia/Shanghai). A bill is of one day, so its midnight is worked out once.
 *
 * @throws AppError BILL_REFUSED, from the function returned
 */
export function instantReader(): (text: string) => Date {
  let day = '';
  let midnight = 0;
  return (text) => {
    const time = TIME.exec(text);
    if (!time) throw unreadable(text);
    if (!text.startsWith(day) || day === '') {
      day = text.slice(0, 10);
      midnight = midnightOf(day, text);
    }
    const [, hours, minutes, seconds] = time;
    return new Date(midnight + (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000);
  };
}

const TIME = /^\d{4}-\d\d-\d\d (\d\d):(\d\d):(\d\d)$/;

function midnightOf(day: string, text: string): number {
  try {
    return atShanghai(day).getTime();
  } catch (cause) {
    throw unreadable(text, cause);
  }
}

const unreadable = (text: string, cause?: unknown) => refuseBill(`时间“${text.slice(0, 30)}”读不出来`, cause);

/**
 * Refuses what does not lie within the bill's day. Compared as instants: the day of each of a million rows need not be
 * spelt out.
 *
 * @throws AppError BILL_REFUSED, from the function returned
 */
export function dayChecker(day: string, what: string): (at: Date) => void {
  const begins = atShanghai(day).getTime();
  const ends = atShanghai(addDays(day, 1)).getTime();
  return (at) => {
    const instant = at.getTime();
    if (instant < begins || instant >= ends) throw refuseBill(`含有 ${shanghaiDay(at)} 的${what}`);
  };
}

/** What a footer says under a name, and what the rows say. */
export type Claim = readonly [name: string, claimed: number, counted: number];

/** @throws AppError BILL_REFUSED naming the first sum that is wrong */
export function checkClaims(claims: readonly Claim[]): void {
  const wrong = claims.find(([, claimed, counted]) => claimed !== counted);
  if (wrong) throw refuseBill(`汇总行的“${wrong[0]}”与明细合计不一致`);
}
