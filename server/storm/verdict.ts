import { FAULT_CLASSES } from './schedule';
import type { StormResult } from './storm';

/** From this length on a storm must also have been one. */
const FULL_SECONDS = 60;
const LEAST = { orders: 2_000, refunds: 500, kills: 5, faultsOfAClass: 20 } as const;

/** Why a storm does not count as weathered, in sentences; empty when it does. */
export function shortfalls(result: StormResult): string[] {
  const { seats, money, unsettled, orders, refunds, kills, faults, seconds } = result;
  const found = [
    ...nonZero('oversold seats', seats.oversold),
    ...nonZero('leaked seats', seats.leaked),
    ...nonZero('duplicates', seats.duplicates),
    ...nonZero('unexplained fen', money.unexplained),
    ...nonZero('unsettled', unsettled),
  ];
  if (seconds < FULL_SECONDS) return found;
  return [
    ...found,
    ...tooFew('orders', orders, LEAST.orders),
    ...tooFew('refunds', refunds, LEAST.refunds),
    ...tooFew('kills', kills, LEAST.kills),
    ...FAULT_CLASSES.flatMap((kind) => tooFew(kind, faults[kind], LEAST.faultsOfAClass)),
  ];
}

const nonZero = (what: string, count: number): string[] =>
  count === 0 ? [] : [`${what}: ${count}, must be 0`];

const tooFew = (what: string, count: number, least: number): string[] =>
  count >= least ? [] : [`${what}: ${count}, must be at least ${least}`];
