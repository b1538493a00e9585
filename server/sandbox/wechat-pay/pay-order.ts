import type { Books } from '../books/books';
import { feeFen } from '../books/fees';
import type { Order, PaidOrder, Payment } from '../books/records';
import { dayOf } from '../books/time';
import type { Merchant } from '../credentials/credentials';
import { randomDigits } from '../random';
import type { Store } from '../store';
import type { Callbacks } from './callbacks';
import { presentPayment } from './present';

/** What may differ from the order when a test plants a wrong payment. */
export interface PaymentPlan {
  couponFen?: number | undefined;
  payerTotalFen?: number | undefined;
  totalFen?: number | undefined;
  currency?: string | undefined;
  payerOpenid?: string | undefined;
  appid?: string | undefined;
  mchid?: string | undefined;
}

interface Parts {
  store: Store;
  books: Books;
  callbacks: Callbacks;
}

/** The money moves: the order, the fund flow and the callback change together. */
export function payOrder(
  order: Order,
  merchant: Merchant,
  plan: PaymentPlan,
  nowMs: number,
  { store, books, callbacks }: Parts,
): PaidOrder {
  const paid = { ...order, state: 'SUCCESS' as const, payment: makePayment(order, merchant, plan, nowMs) };
  store.write(() => {
    books.keepOrder(paid);
    enterPayment(paid, books);
    callbacks.send({
      mchid: order.mchid,
      url: order.notifyUrl,
      eventType: 'TRANSACTION.SUCCESS',
      originalType: 'transaction',
      summary: '支付成功',
      plain: JSON.stringify(presentPayment(paid)),
      outTradeNo: order.outTradeNo,
    });
  });
  return paid;
}

export function makePayment(order: Order, merchant: Merchant, plan: PaymentPlan, nowMs: number): Payment {
  const totalFen = plan.totalFen ?? order.totalFen;
  const payerTotalFen = plan.payerTotalFen ?? totalFen - (plan.couponFen ?? 0);
  return {
    transactionId: `4200${randomDigits(6)}${dayOf(nowMs).replaceAll('-', '')}${randomDigits(10)}`,
    successMs: nowMs,
    totalFen,
    currency: plan.currency ?? order.currency,
    payerTotalFen,
    couponFen: totalFen - payerTotalFen,
    payerOpenid: plan.payerOpenid ?? order.openid,
    appid: plan.appid ?? order.appid,
    mchid: plan.mchid ?? order.mchid,
    bankType: 'OTHERS',
    feeFen: feeFen(totalFen, merchant.feeBasisPoints),
  };
}

export function enterPayment({ mchid, outTradeNo, payment }: PaidOrder, books: Books): void {
  const entry = {
    mchid,
    atMs: payment.successMs,
    businessNo: payment.transactionId,
    name: '交易',
    voucher: outTradeNo,
  };
  books.enter({ ...entry, type: '交易', direction: '收入', amountFen: payment.totalFen });
  if (payment.feeFen === 0) return;
  books.enter({ ...entry, type: '扣除交易手续费', direction: '支出', amountFen: payment.feeFen });
}
