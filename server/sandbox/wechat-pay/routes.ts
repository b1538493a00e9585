import type Router from '@koa/router';
import { z } from 'zod';
import type { Books } from '../books/books';
import { isPaid } from '../books/records';
import type { DemoClock } from '../clock/demo-clock';
import { bodyOf, refuse } from '../control/requests';
import type { Credentials } from '../credentials/credentials';
import type { Store } from '../store';
import type { Callbacks } from './callbacks';
import { cashierVisit, openCashier } from './cashier';
import { payOrder } from './pay-order';
import { presentOrder, presentRefund } from './present';
import type { Refunds } from './refunds';

const plan = z.strictObject({
  couponFen: z.number().int().nonnegative().optional(),
  payerTotalFen: z.number().int().nonnegative().optional(),
  wrongAmount: z.number().int().positive().optional(),
  transactionCurrency: z.string().optional(),
  otherOpenid: z.string().optional(),
  otherAppid: z.string().optional(),
  otherMchid: z.string().optional(),
});
const stateChange = z.strictObject({ state: z.enum(['NOTPAY', 'USERPAYING', 'PAYERROR']) });
const outcome = z.strictObject({ outcome: z.enum(['SUCCESS', 'ABNORMAL', 'CLOSED', 'PROCESSING']) });

export interface PayRouteParts {
  store: Store;
  books: Books;
  callbacks: Callbacks;
  clock: DemoClock;
  credentials: Credentials;
  refunds: Refunds;
}

/** What people do with money: customers at the cashier, and tests that plant the unusual. */
export function payRoutes(router: Router, parts: PayRouteParts): void {
  const { books, clock, credentials, refunds } = parts;

  router.post('/pay/cashier', (context) => {
    const visit = bodyOf(context, cashierVisit);
    const result = openCashier(visit, books, credentials, clock);
    if (!result.ok) {
      context.body = { errMsg: result.errMsg, reason: result.reason };
      return;
    }
    payOrder(result.order, result.merchant, { couponFen: visit.couponFen }, clock.nowMs(), parts);
    context.body = { errMsg: 'requestPayment:ok' };
  });

  router.post('/pay/orders/:mchid/:outTradeNo/pay', (context) => {
    const { order, merchant } = orderOf(context.params);
    if (isPaid(order)) refuse(409, 'this order has been paid');
    const { wrongAmount, transactionCurrency, otherOpenid, otherAppid, otherMchid, ...rest } = bodyOf(
      context,
      plan,
    );
    const paid = payOrder(
      order,
      merchant,
      {
        ...rest,
        totalFen: wrongAmount,
        currency: transactionCurrency,
        payerOpenid: otherOpenid,
        appid: otherAppid,
        mchid: otherMchid,
      },
      clock.nowMs(),
      parts,
    );
    context.body = presentOrder(paid);
  });

  router.post('/pay/orders/:mchid/:outTradeNo/state', (context) => {
    const { order } = orderOf(context.params);
    if (isPaid(order)) refuse(409, 'this order has been paid');
    const changed = { ...order, state: bodyOf(context, stateChange).state };
    books.keepOrder(changed);
    context.body = presentOrder(changed);
  });

  router.post('/refunds/:id/outcome', (context) => {
    const refund = findRefund(context.params.id ?? '');
    context.body = presentRefund(refunds.decide(refund, bodyOf(context, outcome).outcome));
  });

  const orderOf = (params: Record<string, string>) => {
    const merchant = credentials.merchant(params.mchid ?? '');
    const order = books.order(params.mchid ?? '', params.outTradeNo ?? '');
    if (!merchant || !order) refuse(404, `no order ${params.outTradeNo} of merchant ${params.mchid}`);
    return { order, merchant };
  };

  const findRefund = (id: string) => {
    const byNumber = credentials.merchants().map(({ mchid }) => books.refund(mchid, id));
    return books.refundById(id) ?? byNumber.find((refund) => refund) ?? refuse(404, `no refund ${id}`);
  };
}
