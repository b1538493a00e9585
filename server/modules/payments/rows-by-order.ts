import { BUCKETS, type Codec, packByBucket, unpackRows } from '../reconciliation/buckets';
import { openSpill } from '../reconciliation/spill';
import type { RefundNumbers } from './ask-truth';

/** What of a bill's row says that there is something to ask WeChat about. */
export interface TracedRow {
  orderNo: string;
  /** null for a payment */
  refundNo: string | null;
  /** A refund's acceptance; null where nobody tells it. */
  at: Date | null;
}

/** An order and its refunds, of whatever days their rows are. */
export interface TracedOrder {
  orderNo: string;
  refundNos: RefundNumbers;
}

/**
 * Brings together what belongs to one order, in parts of 1/64th: the rows wait in a temporary file, however many days
 * they are of. Of a refund told twice the first word counts.
 *
 * @param batches all of them are read before the first part comes: nothing counts before every bill has proved sound
 */
export async function* rowsByOrder(
  batches: AsyncIterable<readonly TracedRow[]>,
): AsyncGenerator<TracedOrder[]> {
  const spill = await openSpill();
  try {
    for await (const pack of packByBucket(batches, ({ orderNo }) => orderNo, CODEC)) await spill.add(pack);
    for (let from = 0; from < BUCKETS; from += 1) {
      const orders = new Map<string, Map<string, Date | null>>();
      for await (const bytes of spill.read({ from, to: from + 1 }))
        for (const row of await unpackRows(bytes, CODEC)) add(orders, row);
      yield [...orders].map(([orderNo, refundNos]) => ({ orderNo, refundNos }));
    }
  } finally {
    await spill.close();
  }
}

function add(orders: Map<string, Map<string, Date | null>>, { orderNo, refundNo, at }: TracedRow): void {
  const refunds = orders.get(orderNo) ?? new Map<string, Date | null>();
  orders.set(orderNo, refunds);
  if (refundNo !== null && !refunds.has(refundNo)) refunds.set(refundNo, at);
}

type Packed = [orderNo: string, refundNo: string | null, at: number | null];

const CODEC: Codec<TracedRow, Packed> = {
  pack: ({ orderNo, refundNo, at }) => [orderNo, refundNo, at?.getTime() ?? null],
  unpack: ([orderNo, refundNo, at]) => ({ orderNo, refundNo, at: at === null ? null : new Date(at) }),
};
