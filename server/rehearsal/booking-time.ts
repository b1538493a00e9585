import type { BookingView } from '../../shared/contract/bookings';
import { ApiError } from '../demo/api-client';
import type { Stack } from '../demo/stack';
import type { StudentPhone } from '../demo/student-phone';
import { expectRefused } from './expect-refused';
import type { Player } from './player';

/** From the first login to the QR code, as far as this student goes before the day. */
export async function playBookingTime(stack: Stack, player: Player, withPhotos: boolean): Promise<void> {
  const { phone, cohort } = player;
  if (cohort === 'owes' || cohort === 'paid_by_another') return;
  await phone.login();
  await phone.home();
  if (cohort === 'lost_id') {
    await goOnSite(phone);
    return;
  }
  await phone.consent();
  if (withPhotos) await phone.photographId();
  if (cohort === 'unverified') await goUnverified(player);
  else await phone.verify();
  await phone.findAndConfirm();
  await holdPlace(player);
  if (cohort === 'never_pays' || cohort === 'pays_late') return;
  if (cohort === 'callback_lost') await payUnheard(stack, player);
  else await payInTime(player);
}

async function goOnSite(phone: StudentPhone): Promise<void> {
  await phone.api.call('POST /api/me/verification/on-site', {
    body: { campaignId: phone.campaignId, reason: 'lost_id' },
  });
  const { card } = await phone.home();
  if (card.kind !== 'on_site') throw new Error(`who lost the ID card is shown ${card.kind}`);
}

const UNKNOWN_PHONE = '13800000000';

/** Twice with a phone that the bank does not know, once with a friend's card: no attempt is left, so without the bank. */
async function goUnverified({ phone, friend }: Player): Promise<void> {
  const { campaignId, person } = phone;
  for (const wrong of [{ phone: UNKNOWN_PHONE }, { phone: UNKNOWN_PHONE }, { bankCard: friend.bankCard }]) {
    await expectRefused(['VERIFICATION_FAILED'], () => phone.verify(wrong));
  }
  await phone.api.call('POST /api/me/verification/unverified', {
    body: {
      campaignId,
      name: person.name,
      documentType: 'resident_id',
      documentNumber: person.idNumber,
    },
  });
}

async function holdPlace(player: Player): Promise<void> {
  const held = await player.phone.hold();
  player.bookingId = held.id;
  player.sessionId = held.session?.id ?? null;
}

async function payInTime({ phone, bookingId }: Player): Promise<void> {
  if (!bookingId) throw new Error('nothing to pay for');
  expectPlace(await phone.pay(bookingId), 'booked');
  await phone.home();
}

/** Pays, the callback is lost, and the phone is closed before it could ask. */
async function payUnheard(stack: Stack, { phone, bookingId }: Player): Promise<void> {
  if (!bookingId) throw new Error('nothing to pay for');
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

/** Whoever let the first hold run out finds a free place again, and pays this time. */
export async function playPayingLate(player: Player): Promise<void> {
  await holdPlace(player);
  await payInTime(player);
}

/** Cancels the paid place the evening before. */
export async function playCancelling({ phone, bookingId }: Player): Promise<void> {
  if (!bookingId) throw new Error('nothing to cancel');
  const cancelled = await phone.api.call('POST /api/me/bookings/:id/cancel', {
    params: { id: bookingId },
    body: {},
  });
  expectPlace(cancelled, 'cancelled');
}

/** Whoever did not pay is told so, and nobody can pay after the hold. */
export async function isReleased({ phone, bookingId }: Player): Promise<boolean> {
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

function expectPlace({ id, place }: BookingView, expected: BookingView['place']): void {
  if (place !== expected) throw new Error(`booking ${id} is ${place}, not ${expected}`);
}
