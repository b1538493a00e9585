import type { FeeItem, Order, Refund } from '../reading/documents';
import { itemsOr, refusedItems } from './amounts';

/**
 * kept: income, and nobody has asked for it back · refused: WeChat closed its refund, which wants a new one ·
 * requested, accepted, abnormal: a refund on its way, by how far · refunded: with its payer again · aside: it fits no
 * order, two people decide
 */
export type PlaceName = 'kept' | 'refused' | 'requested' | 'accepted' | 'abnormal' | 'refunded' | 'aside';

/** Money of one campaign and fee item in one place. */
export interface MoneyPlace {
  /** Empty for money that a bill brought to light. */
  campaignId: string;
  place: PlaceName;
  /** Of the fee item; empty for money that is of none. */
  code: string;
  /** A fee item's orders: one order counts in each place that has a part of it. */
  orders: number;
  fen: number;
}

/** Adds up where the money of orders is. */
export class MoneyMap {
  private readonly places = new Map<string, MoneyPlace>();

  add(order: Order): void {
    const parts = new Map<string, { place: PlaceName; code: string; fen: number }>();
    const put = (place: PlaceName, code: string, fen: number) => {
      const key = `${place} ${code}`;
      const part = parts.get(key) ?? { place, code, fen: 0 };
      part.fen += fen;
      parts.set(key, part);
    };
    const keep = (code: string, fen: number) => put(code === '' ? 'aside' : 'kept', code, fen);
    for (const refund of order.refunds) {
      const place = PLACE_OF[refund.state];
      if (place) for (const item of itemsOr(refund)) put(place, item.code, item.amountFen);
    }
    for (const { code, amountFen } of keptOf(order)) keep(code, amountFen);
    // What WeChat refused to give back is income by the ledger, and yet not ours to keep.
    for (const { code, amountFen } of refusedItems(order).values()) {
      keep(code, -amountFen);
      put('refused', code, amountFen);
    }
    for (const { place, code, fen } of parts.values()) {
      if (fen !== 0) this.count(order.campaignId, place, code, fen);
    }
  }

  /** In a fixed order. */
  all(): MoneyPlace[] {
    return [...this.places].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, place]) => place);
  }

  private count(campaignId: string, place: PlaceName, code: string, fen: number): void {
    const key = `${campaignId} ${place} ${code}`;
    const known = this.places.get(key) ?? { campaignId, place, code, orders: 0, fen: 0 };
    known.orders += 1;
    known.fen += fen;
    this.places.set(key, known);
  }
}

const PLACE_OF: Readonly<Record<Refund['state'], PlaceName | null>> = {
  requested: 'requested',
  accepted: 'accepted',
  abnormal: 'abnormal',
  succeeded: 'refunded',
  closed: null,
};

/** What is neither back nor on its way: by the ledger's accounts, which are held against the order elsewhere. */
function keptOf(order: Order): FeeItem[] {
  const kept = new Map<string, number>();
  for (const { account, fen } of order.ledger.flatMap(({ lines }) => lines)) {
    const code = account.startsWith('income:') ? account.slice('income:'.length) : null;
    if (code !== null) kept.set(code, (kept.get(code) ?? 0) - fen);
    if (account === 'suspense') kept.set('', (kept.get('') ?? 0) - fen);
  }
  return [...kept].map(([code, amountFen]) => ({ code, amountFen }));
}
