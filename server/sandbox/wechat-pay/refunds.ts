import { z } from 'zod';
import type { Books } from '../books/books';
import { feeFen } from '../books/fees';
import { isPaid, type PaidOrder, type Refund, type RefundStatus } from '../books/records';
import { dayOf } from '../books/time';
import type { DemoClock } from '../clock/demo-clock';
import type { Timers } from '../clock/timers';
import type { Merchant } from '../credentials/credentials';
import { randomDigits } from '../random';
import type { Store } from '../store';
import type { Callbacks } from './callbacks';
import { payErrors } from './errors';
import { presentRefund, presentRefundNotice } from './present';
import { bytes, canonical, fen, notifyUrl, parseBody } from './validate';

const MOST_PARTS = 50;
const PAUSE_MS = 60_000;
const REFUNDABLE_MS = 365 * 86_400_000;
const TIMER = 'refund';

const request = z
  .object({
    transaction_id: z.string().min(1).max(32).optional(),
    out_trade_no: z.string().min(6).max(32).optional(),
    out_refund_no: z.string().regex(/^[0-9A-Za-z_\-|*@]{1,64}$/, '商户退款单号为1到64位数字、字母或_-|*@'),
    reason: bytes(80).optional(),
    notify_url: notifyUrl.optional(),
    amount: z.object({ refund: fen, total: fen, currency: z.literal('CNY') }),
  })
  .refine((body) => (body.transaction_id === undefined) !== (body.out_trade_no === undefined), {
    message: 'transaction_id和out_trade_no必须二选一',
  });
type RefundRequest = z.infer<typeof request>;

const abnormal = z.object({
  out_refund_no: z.string().min(1).max(64),
  type: z.enum(['USER_BANK_CARD', 'MERCHANT_BANK_CARD']),
  bank_type: z.string().max(16).optional(),
  bank_account: z.string().max(1024).optional(),
  real_name: z.string().max(1024).optional(),
});

export interface Refunds {
  /** `POST /v3/refund/domestic/refunds` */
  request(rawBody: Buffer, merchant: Merchant, outcome?: RefundStatus): ReturnType<typeof presentRefund>;
  /** `GET /v3/refund/domestic/refunds/{out_refund_no}` */
  query(outRefundNo: string, merchant: Merchant): ReturnType<typeof presentRefund>;
  /** `POST /v3/refund/domestic/refunds/{refund_id}/apply-abnormal-refund` */
  applyAbnormal(refundId: string, rawBody: Buffer, merchant: Merchant): ReturnType<typeof presentRefund>;
  /** Decides what becomes of a refund, now or when it settles; a terminal one changes at once. */
  decide(refund: Refund, outcome: RefundStatus): Refund;
}

export interface RefundParts {
  store: Store;
  books: Books;
  clock: DemoClock;
  timers: Timers;
  callbacks: Callbacks;
  /** How long a refund stays PROCESSING, ms of the demo clock. */
  settleMs(): number;
}

export function openRefunds({ store, books, clock, timers, callbacks, settleMs }: RefundParts): Refunds {
  const settleLater = (refund: Refund) =>
    timers.schedule({ kind: TIMER, ref: refund.refundId, dueMs: clock.nowMs() + settleMs() });

  /** Happens at its hour, also when the clock has jumped past it. */
  const settle = (refundId: string, atMs: number) => {
    const refund = books.refundById(refundId);
    if (refund?.status !== 'PROCESSING' || refund.outcome === 'PROCESSING') return;
    become(refund, refund.outcome, atMs);
  };

  const become = (refund: Refund, status: RefundStatus, atMs: number): Refund => {
    const changed: Refund = {
      ...refund,
      status,
      outcome: status,
      history: [...refund.history, { status, atMs }],
      successMs: status === 'SUCCESS' ? atMs : refund.successMs,
    };
    store.write(() => {
      books.keepRefund(changed);
      if (status === 'CLOSED') takeBack(changed, books, atMs);
      if (status !== 'PROCESSING') notify(changed);
    });
    return changed;
  };

  const notify = (refund: Refund) => {
    if (refund.notifyUrl === undefined) return;
    callbacks.send({
      mchid: refund.mchid,
      url: refund.notifyUrl,
      eventType: `REFUND.${refund.status}`,
      originalType: 'refund',
      summary: { SUCCESS: '退款成功', ABNORMAL: '退款异常', CLOSED: '退款关闭', PROCESSING: '' }[
        refund.status
      ],
      plain: JSON.stringify(presentRefundNotice(refund)),
      outTradeNo: refund.outTradeNo,
      outRefundNo: refund.outRefundNo,
    });
  };

  const orderFor = (wanted: RefundRequest, merchant: Merchant): PaidOrder => {
    const order =
      wanted.transaction_id === undefined
        ? books.order(merchant.mchid, wanted.out_trade_no ?? '')
        : books.orderByTransactionId(wanted.transaction_id);
    if (order?.mchid !== merchant.mchid) throw payErrors.resourceNotExists('订单不存在');
    if (!isPaid(order)) throw payErrors.invalidRequest('订单未支付，不可退款');
    return order;
  };

  const accept = (wanted: RefundRequest, order: PaidOrder, merchant: Merchant, outcome: RefundStatus) => {
    const nowMs = clock.nowMs();
    checkRefundable(wanted, order, books, nowMs);
    const refund = newRefund(wanted, order, merchant, outcome, nowMs);
    if (books.availableFen(merchant.mchid) < refund.refundFen - refund.feeFen) throw payErrors.notEnough();
    store.write(() => {
      books.keepRefund(refund);
      books.keepOrder({
        ...order,
        refunds: [...order.refunds, refund.outRefundNo],
        refundedFen: order.refundedFen + refund.refundFen,
      });
      payBack(refund, books);
      settleLater(refund);
    });
    return refund;
  };

  timers.handle(TIMER, ({ ref, dueMs }) => settle(ref, dueMs));

  return {
    request(rawBody, merchant, outcome = 'SUCCESS') {
      const wanted = parseBody(rawBody, request);
      const known = books.refund(merchant.mchid, wanted.out_refund_no);
      if (known && known.requestText !== canonical(wanted)) {
        throw payErrors.invalidRequest('同一商户退款单号的请求参数与之前不一致，请核实后再试');
      }
      if (known) return presentRefund(known);
      return presentRefund(accept(wanted, orderFor(wanted, merchant), merchant, outcome));
    },
    query(outRefundNo, merchant) {
      const refund = books.refund(merchant.mchid, outRefundNo);
      if (!refund) throw payErrors.resourceNotExists('退款单不存在');
      return presentRefund(refund);
    },
    applyAbnormal(refundId, rawBody, merchant) {
      const wanted = parseBody(rawBody, abnormal);
      const refund = books.refundById(refundId);
      if (refund?.mchid !== merchant.mchid || refund.outRefundNo !== wanted.out_refund_no) {
        throw payErrors.resourceNotExists('退款单不存在');
      }
      if (refund.status !== 'ABNORMAL') throw payErrors.invalidRequest('退款单状态不是退款异常');
      const again = { ...become(refund, 'PROCESSING', clock.nowMs()), outcome: 'SUCCESS' as const };
      store.write(() => {
        books.keepRefund(again);
        settleLater(again);
      });
      return presentRefund(again);
    },
    decide(refund, outcome) {
      if (refund.status === outcome) return refund;
      const settled = { ...refund, outcome };
      store.write(() => books.keepRefund(settled));
      return outcome === 'PROCESSING' ? settled : become(settled, outcome, clock.nowMs());
    },
  };
}

