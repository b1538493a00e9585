import { attachOf } from '../../server/modules/payments/attach';
import { paymentEntry } from '../../server/modules/payments/ledger';
import { type Order, Orders } from '../../server/modules/payments/model';
import { untouched } from '../../server/modules/payments/new-order';
import type { DifferenceType } from '../../server/modules/reconciliation/difference';
import { insertRecord, newRecord } from '../../server/platform/mongo/record';
import type { MerchantWorld } from './merchant-world';

/** What is drawn for one thing that happens on a day. */
export interface Drawn {
  fen: number;
  /** Of the day, away from midnight and before the evening, when the clock stands. */
  minute: number;
}

/** What a match must tell of it. */
export interface Expected {
  type: DifferenceType;
  /** The narrowest number that it is about: refund, order, or WeChat's. */
  about: string;
}

/** A day on which such things happen, in WeChat's books and in ours. */
export interface Day {
  shop: MerchantWorld;
  /** "2027-03-01" */
  day: string;
}

type Story = (on: Day, drawn: Drawn) => Promise<Expected[]>;

const NOTHING: Expected[] = [];

/** What happens every day and is no difference. */
export const ordinary = {
  async sold(on: Day, drawn: Drawn) {
    await sale(on, drawn);
    return NOTHING;
  },
  async soldWithCoupon(on: Day, drawn: Drawn) {
    await sale(on, drawn, { couponFen: Math.floor(drawn.fen / 3) });
    return NOTHING;
  },
  async soldAtTheCashier({ shop }: Day, { fen }: Drawn) {
    await shop.sell(fen);
    return NOTHING;
  },
  async refunded(on: Day, drawn: Drawn) {
    await on.shop.refund((await sale(on, drawn))._id);
    return NOTHING;
  },
  async neverPaid({ shop }: Day, { fen }: Drawn) {
    await shop.order(fen);
    return NOTHING;
  },
} satisfies Record<string, Story>;

/** Each is told as what it is called here, or as the type in its name. */
export const planted = {
  async surplus(on: Day, drawn: Drawn) {
    const { outTradeNo } = await inTheBooks(on, drawn);
    return [{ type: 'surplus' as const, about: outTradeNo }];
  },
  async shortage(on: Day, drawn: Drawn) {
    const { _id } = await ours(on, drawn, paid(on, drawn));
    return [{ type: 'shortage' as const, about: _id }];
  },
  async shortage_struckOut(on: Day, drawn: Drawn) {
    const { _id } = await sale(on, drawn);
    await control(on, 'DELETE', `/books/entries/${on.shop.merchant.mchid}/${_id}`);
    return [{ type: 'shortage' as const, about: _id }];
  },
  async amount(on: Day, drawn: Drawn) {
    const { _id } = await sale(on, drawn, {}, drawn.fen + 1);
    return [{ type: 'amount' as const, about: _id }];
  },
  async amount_putAside({ shop }: Day, { fen }: Drawn) {
    const orderNo = await shop.order(fen + 100);
    await shop.pay(orderNo, { wrongAmount: fen });
    await shop.hearOf(orderNo);
    return [{ type: 'amount' as const, about: orderNo }];
  },
  async status({ shop }: Day, { fen }: Drawn) {
    const orderNo = await shop.order(fen);
    await shop.pay(orderNo);
    return [{ type: 'status' as const, about: orderNo }];
  },
  async status_ofARefund(on: Day, drawn: Drawn) {
    const { _id } = await sale(on, drawn);
    const refundNo = await on.shop.refund(_id);
    // Nobody asks WeChat any more, and no callback comes: it has arrived, and we do not know.
    await Orders.updateOne({ _id }, { $set: { effects: [] } });
    return [{ type: 'status' as const, about: refundNo }];
  },
  async fee(on: Day, drawn: Drawn) {
    const { _id } = await sale(on, drawn, { feeFen: feeOf(drawn.fen) + 1 });
    return [{ type: 'fee' as const, about: _id }];
  },
  async duplicate_payment(on: Day, drawn: Drawn) {
    const { bookingId, studentId } = await sale(on, drawn);
    const { outTradeNo } = await inTheBooks(on, drawn, { attach: attachOf({ bookingId, studentId }) });
    return [{ type: 'duplicate_payment' as const, about: outTradeNo }];
  },
  async cross_day(on: Day, drawn: Drawn) {
    const { _id } = await ours(on, drawn, { ...paid(on, drawn), paidAt: at(on, LAST_MINUTES) });
    return [{ type: 'cross_day' as const, about: _id }];
  },
  async unknown_flow(on: Day, { fen, minute }: Drawn) {
    const { businessNo } = await control<{ businessNo: string }>(on, 'POST', '/books/entries', {
      kind: 'fund-flow',
      mchid: on.shop.merchant.mchid,
      at: at(on, minute).toISOString(),
      type: minute % 2 ? '充值' : '提现',
      direction: minute % 2 ? '收入' : '支出',
      amountFen: fen,
    });
    return [{ type: 'unknown_flow' as const, about: businessNo }];
  },
  async missing_flow(on: Day, drawn: Drawn) {
    const { _id, transactionId } = await sale(on, drawn);
    await control(on, 'DELETE', `/books/fund-flow/${transactionId}`);
    const one = { type: 'missing_flow' as const, about: _id };
    // The money, and the fee where there is one.
    return feeOf(drawn.fen) > 0 ? [one, one] : [one];
  },
} satisfies Record<string, Story>;

