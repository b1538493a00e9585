import type { QueryFilter } from 'mongoose';
import type { MoneyPlaceName } from '../../../shared/contract/money-proof';
import type { RefundState } from '../../../shared/domain/order-state';
import { type Order, Orders } from './model';
import { placesOf } from './money-places';

export interface PlacedOrder {
  order: Order;
  /** Of the fee item, in the place. */
  fen: number;
}

interface Asked {
  schoolId: string;
  /** Empty for money that is of no campaign. */
  campaignId: string;
  place: MoneyPlaceName;
  /** Of the fee item; empty for money that is of none. */
  code: string;
}

const PIECE = 200;

/** A page of the orders that have money in a place now. @param after order number of the last one seen */
export async function ordersAtPlace(
  asked: Asked,
  { after = '', limit }: { after: string | undefined; limit: number },
): Promise<{ page: PlacedOrder[]; next: string | null }> {
  const found: PlacedOrder[] = [];
  let from = after;
  for (;;) {
    const piece = await Orders.find({ ...filterOf(asked), _id: { $gt: from } })
      .sort({ _id: 1 })
      .limit(PIECE)
      .lean<Order[]>();
    for (const order of piece) {
      const fen = fenAt(order, asked);
      if (fen === 0) continue;
      if (found.length === limit) return { page: found, next: found.at(-1)?.order._id ?? null };
      found.push({ order, fen });
    }
    if (piece.length < PIECE) return { page: found, next: null };
    from = piece.at(-1)?._id ?? from;
  }
}

const fenAt = (order: Order, { place, code }: Asked): number =>
  placesOf(order).find((part) => part.place === place && part.code === code)?.fen ?? 0;

/** Only an order with a refund in this state can have money there. */
const REFUND_OF: Readonly<Partial<Record<MoneyPlaceName, RefundState>>> = {
  requested: 'requested',
  accepted: 'accepted',
  abnormal: 'abnormal',
  refunded: 'succeeded',
  refused: 'closed',
};

function filterOf({ schoolId, campaignId, place }: Asked): QueryFilter<Order> {
  const state = REFUND_OF[place];
  if (state !== undefined)
    return { schoolId, campaignId, 'refunds.0': { $exists: true }, 'refunds.state': state };
  return place === 'aside'
    ? { schoolId, campaignId, state: { $in: ['quarantined', 'paid'] } }
    : { schoolId, campaignId, state: 'paid' };
}
