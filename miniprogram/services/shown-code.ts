import type { HomeView } from './types';

/** A rotating code is accepted for one step (30 s) longer than it should be shown; half of that is left for the walk. */
const GRACE_MS = 15_000;

/**
 * Which code a scanner should see now: the rotating one while it is young, else the code of the day. A phone that
 * merely gets no answers changes over by itself, without knowing that it is offline.
 *
 * @param isFresh false for an answer kept from an earlier visit
 */
export function shownCode(
  code: NonNullable<HomeView['code']>,
  { isFresh, isOffline, now }: { isFresh: boolean; isOffline: boolean; now: Date },
): { text: string; isFixed: boolean } {
  const isYoung = now.getTime() < Date.parse(code.refreshAt) + GRACE_MS;
  const isFixed = !isFresh || isOffline || !isYoung;
  return { text: isFixed ? code.fixed : code.rotating, isFixed };
}
