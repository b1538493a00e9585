import { z } from 'zod';
import type { Books } from '../books/books';
import { isPaid, type Order } from '../books/records';
import type { DemoClock } from '../clock/demo-clock';
import type { Merchant } from '../credentials/credentials';
import { payErrors } from './errors';
import { presentOrder } from './present';
import { parseBody, parseQuery } from './validate';

const owner = z.object({ mchid: z.string().min(1).max(32) });

/** `GET /v3/pay/transactions/out-trade-no/{no}` */
export function queryByOutTradeNo(outTradeNo: string, query: object, merchant: Merchant, books: Books) {
  checkOwner(parseQuery(query, owner).mchid, merchant);
  return presentOrder(orderOf(outTradeNo, merchant, books));
}

/** `GET /v3/pay/transactions/id/{id}` */
export function queryByTransactionId(transactionId: string, query: object, merchant: Merchant, books: Books) {
  checkOwner(parseQuery(query, owner).mchid, merchant);
  const order = books.orderByTransactionId(transactionId);
  if (order?.mchid !== merchant.mchid) throw payErrors.orderNotExist();
  return presentOrder(order);
}

/** `POST /v3/pay/transactions/out-trade-no/{no}/close`; closing twice is as good as once. */
export function closeOrder(
  outTradeNo: string,
  rawBody: Buffer,
  merchant: Merchant,
  books: Books,
  clock: DemoClock,
): void {
  checkOwner(parseBody(rawBody, owner).mchid, merchant);
  const order = orderOf(outTradeNo, merchant, books);
  if (isPaid(order)) throw payErrors.orderPaid();
  if (order.state === 'USERPAYING') throw payErrors.userPaying();
  if (order.state === 'CLOSED') return;
  books.keepOrder({ ...order, state: 'CLOSED', closedMs: clock.nowMs() });
}

function orderOf(outTradeNo: string, merchant: Merchant, books: Books): Order {
  const order = books.order(merchant.mchid, outTradeNo);
  if (!order) throw payErrors.orderNotExist();
  return order;
}

function checkOwner(mchid: string, merchant: Merchant): void {
  if (mchid !== merchant.mchid) throw payErrors.paramError('mchid与签名商户不一致');
}
