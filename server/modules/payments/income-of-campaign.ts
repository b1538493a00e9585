import type { LedgerEntry, Order } from './model';
import { Orders } from './model';

/** What one order brought, by fee item and by its ledger. */
export interface OrderIncome {
  orderNo: string;
  bookingId: string;
  studentId: string;
  items: { code: string; receivedFen: number; refundedFen: number }[];
}

type ThinOrder = Pick<Order, '_id' | 'bookingId' | 'studentId' | 'ledger'>;

const BATCH = 500;
const INCOME = 'income:';
/** What comes in, or turns out not to have come; everything else on an income account is a refund, or one taken back. */
const RECEIVING: readonly LedgerEntry['kind'][] = ['payment', 'accepted', 'payment-reversed'];

/** The orders of a campaign that have ever been income, streamed in batches. */
export async function* incomeOfCampaign(campaignId: string): AsyncGenerator<OrderIncome[]> {
  const orders = Orders.find(
    { campaignId, 'ledger.0': { $exists: true } },
    { bookingId: 1, studentId: 1, ledger: 1 },
  ).lean<ThinOrder[]>();
  let batch: OrderIncome[] = [];
  for await (const order of orders.cursor({ batchSize: BATCH })) {
    batch.push(incomeOf(order));
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** The same campaign's income by fee item, summed up by the database: what anything derived from the orders must tie to. */
export async function ledgerIncome(campaignId: string): Promise<Map<string, number>> {
  const rows = await Orders.aggregate<{ _id: string; fen: number }>([
    { $match: { campaignId, 'ledger.0': { $exists: true } } },
    { $project: { line: '$ledger.lines' } },
    { $unwind: '$line' },
    { $unwind: '$line' },
    { $group: { _id: '$line.account', fen: { $sum: '$line.fen' } } },
  ]);
  return new Map(
    rows.flatMap(({ _id, fen }) => (_id.startsWith(INCOME) ? [[_id.slice(INCOME.length), -fen]] : [])),
  );
}

function incomeOf({ _id, bookingId, studentId, ledger }: ThinOrder): OrderIncome {
  const items = new Map<string, { receivedFen: number; refundedFen: number }>();
  for (const { kind, lines } of ledger) {
    for (const { account, fen } of lines) {
      if (!account.startsWith(INCOME)) continue;
      const code = account.slice(INCOME.length);
      const sum = items.get(code) ?? { receivedFen: 0, refundedFen: 0 };
      items.set(code, sum);
      if (RECEIVING.includes(kind)) sum.receivedFen -= fen;
      else sum.refundedFen += fen;
    }
  }
  return {
    orderNo: _id,
    bookingId,
    studentId,
    items: [...items].map(([code, sum]) => ({ code, ...sum })),
  };
}
