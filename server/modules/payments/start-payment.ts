import { fen } from '../../../shared/domain/money';
import { addMinutes } from '../../../shared/domain/time';
import { AppError } from '../../errors';
import { actorName, type StudentActor, SYSTEM } from '../../http/actor';
import { duplicateKey } from '../../platform/mongo/failures';
import { changeRecord, insertRecord, newRecord } from '../../platform/mongo/record';
import type { WeChatPay } from '../../platform/wechat-pay/client';
import { WeChatPayError } from '../../platform/wechat-pay/errors';
import type { World } from '../../world';
import { line } from '../audit/line';
import type { Booking } from '../bookings/model';
import { placeOrder, placeOrderOnDebt, refuseUnlessPayable } from '../bookings/place-order';
import { attachOf } from './attach';
import { closeOrder } from './close-order';
import { findOrder } from './find-order';
import { type Order, Orders } from './model';
import { untouched } from './new-order';
import { notifyUrl } from './notify-url';
import { learnFromQuery } from './query-order';
import { isOver } from './totals';

const QUERY_AFTER_MS = 30_000;
const DEBT_ORDER_MINUTES = 15;

/** What the phone hands to wx.requestPayment; null when it turned out that the booking is paid already. */
export type PhonePayment = (ReturnType<WeChatPay['paymentParameters']> & { appId: string }) | null;

export interface StartedPayment {
  payment: PhonePayment;
  /** As written or read by this. */
  order: Order;
  /** Likewise; where the money is here, it may have got its place since. */
  booking: Booking;
}

/**
 * Begins to pay for a booking, or goes on where an earlier attempt stopped: the same order number until it is closed.
 * The number is on the booking before the order exists, and the order exists before WeChat hears of it, so that
 * nothing that comes back is ever unknown.
 *
 * @throws AppError HOLD_EXPIRED, ALREADY_PAID, BOOKING_NOT_ACTIVE, NOTHING_TO_PAY, PAYMENT_IN_DOUBT,
 *   UPSTREAM_UNAVAILABLE
 */
export async function startPayment(
  world: World,
  by: StudentActor,
  booking: Booking,
  pay: WeChatPay,
): Promise<StartedPayment> {
  refuseUnlessPayable(booking, world.clock.now());
  const open = await orderToPay(world, by, booking, pay);
  const order = isMoneyHere(open.order) ? open.order : await prepay(world, open.order, pay);
  if (isMoneyHere(order)) return { payment: null, order, booking: open.booking };
  // WeChat has closed it: the next tap takes a new number.
  if (!order.prepayId) throw new AppError('CHANGED_MEANWHILE');
  const payment = { appId: pay.appid, ...pay.paymentParameters(order.prepayId) };
  return { payment, order, booking: open.booking };
}

const isMoneyHere = ({ state }: Order) => state === 'paid' || state === 'quarantined';

async function orderToPay(
  world: World,
  by: StudentActor,
  booking: Booking,
  pay: WeChatPay,
): Promise<{ order: Order; booking: Booking }> {
  const current = booking.orderNo ? await findOrder(booking.orderNo) : null;
  if (booking.orderNo && !current)
    return { order: await insertOrder(world, by, booking, booking.orderNo, pay), booking };
  if (current && !isOver(current)) {
    if (current.payerOpenid === by.openid && current.expiresAt > world.clock.now())
      return { order: current, booking };
    if ((await makeWay(world, current, pay)) === 'paid')
      return { order: (await findOrder(current._id)) ?? current, booking };
  }
  const orderNo = world.ids.number();
  const place = booking.place === 'held' ? placeOrder : placeOrderOnDebt;
  const placed = await place(world, actorName(by), { booking, orderNo, instead: booking.orderNo });
  // Another tap was quicker, or the hold ended in this moment.
  if (!placed) throw new AppError('CHANGED_MEANWHILE');
  return { order: await insertOrder(world, by, placed, orderNo, pay), booking: placed };
}

