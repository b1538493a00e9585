import type { QueryFilter } from 'mongoose';
import type { MoneyPlaceName } from '../../../shared/contract/money-proof';
import type { RefundState } from '../../../shared/domain/order-state';
import { type Order, Orders, type Refund } from './model';
import { isRenewed } from './money-tasks';

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

function fenAt(order: Order, { place, code }: Asked): number {
  const state = REFUND_OF[place];
  if (state === undefined)
    return (
      -balanceOf(order, code === '' ? 'suspense' : `income:${code}`) -
      (code === '' ? 0 : refusedFen(order, code))
    );
  return place === 'refused'
    ? refusedFen(order, code)
    : sum(partsOf(order, code, (refund) => refund.state === state));
}

/** Closed by WeChat and not asked for anew: it is income by the ledger, and yet has to go back. */
const refusedFen = (order: Order, code: string): number =>
  sum(partsOf(order, code, (refund) => refund.state === 'closed' && !isRenewed(order, refund)));

const partsOf = ({ refunds }: Order, code: string, isMeant: (refund: Refund) => boolean): number[] =>
  refunds
    .filter(isMeant)
    .flatMap(({ items, amountFen }) => (items.length === 0 ? [{ code: '', amountFen }] : items))
    .filter((item) => item.code === code)
    .map(({ amountFen }) => amountFen);

const balanceOf = ({ ledger }: Order, account: string): number =>
  sum(
    ledger
      .flatMap(({ lines }) => lines)
      .filter((line) => line.account === account)
      .map(({ fen }) => fen),
  );

const sum = (parts: readonly number[]): number => parts.reduce((total, part) => total + part, 0);
