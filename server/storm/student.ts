import { setTimeout as sleep } from 'node:timers/promises';
import { errors } from 'undici';
import { type Callers, Refused } from './callers';
import type { StormStudent } from './ground';
import type { Dice } from './random';

/** What a student does in the storm; whoever is refused or hears nothing for too long gives up, as people do. */
export const HABITS = ['pays', 'cancels', 'moves', 'taps twice', 'regrets', 'never pays'] as const;
export type Habit = (typeof HABITS)[number];

/** In a hundred; those who cancel are many, for the sake of refunds. */
const SHARES: Readonly<Record<Habit, number>> = {
  pays: 59,
  cancels: 23,
  moves: 4,
  'taps twice': 5,
  regrets: 6,
  'never pays': 3,
};

/** What a student will do, and for how long a booking that is paid is looked at before a change of mind, in ms. */
export interface Part {
  habit: Habit;
  readingMs: number;
}

export const drawPart = (dice: Dice): Part => ({
  habit: drawHabit(dice),
  readingMs: dice.whole(...READING_MS),
});

function drawHabit(dice: Dice): Habit {
  let place = dice.whole(1, 100);
  for (const habit of HABITS) {
    place -= SHARES[habit];
    if (place <= 0) return habit;
  }
  return 'pays';
}

const ATTEMPTS = 6;
const PAUSE_MS = 400;
/**
 * From hardly at all to a good look: most find the payment settled by then. Those who regret it do not even wait for the
 * payment.
 */
const READING_MS = [300, 5_000] as const;

/** Plays one student from the tap on a session to as far as the habit goes. */
export async function playStudent(
  callers: Callers,
  student: StormStudent,
  { habit, readingMs }: Part,
): Promise<void> {
  const { token, sessionId, otherSessionId, accountId } = student;
  const call = callers.as(token);
  const hold = () => persist(() => call('POST /api/me/bookings', { body: { sessionId } }));
  const [booking] = habit === 'taps twice' ? await Promise.all([hold(), hold()]) : [await hold()];
  if (!booking) return;
  const params = { id: booking.id };
  const cancel = () => persist(() => call('POST /api/me/bookings/:id/cancel', { params, body: {} }));
  const begin = () => persist(() => call('POST /api/me/bookings/:id/pay', { params }));

  const [begun] = habit === 'taps twice' ? await Promise.all([begin(), begin()]) : [await begin()];
  const payment = begun?.payment;
  if (!payment || habit === 'never pays') return;
  const pay = () => persist(() => callers.cashier({ ...payment, openid: `o${accountId}`, outcome: 'pay' }));
  if (habit === 'regrets') {
    await Promise.all([pay(), cancel()]);
    return;
  }
  await pay();
  if (habit === 'cancels' || habit === 'moves') await sleep(readingMs);
  if (habit === 'cancels') await cancel();
  if (habit === 'moves')
    await persist(() =>
      call('POST /api/me/bookings/:id/reschedule', { params, body: { sessionId: otherSessionId } }),
    );
}

/**
 * Presses again while nobody answers or the service is busy. What is said no to is over, and so is everything once the
 * storm was broken off.
 *
 * @returns the answer; null when refused, or when none came however often it was tried
 */
async function persist<T>(press: () => Promise<T>): Promise<T | null> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    try {
      return await press();
    } catch (error) {
      if (error instanceof Refused && error.status < 500 && !PASSING.has(error.code)) return null;
      if (error instanceof errors.ClientDestroyedError) return null;
    }
    await sleep(PAUSE_MS * attempt);
  }
  return null;
}

/** Refusals that are none: the same press a moment later goes through. */
const PASSING: ReadonlySet<string> = new Set([
  'TOO_MANY_REQUESTS',
  'CHANGED_MEANWHILE',
  'PAYMENT_IN_DOUBT',
  // Cancelled as unpaid, found to be paid, and now to be cancelled as paid.
  'ALREADY_PAID',
]);
