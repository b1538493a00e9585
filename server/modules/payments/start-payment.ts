import { fen } from '../../../shared/domain/money';
import { addMinutes } from '../../../shared/domain/time';
import { AppError } from '../../errors';
import { actorName, type StudentActor } from '../../http/actor';
import { duplicateKey } from '../../platform/mongo/failures';
import { changeRecord, insertRecord, newRecord } from '../../platform/mongo/record';
import type { WeChatPay } from '../../platform/wechat-pay/client';
import { WeChatPayError } from '../../platform/wechat-pay/errors';
import type { World } from '../../world';
import { line } from '../audit/line';
import type { Booking } from '../bookings/model';
import { placeOrder, placeOrderOnDebt, refuseUnlessPayable } from '../bookings/place-order';
import { closeOrder } from './close-order';
import { findOrder } from './find-order';
import { type Order, Orders } from './model';
import { learnFromQuery } from './query-order';

const QUERY_AFTER_MS = 30_000;
const DEBT_ORDER_MINUTES = 15;

/** What the phone hands to wx.requestPayment; null when it turned out that the booking is paid already. */
export type PhonePayment = (ReturnType<WeChatPay['paymentParameters']> & { appId: string }) | null;

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
): Promise<PhonePayment> {
  refuseUnlessPayable(booking, world.clock.now());
  const order = await orderToPay(world, by, booking, pay);
  if (order.state === 'paid' || order.state === 'quarantined') return null;
  const prepaid = await prepay(world, order, pay);
  if (!prepaid.prepayId) return null;
  return { appId: pay.appid, ...pay.paymentParameters(prepaid.prepayId) };
}

async function orderToPay(world: World, by: StudentActor, booking: Booking, pay: WeChatPay): Promise<Order> {
  const current = booking.orderNo ? await findOrder(booking.orderNo) : null;
  if (current && current.state !== 'closed' && current.expiresAt > world.clock.now()) {
    const isMine = current.payerOpenid === by.openid;
    if (isMine || (await takeOver(world, current, pay)) !== 'closed')
      return (await findOrder(current._id)) ?? current;
  }
  if (booking.orderNo && !current) return insertOrder(world, by, booking, booking.orderNo, pay);

  const orderNo = world.ids.number();
  const place = booking.place === 'held' ? placeOrder : placeOrderOnDebt;
  const placed = await place(world, actorName(by), { booking, orderNo, instead: booking.orderNo });
  // Another tap was quicker, or the hold ended in this moment.
  if (!placed) throw new AppError('CHANGED_MEANWHILE');
  return insertOrder(world, by, placed, orderNo, pay);
}

/**
 * Somebody else has begun to pay for this booking. WeChat's cashier opens an order only for the one it was made for,
 * so that order is closed first; it may turn out paid at this moment.
 *
 * @throws AppError PAYMENT_IN_DOUBT
 */
async function takeOver(world: World, order: Order, pay: WeChatPay): Promise<'closed' | 'paid'> {
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
    prepayId: null,
    paidAt: null,
    payerTotalFen: null,
    closedAt: null,
    quarantine: null,
    refunds: [],
    ledger: [],
    callbackIds: [],
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

/** The same number with the same parameters may be sent again, so an unknown outcome is simply asked once more. */
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
    });
    const prepaid = await changeRecord(
      Orders,
      { _id: order._id, state: 'created' },
      { $set: { state: 'prepaid', prepayId } },
      line(world, 'system', 'order.prepaid'),
    );
    // A callback may have been quicker than this answer: then the order is paid, and stays so.
    return prepaid ?? (await findOrder(order._id)) ?? order;
  } catch (error) {
    if (!(error instanceof WeChatPayError)) throw error;
    if (error.outcomeUnknown && again) return prepay(world, order, pay, false);
    if (error.code === 'ORDERPAID') return learnFromQuery(world, order, pay);
    throw new AppError('UPSTREAM_UNAVAILABLE', {}, { cause: error });
  }
}

/** The path names the merchant, so that a callback is verified with that merchant's keys. */
export const notifyUrl = (world: Pick<World, 'env'>, mchid: string, kind: 'payment' | 'refund'): string =>
  `${world.env.PUBLIC_URL}/callbacks/wechat-pay/${mchid}/${kind}`;
