import { z } from 'zod';
import { BookingView, OrderView } from './bookings';
import { FeeItem } from './campaigns';
import { type ContractPart, FenAmount, IdParams } from './endpoint';

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

/** What somebody sees who pays for a walk-in: enough to know for whom, no more. */
export const PayTicketView = z.object({
  /** Masked. */
  name: z.string(),
  className: z.string(),
  campaignName: z.string(),
  feeItems: z.array(FeeItem),
  amountFen: FenAmount,
  state: z.enum(['to_pay', 'paid', 'nothing_to_pay', 'cancelled']),
});
export type PayTicketView = z.infer<typeof PayTicketView>;

const TicketParams = z.strictObject({ ticket: z.string().regex(/^[0-9A-Za-z]{32}$/) });

export const payments = {
  'POST /api/me/bookings/:id/pay': {
    summary: 'Begin or resume paying for a held place; the same order number until it expires',
    who: ['student'],
    limit: 'write',
    params: IdParams,
    response: z.object({ booking: BookingView, payment: PaymentParameters.nullable() }),
    errors: [
      'HOLD_EXPIRED',
      'ALREADY_PAID',
      'BOOKING_NOT_ACTIVE',
      'UPSTREAM_UNAVAILABLE',
      'PAYING_IMPOSSIBLE',
    ],
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
  'GET /api/me/pay-tickets/:ticket': {
    summary: 'The walk-in behind a pay code. Anybody with WeChat may ask: no verification',
    who: ['student'],
    limit: 'read',
    params: TicketParams,
    response: PayTicketView,
  },
  'POST /api/me/pay-tickets/:ticket/pay': {
    summary: 'Begin to pay for that walk-in; null when it is paid already. Takes over from another payer',
    who: ['student'],
    limit: 'write',
    params: TicketParams,
    response: z.object({ payment: PaymentParameters.nullable() }),
    errors: [
      'ALREADY_PAID',
      'NOTHING_TO_PAY',
      'BOOKING_NOT_ACTIVE',
      'PAYMENT_IN_DOUBT',
      'UPSTREAM_UNAVAILABLE',
      'PAYING_IMPOSSIBLE',
    ],
  },
  'POST /api/me/pay-tickets/:ticket/payment-check': {
    summary: 'After the cashier: the server asks WeChat and answers the truth',
    who: ['student'],
    limit: 'write',
    params: TicketParams,
    response: PayTicketView,
  },
} as const satisfies ContractPart;
