import { addMinutes } from '../../../shared/domain/time';
import type { Attempt, Identity } from './model';

const DAY_MINUTES = 24 * 60;
/** UnionPay locks a card after three wrong checks in a row: we stop before. */
const WRONG_PER_CARD = 2;

const recent = (identity: Identity, now: Date): Attempt[] =>
  identity.attempts.filter(({ at, counts }) => counts && addMinutes(at, DAY_MINUTES) > now);

/** Those that the student has used up: all recent ones but what support gave back. */
const counted = (identity: Identity, now: Date): Attempt[] =>
  recent(identity, now).filter(({ at }) => !identity.attemptsFrom || at > identity.attemptsFrom);

export const attemptsLeft = (identity: Identity, allowed: number, now: Date): number =>
  Math.max(0, allowed - counted(identity, now).length);

/** When the oldest counted attempt leaves the last 24 hours; null while some are left. */
export function attemptsBackAt(identity: Identity, allowed: number, now: Date): Date | null {
  const attempts = counted(identity, now);
  if (attempts.length < allowed) return null;
  const [oldest] = attempts.map(({ at }) => at.getTime()).sort((a, b) => a - b);
  return oldest === undefined ? null : addMinutes(new Date(oldest), DAY_MINUTES);
}

/** One more wrong check could lock this card at the bank. */
export const isCardAtRisk = (identity: Identity, cardLastFour: string, now: Date): boolean =>
  recent(identity, now).filter(
    (attempt) => attempt.cardLastFour === cardLastFour && attempt.result !== 'pass',
  ).length >= WRONG_PER_CARD;
