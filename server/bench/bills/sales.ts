import { createHash } from 'node:crypto';
import { atShanghai } from '../../../shared/domain/time';

export const DAY = '2022-11-15';
export const FEN = 3_000;
/** 0.60% */
export const FEE_FEN = 18;
/** One of so many is only WeChat's, one of so many only ours, one of so many another amount with us. */
const ODD = 3_000;

/** One payment of the day, the same however often it is asked for. */
export interface Sale {
  orderNo: string;
  wechatNo: string;
  openid: string;
  bookingId: string;
  studentId: string;
  attach: string;
  at: Date;
  /** What ours says. */
  ourFen: number;
}

export interface Odd {
  surplus: number;
  shortage: number;
  amount: number;
}

/** What the match must find, and nothing else. */
export function oddOf(count: number): Odd {
  const of = (remainder: number) => Math.floor((count - remainder - 1) / ODD) + 1;
  return { surplus: of(SURPLUS), shortage: of(SHORTAGE), amount: of(AMOUNT) };
}

const [SURPLUS, SHORTAGE, AMOUNT] = [7, 1_007, 2_007] as const;

/** @param count payments over the day, from 00:15 to 23:44 */
export const billed = (count: number) => () => sales(count, SHORTAGE);
export const known = (count: number) => () => sales(count, SURPLUS);

function* sales(count: number, without: number): Generator<Sale> {
  const begins = atShanghai(DAY, '00:15').getTime();
  const span = atShanghai(DAY, '23:44').getTime() - begins;
  for (let number = 0; number < count; number += 1) {
    if (number % ODD === without) continue;
    // Numbers are random in earnest; here they must be the same on both sides.
    const random = createHash('md5').update(`sale ${number}`).digest('hex');
    const bookingId = random.slice(0, 24);
    const studentId = random.slice(8, 32);
    yield {
      orderNo: `T${random.slice(0, 27).toUpperCase()}`,
      wechatNo: `4200001${String(number).padStart(9, '0')}${BigInt(`0x${random.slice(0, 10)}`) % 1_000_000_000_000n}`,
      openid: `oSBX${random.slice(0, 24)}`,
      bookingId,
      studentId,
      attach: `${bookingId}.${studentId}`,
      // Bills tell whole seconds.
      at: new Date(begins + Math.floor((number * span) / count / 1000) * 1000),
      ourFen: number % ODD === AMOUNT ? FEN - 100 : FEN,
    };
  }
}
