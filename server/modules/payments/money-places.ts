import type { MoneyPlaceName } from '../../../shared/contract/money-proof';
import type { RefundState } from '../../../shared/domain/order-state';
import type { Order } from './model';
import { partsOf, refusedParts } from './refused-refunds';

/** Money of one order and fee item in one place; the empty code for money that is of no fee item. */
export interface MoneyAtPlace {
  place: MoneyPlaceName;
  code: string;
  fen: number;
}

const PLACE_OF: Readonly<Record<Exclude<RefundState, 'closed'>, MoneyPlaceName>> = {
  requested: 'requested',
  accepted: 'accepted',
  abnormal: 'abnormal',
  succeeded: 'refunded',
};

/** Where all that ever came for an order is, each fen once. The independent proof finds the same by its own rule. */
export function placesOf(order: Pick<Order, 'state' | 'refunds' | 'ledger'>): MoneyAtPlace[] {
  const sums = new Map<string, MoneyAtPlace>();
  const put = (place: MoneyPlaceName, code: string, fen: number) => {
    const key = `${place} ${code}`;
    const known = sums.get(key) ?? { place, code, fen: 0 };
    sums.set(key, { ...known, fen: known.fen + fen });
  };
  const keep = (code: string, fen: number) => put(code === '' ? 'aside' : 'kept', code, fen);

  for (const { account, fen } of order.ledger.flatMap(({ lines }) => lines)) {
    if (account === 'suspense') keep('', -fen);
    if (account.startsWith(INCOME)) keep(account.slice(INCOME.length), -fen);
  }
  for (const refund of order.refunds) {
    if (refund.state !== 'closed') {
      for (const { code, amountFen } of partsOf(refund)) put(PLACE_OF[refund.state], code, amountFen);
      continue;
    }
    for (const { code, amountFen } of refusedParts(order, refund)) {
      put('refused', code, amountFen);
      keep(code, -amountFen);
    }
  }
  return [...sums.values()].filter(({ fen }) => fen !== 0);
}

const INCOME = 'income:';
