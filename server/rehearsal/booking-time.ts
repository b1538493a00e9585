import { ApiError } from '../demo/api-client';
import type { Stack } from '../demo/stack';
import type { StudentPhone } from '../demo/student-phone';
import type { Cohort } from './cohorts';

export interface Player {
  cohort: Cohort;
  phone: StudentPhone;
  studentNo: string;
  bookingId: string | null;
  sessionId: string | null;
}

/** From the first login to the QR code, as far as this student goes before the day. */
export async function playBookingTime(stack: Stack, player: Player, withPhotos: boolean): Promise<void> {
  if (player.cohort === 'walk_in') return;
  const { phone } = player;
  await phone.login();
  await phone.home();
  await phone.consent();
  if (withPhotos) await phone.photographId();
  await phone.verify();
  await phone.findAndConfirm();
  const held = await phone.hold();
  player.bookingId = held.id;
  player.sessionId = held.session?.id ?? null;
  if (player.cohort === 'never_pays') return;
  if (player.cohort === 'callback_lost') {
    await payUnheard(stack, phone, held.id);
    return;
  }
  expectState(await phone.pay(held.id), 'booked');
  await phone.home();
}

/** Pays, the callback is lost, and the phone is closed before it could ask. */
async function payUnheard(stack: Stack, phone: StudentPhone, bookingId: string): Promise<void> {
  const { payment } = await phone.api.call('POST /api/me/bookings/:id/pay', { params: { id: bookingId } });
  if (!payment) throw new Error('nothing to pay with');
  const { orderNo } = (await phone.api.call('GET /api/me/orders')).orders[0] ?? {};
  await stack.sandbox.plantFault({
    service: 'callback',
    kind: 'drop',
    match: { outTradeNo: orderNo },
    times: 100,
  });
  await stack.sandbox.cashier({ ...payment, openid: phone.person.openid, outcome: 'pay' });
}

function expectState(booking: { place: string; id: string }, place: string): void {
  if (booking.place !== place) throw new Error(`booking ${booking.id} is ${booking.place}, not ${place}`);
}

/** Cancels the paid place the evening before. */
export async function playCancelling({ phone, bookingId }: Player): Promise<void> {
  if (!bookingId) throw new Error('nothing to cancel');
  const cancelled = await phone.api.call('POST /api/me/bookings/:id/cancel', {
    params: { id: bookingId },
    body: {},
  });
  expectState(cancelled, 'cancelled');
}

/** Whoever did not pay is told so, and nobody can pay after the hold. */
export async function expectReleased({ phone, bookingId }: Player): Promise<boolean> {
  if (!bookingId) throw new Error('nothing was held');
  const booking = await phone.api.call('GET /api/me/bookings/:id', { params: { id: bookingId } });
  if (booking.place !== 'released') return false;
  try {
    await phone.api.call('POST /api/me/bookings/:id/pay', { params: { id: bookingId } });
  } catch (error) {
    return error instanceof ApiError && error.code === 'HOLD_EXPIRED';
  }
  return false;
}