/** 23:55 */
const LAST_MINUTES = 24 * 60 - 5;

const at = ({ day }: Day, minute: number): Date =>
  new Date(new Date(`${day}T00:00:00+08:00`).getTime() + minute * 60_000);

/** 0.60%, half up, in another way than the code under test. */
const feeOf = (fen: number): number => Math.trunc((fen * 6 + 500) / 1000);

interface Booked {
  outTradeNo: string;
  payment: { transactionId: string };
}

/** WeChat took money that nobody told us of. */
const inTheBooks = (on: Day, { fen, minute }: Drawn, more: object = {}): Promise<Booked> =>
  control(on, 'POST', '/books/entries', {
    kind: 'payment',
    mchid: on.shop.merchant.mchid,
    at: at(on, minute).toISOString(),
    totalFen: fen,
    ...more,
  });

/** Both sides have it. @param ourFen what ours says, when that is something else */
async function sale(on: Day, drawn: Drawn, more: object = {}, ourFen = drawn.fen): Promise<Order> {
  const orderNo = on.shop.world.ids.number();
  const { payment } = await inTheBooks(on, drawn, { outTradeNo: orderNo, ...more });
  const { transactionId } = payment;
  return ours(on, { ...drawn, fen: ourFen }, { ...paid(on, drawn), _id: orderNo, transactionId });
}

const paid = (on: Day, { minute }: Drawn): Partial<Order> => ({
  state: 'paid',
  paidAt: at(on, minute),
  transactionId: `4200${on.shop.world.ids.number()}`,
});

function ours({ shop: { world, merchant } }: Day, { fen }: Drawn, facts: Partial<Order>): Promise<Order> {
  const order: Order = {
    ...newRecord(world.ids.number(), {
      id: world.ids.id(),
      at: world.clock.now(),
      actor: 'test',
      verb: 'order.create',
      facts: {},
    }),
    ...untouched(),
    schoolId: merchant.schoolId,
    campaignId: merchant.schoolId,
    bookingId: world.ids.id(),
    studentId: world.ids.id(),
    mchid: merchant.mchid,
    appid: merchant.appid,
    payerOpenid: 'oSBX-story',
    description: '毕业生图像采集费',
    feeItems: [{ code: 'shot', name: '拍摄费', amountFen: fen }],
    totalFen: fen,
    createdAt: world.clock.now(),
    expiresAt: world.clock.now(),
    state: 'prepaid',
    ...facts,
  };
  const ledger = [paymentEntry(world, order, order.transactionId ?? '')];
  return insertRecord(Orders, { ...order, ledger });
}

async function control<T>({ shop }: Day, method: string, where: string, body?: unknown): Promise<T> {
  const answer = await shop.sandbox.control<T>(method, where, body);
  if (answer.status >= 400) throw new Error(`${method} ${where}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}
