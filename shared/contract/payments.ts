import { z } from 'zod';
import { BookingView, OrderView } from './bookings';
import { type ContractPart, IdParams } from './endpoint';

/** The arguments of wx.requestPayment. */
export const PaymentParameters = z.object({
  appId: z.string(),
  timeStamp: z.string(),
  nonceStr: z.string(),
  package: z.string(),
  signType: z.literal('RSA'),
  paySign: z.string(),
});
export type PaymentParameters = z.infer<typeof PaymentParameters>;

export const payments = {
  'POST /api/me/bookings/:id/pay': {
    summary: 'Begin or resume paying for a held place; the same order number until it expires',
    who: ['student'],
    limit: 'write',
    params: IdParams,
    response: z.object({ booking: BookingView, payment: PaymentParameters.nullable() }),
    errors: ['HOLD_EXPIRED', 'ALREADY_PAID', 'BOOKING_NOT_ACTIVE', 'UPSTREAM_UNAVAILABLE'],
  },
  'POST /api/me/bookings/:id/payment-check': {
    summary: 'The phone says it paid (or does not know): the server asks WeChat and answers the truth',
    who: ['student'],
    limit: 'write',
    params: IdParams,
    response: BookingView,
  },
  'GET /api/me/orders': {
    summary: 'My orders with their refunds and promised dates',
    who: ['student'],
    limit: 'read',
    response: z.object({ orders: z.array(OrderView) }),
  },
} as const satisfies ContractPart;
