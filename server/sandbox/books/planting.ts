import { z } from 'zod';
import type { Bills } from '../bills/bills';
import type { Merchant } from '../credentials/credentials';
import { randomDigits, randomHex, randomText } from '../random';
import type { Store } from '../store';
import { enterPayment, makePayment } from '../wechat-pay/pay-order';
import type { Books } from './books';
import type { FlowEntry, Order, PaidOrder } from './records';
import { dayOf } from './time';

const instant = z.iso.datetime({ offset: true });
export const plantedEntry = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('payment'),
    mchid: z.string(),
    at: instant,
    totalFen: z.number().int().positive(),
    outTradeNo: z.string().optional(),
    openid: z.string().optional(),
    description: z.string().optional(),
    attach: z.string().max(128).optional(),
    couponFen: z.number().int().nonnegative().optional(),
    /** Other than the contract has it. */
    feeFen: z.number().int().nonnegative().optional(),
  }),
  z.strictObject({
    kind: z.literal('fund-flow'),
    mchid: z.string(),
    at: instant,
    type: z.string().min(1),
    direction: z.enum(['收入', '支出']),
    amountFen: z.number().int().positive(),
  }),
]);
type PlantedEntry = z.infer<typeof plantedEntry>;

export interface Planting {
  /** Books what no merchant's system knows of (长款). */
  plant(entry: PlantedEntry, merchant: Merchant): PaidOrder | FlowEntry;
  /** Strikes a payment out of the books, with its refunds' money (短款). */
  strikeOut(order: Order): void;
  /** Takes the movements of one transaction out again and leaves the trade as it is. */
  unmove(order: PaidOrder): void;
  /** Books a payment at another instant than the merchant was told, as over midnight (跨日). */
  rebook(order: PaidOrder, at: string): PaidOrder;
  /** Books `count` payments over a day, in steps that let others in. */
  bulk(order: BulkOrder, merchant: Merchant): Promise<void>;
}

interface PlantedPlan {
  couponFen?: number | undefined;
  feeFen?: number | undefined;
}

interface BulkOrder {
  day: string;
  count: number;
  totalFen: number;
}

interface Parts {
  store: Store;
  books: Books;
  bills: Bills;
}

const BULK_STEP = 2_000;
const DAY_MS = 86_400_000;

/** Makes WeChat's books differ from a merchant's, as they sometimes do. */
export function openPlanting({ store, books, bills }: Parts): Planting {
  const pay = (order: Order, merchant: Merchant, atMs: number, plan: PlantedPlan = {}): PaidOrder => {
    const { feeFen, ...rest } = plan;
    const asAgreed = makePayment(order, merchant, rest, atMs);
    const payment = feeFen === undefined ? asAgreed : { ...asAgreed, feeFen };
    const paid: PaidOrder = { ...order, state: 'SUCCESS', payment };
    books.keepOrder(paid);
    enterPayment(paid, books);
    return paid;
  };

  const plantPayment = (entry: Extract<PlantedEntry, { kind: 'payment' }>, merchant: Merchant) => {
    const { at, totalFen, outTradeNo = `X${randomText(20)}`, openid = 'oSBX-unknown' } = entry;
    const { description, attach, couponFen, feeFen } = entry;
    const wish = { outTradeNo, totalFen, openid, description, attach };
    const order = orderFor(merchant, wish, Date.parse(at));
    return store.write(() => pay(order, merchant, Date.parse(at), { couponFen, feeFen }));
  };

  return {
    plant(entry, merchant) {
      bills.forget(merchant.mchid, dayOf(Date.parse(entry.at)));
      if (entry.kind === 'payment') return plantPayment(entry, merchant);
      const { mchid, type, direction, amountFen } = entry;
      const businessNo = `7000${randomDigits(24)}`;
      const atMs = Date.parse(entry.at);
      return books.enter({ mchid, atMs, type, direction, amountFen, businessNo, name: type, voucher: '' });
    },
    strikeOut(order) {
      store.write(() => {
        books.forgetOrder(order);
        if (!order.payment) return;
        bills.forget(order.mchid, dayOf(order.payment.successMs));
        books.forgetFlow(order.mchid, order.payment.transactionId);
      });
    },
    unmove({ mchid, payment }) {
      bills.forget(mchid, dayOf(payment.successMs));
      books.forgetFlow(mchid, payment.transactionId);
    },
    rebook(order, at) {
      const rebooked = { ...order, payment: { ...order.payment, successMs: Date.parse(at) } };
      store.write(() => {
        for (const { payment } of [order, rebooked]) bills.forget(order.mchid, dayOf(payment.successMs));
        books.forgetOrder(order);
        books.forgetFlow(order.mchid, order.payment.transactionId);
        books.keepOrder(rebooked);
        enterPayment(rebooked, books);
      });
      return rebooked;
    },
    async bulk({ day, count, totalFen }, merchant) {
      bills.forget(merchant.mchid, day);
      const startMs = Date.parse(`${day}T00:00:00+08:00`);
      const batch = randomText(6);
      for (let from = 0; from < count; from += BULK_STEP) {
        store.write(() => {
          for (let number = from; number < Math.min(count, from + BULK_STEP); number += 1) {
            const atMs = startMs + Math.floor((number * DAY_MS) / count);
            const outTradeNo = `B${batch}${String(number).padStart(8, '0')}`;
            pay(
              orderFor(merchant, { outTradeNo, totalFen, openid: `oSBX-bulk-${number}` }, atMs),
              merchant,
              atMs,
            );
          }
        });
        await new Promise(setImmediate);
      }
    },
  };
}

function orderFor(
  merchant: Merchant,
  wish: {
    outTradeNo: string;
    totalFen: number;
    openid: string;
    description?: string | undefined;
    attach?: string | undefined;
  },
  atMs: number,
): Order {
  return {
    mchid: merchant.mchid,
    appid: merchant.appid,
    outTradeNo: wish.outTradeNo,
    description: wish.description ?? '图像采集费',
    attach: wish.attach,
    notifyUrl: '',
    totalFen: wish.totalFen,
    currency: 'CNY',
    openid: wish.openid,
    requestText: '',
    prepayId: `wx-planted-${randomHex(12)}`,
    prepaidMs: atMs,
    createdMs: atMs,
    state: 'NOTPAY',
    refunds: [],
    refundedFen: 0,
  };
}