function checkRefundable(wanted: RefundRequest, order: PaidOrder, books: Books, nowMs: number): void {
  const { refund, total } = wanted.amount;
  if (total !== order.payment.totalFen)
    throw payErrors.invalidRequest('订单金额与支付时不一致，请核实后再试');
  if (order.refundedFen + refund > total) throw payErrors.invalidRequest('申请退款金额大于订单剩余可退金额');
  if (nowMs - order.payment.successMs > REFUNDABLE_MS) throw payErrors.invalidRequest('订单已超过可退款期限');
  if (order.refunds.length >= MOST_PARTS) throw payErrors.invalidRequest('订单退款次数已达50次');
  const last = books.refund(order.mchid, order.refunds.at(-1) ?? '');
  if (last && nowMs - last.createdMs < PAUSE_MS) {
    throw payErrors.rateLimitExceeded('同一订单的退款需间隔1分钟以上');
  }
}

function newRefund(
  wanted: RefundRequest,
  order: PaidOrder,
  merchant: Merchant,
  outcome: RefundStatus,
  nowMs: number,
): Refund {
  const { refund } = wanted.amount;
  const { payment } = order;
  return {
    mchid: order.mchid,
    outRefundNo: wanted.out_refund_no,
    refundId: `5030${randomDigits(6)}${dayOf(nowMs).replaceAll('-', '')}${randomDigits(10)}`,
    outTradeNo: order.outTradeNo,
    transactionId: payment.transactionId,
    refundFen: refund,
    totalFen: payment.totalFen,
    couponTotalFen: payment.couponFen,
    couponFen: Math.floor((payment.couponFen * refund) / payment.totalFen),
    feeFen: feeFen(refund, merchant.feeBasisPoints),
    reason: wanted.reason,
    notifyUrl: wanted.notify_url,
    requestText: canonical(wanted),
    createdMs: nowMs,
    status: 'PROCESSING',
    history: [{ status: 'PROCESSING', atMs: nowMs }],
    outcome,
  };
}

function payBack(refund: Refund, books: Books): void {
  const entry = flowEntry(refund, refund.createdMs);
  books.enter({ ...entry, type: '退款', direction: '支出', amountFen: refund.refundFen });
  if (refund.feeFen === 0) return;
  books.enter({ ...entry, type: '退还交易手续费', direction: '收入', amountFen: refund.feeFen });
}

/** A closed refund returns the money to the merchant and the fee to WeChat Pay. */
function takeBack(refund: Refund, books: Books, atMs: number): void {
  const entry = flowEntry(refund, atMs);
  books.enter({ ...entry, type: '退款关闭', direction: '收入', amountFen: refund.refundFen });
  if (refund.feeFen > 0) {
    books.enter({ ...entry, type: '扣除交易手续费', direction: '支出', amountFen: refund.feeFen });
  }
  const order = books.order(refund.mchid, refund.outTradeNo);
  if (order) books.keepOrder({ ...order, refundedFen: order.refundedFen - refund.refundFen });
}

function flowEntry(refund: Refund, atMs: number) {
  return {
    mchid: refund.mchid,
    atMs,
    businessNo: refund.refundId,
    name: '退款',
    voucher: refund.outRefundNo,
  };
}
