import { AppError } from '../../errors';
import type { UserActor } from '../../http/actor';
import { readById } from '../../platform/mongo/by-id';
import { type Order, Orders } from './model';

export const findOrder = readById<Order>(Orders);

/** An order that something else names. @throws AppError NOT_FOUND */
export async function existingOrder(orderNo: string): Promise<Order> {
  const order = await findOrder(orderNo);
  if (!order) throw new AppError('NOT_FOUND');
  return order;
}

export const findOrders = (orderNos: readonly string[]): Promise<Order[]> =>
  Orders.find({ _id: { $in: [...orderNos] } }).lean<Order[]>();

/** @throws AppError NOT_FOUND, also for another school's */
export async function findOwnOrder(by: Pick<UserActor, 'schoolId'>, orderNo: string): Promise<Order> {
  const order = await Orders.findOne({ _id: orderNo, schoolId: by.schoolId }).lean<Order>();
  if (!order) throw new AppError('NOT_FOUND');
  return order;
}

export const ordersOfBooking = (bookingId: string): Promise<Order[]> =>
  Orders.find({ bookingId }).sort({ createdAt: 1 }).lean<Order[]>();

export const ordersOfBookings = (bookingIds: readonly string[]): Promise<Order[]> =>
  Orders.find({ bookingId: { $in: [...bookingIds] } })
    .sort({ createdAt: -1 })
    .lean<Order[]>();

/** By any number that stands on a receipt, in a bill or in WeChat's app. */
export async function ordersByNumber(schoolId: string, number: string): Promise<Order[]> {
  const ways = [{ _id: number }, { transactionId: number }, { 'refunds.refundNo': number }];
  const found = await Promise.all(ways.map((way) => Orders.find(way).limit(1).lean<Order[]>()));
  return found.flat().filter((order) => order.schoolId === schoolId);
}

const PIECE = 200;

/** Those that WeChat may know more about than we do, of one merchant; they may be changed on the way. */
export async function* unfinishedOrders(mchid: string): AsyncGenerator<Order> {
  let after = '';
  for (;;) {
    const piece = await Orders.find({ mchid, state: { $in: ['created', 'prepaid'] }, _id: { $gt: after } })
      .sort({ _id: 1 })
      .limit(PIECE)
      .lean<Order[]>();
    yield* piece;
    if (piece.length < PIECE) return;
    after = piece.at(-1)?._id ?? after;
  }
}
