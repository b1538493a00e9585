import { type Order, Orders } from './model';

export const findOrder = (orderNo: string): Promise<Order | null> => Orders.findById(orderNo).lean<Order>();

export const findOrders = (orderNos: readonly string[]): Promise<Order[]> =>
  Orders.find({ _id: { $in: [...orderNos] } }).lean<Order[]>();

export const ordersOfBooking = (bookingId: string): Promise<Order[]> =>
  Orders.find({ bookingId }).sort({ createdAt: 1 }).lean<Order[]>();

export const ordersOfBookings = (bookingIds: readonly string[]): Promise<Order[]> =>
  Orders.find({ bookingId: { $in: [...bookingIds] } })
    .sort({ createdAt: -1 })
    .lean<Order[]>();
