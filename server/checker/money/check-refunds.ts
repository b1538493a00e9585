import type { Violation } from '../findings';
import type { Order, Refund } from '../reading/documents';
import type { Rule } from '../rules';
import { amountsOf, sumFen } from './amounts';

/** No more is given back than came in, each refund says which fee items it is of, and something moves it on. */
export function checkRefunds(order: Order): Violation[] {
  const found: Violation[] = [];
  const report = (rule: Rule, sentence: string, fen: number) =>
    found.push({ rule, subject: `order ${order.id}`, sentence, fen });
  const { received, refunded, refunding, remaining } = amountsOf(order);

  if (remaining < 0)
    report('refund-too-large', `gives back ${refunded + refunding} of ${received} fen`, remaining);
  for (const refund of order.refunds) {
    const itemsProblem = wrongItems(order, refund);
    if (itemsProblem)
      report('refund-items-off', `refund ${refund.refundNo} ${itemsProblem}`, refund.amountFen);
    const mover = MOVERS[refund.state];
    if (mover && !order.effects.some(({ kind, refundNo }) => kind === mover && refundNo === refund.refundNo))
      report(
        'refund-unwatched',
        `refund ${refund.refundNo} is ${refund.state} and no ${mover} will move it on`,
        refund.amountFen,
      );
  }
  return found;
}

/** Which effect moves a refund on from a state; those that wait for a person or are over have none. */
const MOVERS: Partial<Record<Refund['state'], string>> = {
  requested: 'send-refund',
  accepted: 'poll-refund',
};

/** Money put aside belongs to no fee item, nor did it when a refund of it was asked for before it was accepted. */
function wrongItems(order: Order, { items, amountFen }: Refund): string | null {
  if (amountFen === 0) return 'is of nothing';
  if (items.length === 0 && order.receivedInstead !== null) return null;
  const sum = sumFen(items);
  if (sum !== amountFen) return `is of ${amountFen} fen, its items of ${sum}`;
  const stranger = items.find(({ code }) => !order.items.some((item) => item.code === code));
  return stranger ? `is of item ${stranger.code}, which the order does not have` : null;
}