/**
 * The order of somebody else who has begun to pay, or one that has expired, is closed before another takes its place:
 * WeChat's cashier opens an order only for the payer it was made for. It may turn out paid at this moment.
 *
 * @throws AppError PAYMENT_IN_DOUBT
 */
async function makeWay(world: World, order: Order, pay: WeChatPay): Promise<'closed' | 'paid'> {
  if (order.state !== 'created' && order.state !== 'prepaid') return 'paid';
  try {
    const outcome = await closeOrder(world, order, pay);
    if (outcome !== 'doubtful') return outcome;
    throw new AppError('PAYMENT_IN_DOUBT');
  } catch (cause) {
    if (cause instanceof WeChatPayError) throw new AppError('PAYMENT_IN_DOUBT', {}, { cause });
    throw cause;
  }
}

async function insertOrder(
  world: World,
  by: StudentActor,
  booking: Booking,
  orderNo: string,
  pay: WeChatPay,
): Promise<Order> {
  const now = world.clock.now();
  const order: Order = {
    ...newRecord(
      orderNo,
      line(world, actorName(by), 'order.create', { booking: booking._id, fen: booking.amountFen }),
      [world.effects.scheduled('query', 'query-order', new Date(now.getTime() + QUERY_AFTER_MS))],
    ),
    ...untouched(),
    schoolId: booking.schoolId,
    campaignId: booking.campaignId,
    bookingId: booking._id,
    studentId: booking.studentId,
    mchid: pay.mchid,
    appid: pay.appid,
    payerOpenid: by.openid,
    description: '毕业生图像采集费',
    feeItems: booking.feeItems,
    totalFen: booking.amountFen,
    state: 'created',
    createdAt: now,
    expiresAt: booking.holdExpiresAt ?? addMinutes(now, DEBT_ORDER_MINUTES),
  };
  try {
    return await insertRecord(Orders, order);
  } catch (error) {
    // A second tap resumed the same number; or the fence of a release stands there, and the hold is over.
    const other = duplicateKey(error) && (await findOrder(orderNo));
    if (!other) throw error;
    if (other.state === 'closed') throw new AppError('HOLD_EXPIRED', {}, { cause: error });
    return other;
  }
}

async function prepay(world: World, order: Order, pay: WeChatPay, again = true): Promise<Order> {
  if (order.prepayId) return order;
  try {
    const { prepayId } = await pay.prepayJsapi({
      outTradeNo: order._id,
      description: order.description,
      total: fen(order.totalFen),
      payerOpenid: order.payerOpenid,
      notifyUrl: notifyUrl(world, order.mchid, 'payment'),
      expiresAt: order.expiresAt,
      attach: attachOf(order),
    });
    const prepaid = await changeRecord(
      Orders,
      { _id: order._id, state: 'created' },
      { $set: { state: 'prepaid', prepayId } },
      line(world, SYSTEM, 'order.prepaid'),
    );
    // A callback may have been quicker than this answer: then the order is paid, and stays so.
    return prepaid ?? (await findOrder(order._id)) ?? order;
  } catch (error) {
    if (!(error instanceof WeChatPayError)) throw error;
    if (!error.outcomeUnknown && !SETTLED_THERE.has(error.code)) throw unavailable(error);
    const known = await learnFromQuery(world, order, pay).catch((cause: unknown) => {
      throw unavailable(cause);
    });
    if (known.state !== 'created') return known;
    if (!again) throw unavailable(error);
    // The same number with the same parameters is the same order, whether WeChat has heard of it or not.
    return prepay(world, known, pay, false);
  }
}

const SETTLED_THERE: ReadonlySet<string> = new Set([
  'ORDERPAID',
  'ORDER_PAID',
  'ORDER_CLOSED',
  'ORDERCLOSED',
]);

const unavailable = (cause: unknown) =>
  cause instanceof WeChatPayError ? new AppError('UPSTREAM_UNAVAILABLE', {}, { cause }) : cause;
