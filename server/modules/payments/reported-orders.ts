import type { QueryFilter } from 'mongoose';
import { type FeeItem, type LedgerEntry, type Order, Orders, type Refund } from './model';

/** What reports read of an order: nothing of its payer, its trail or its callbacks. */
export type ReportedOrder = Pick<
  Order,
  | '_id'
  | 'campaignId'
  | 'bookingId'
  | 'studentId'
  | 'feeItems'
  | 'totalFen'
  | 'state'
  | 'transactionId'
  | 'paidAt'
  | 'quarantine'
  | 'refunds'
> & { ledger: Pick<LedgerEntry, 'kind' | 'lines'>[] };

/** Days of a merchant account, [from, to), or one campaign's part of them. */
export interface OrderSpan {
  mchid: string;
  campaignId: string | undefined;
  from: Date;
  to: Date;
}

export interface ItemPart {
  /** Empty for money that is of no fee item. */
  code: string;
  name: string;
  fen: number;
}

const FIELDS = {
  campaignId: 1,
  bookingId: 1,
  studentId: 1,
  feeItems: 1,
  totalFen: 1,
  state: 1,
  transactionId: 1,
  paidAt: 1,
  quarantine: 1,
  refunds: 1,
  'ledger.kind': 1,
  'ledger.lines': 1,
} as const;

const BATCH = 500;

/** Paid in the span, in batches, in no particular order. */
export const paidOrders = (span: OrderSpan): AsyncGenerator<ReportedOrder[]> => batches(paidIn(span));

/** With a refund that WeChat took in the span. */
export const refundedOrders = ({ from, to, ...span }: OrderSpan): AsyncGenerator<ReportedOrder[]> =>
  batches({ ...whose(span), refunds: { $elemMatch: { acceptedAt: { $gte: from, $lt: to } } } });

/** With a refund asked for in the span that WeChat has not taken. */
export const waitingOrders = ({ from, to, ...span }: OrderSpan): AsyncGenerator<ReportedOrder[]> =>
  batches({
    ...whose(span),
    'refunds.0': { $exists: true },
    refunds: { $elemMatch: { acceptedAt: null, requestedAt: { $gte: from, $lt: to } } },
  });

/** A page of what was paid in the span, by the time of payment. */
export async function paidPage(
  span: OrderSpan,
  after: { paidAt: Date; orderNo: string } | null,
  limit: number,
): Promise<ReportedOrder[]> {
  const later = after && {
    $or: [{ paidAt: { $gt: after.paidAt } }, { paidAt: after.paidAt, _id: { $gt: after.orderNo } }],
  };
  return Orders.find({ ...paidIn(span), ...later }, FIELDS)
    .sort({ paidAt: 1, _id: 1 })
    .limit(limit)
    .lean<ReportedOrder[]>();
}

/** Orders of some bookings that this account took money for. */
export const paidOrdersOfBookings = (
  mchid: string,
  bookingIds: readonly string[],
): Promise<ReportedOrder[]> =>
  Orders.find({ bookingId: { $in: [...bookingIds] }, mchid, paidAt: { $ne: null } }, FIELDS)
    .sort({ paidAt: 1, _id: 1 })
    .lean<ReportedOrder[]>();

/** Orders of a campaign that this account took money for. */
export const paidOrdersOfCampaign = (mchid: string, campaignId: string): AsyncGenerator<ReportedOrder[]> =>
  batches({ campaignId, mchid, state: { $in: ['paid', 'quarantined'] } });

/** What came, by fee item as the ledger has it; what is of none of them last. */
export function receivedParts(order: ReportedOrder): ItemPart[] {
  const came = order.quarantine?.receivedFen ?? order.totalFen;
  const income = new Map<string, number>();
  for (const { kind, lines } of order.ledger) {
    if (kind !== 'payment' && kind !== 'accepted' && kind !== 'payment-reversed') continue;
    for (const { account, fen } of lines) {
      if (!account.startsWith('income:')) continue;
      const code = account.slice('income:'.length);
      income.set(code, (income.get(code) ?? 0) - fen);
    }
  }
  const parts = [...income].map(([code, fen]) => ({ code, name: nameOf(order.feeItems, code), fen }));
  return withRest(parts, came);
}

/** What a refund gives back, by fee item; of none when it was money put aside. */
export const refundParts = ({ feeItems }: ReportedOrder, { items, amountFen }: Refund): ItemPart[] =>
  withRest(
    items.map(({ code, amountFen: fen }) => ({ code, name: nameOf(feeItems, code), fen })),
    amountFen,
  );

function withRest(parts: readonly ItemPart[], whole: number): ItemPart[] {
  const rest = whole - parts.reduce((sum, { fen }) => sum + fen, 0);
  return [...parts, { code: '', name: '', fen: rest }].filter(({ fen }) => fen !== 0);
}

const nameOf = (items: readonly FeeItem[], code: string): string =>
  items.find((item) => item.code === code)?.name ?? code;

const whose = ({ mchid, campaignId }: Omit<OrderSpan, 'from' | 'to'>): QueryFilter<Order> => ({
  mchid,
  ...(campaignId === undefined ? {} : { campaignId }),
});

const paidIn = ({ from, to, ...span }: OrderSpan): QueryFilter<Order> => ({
  ...whose(span),
  paidAt: { $gte: from, $lt: to },
});

async function* batches(filter: QueryFilter<Order>): AsyncGenerator<ReportedOrder[]> {
  let batch: ReportedOrder[] = [];
  const found = Orders.find(filter, FIELDS).lean<ReportedOrder[]>();
  for await (const order of found.cursor({ batchSize: BATCH })) {
    batch.push(order);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
