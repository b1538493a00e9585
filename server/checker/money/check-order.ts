import type { Violation } from '../findings';
import type { Order } from '../reading/documents';
import type { Rule } from '../rules';
import { amountsOf, isOpen, sumFen } from './amounts';

/**
 * What must hold of an order by itself.
 *
 * @param merchants school of each merchant account, by mchid
 */
export function checkOrder(order: Order, merchants: ReadonlyMap<string, string>): Violation[] {
  const found: Violation[] = [];
  const report = (rule: Rule, sentence: string, fen = 0) =>
    found.push({ rule, subject: `order ${order.id}`, sentence, fen });
  const { received } = amountsOf(order);

  const items = sumFen(order.items);
  if (items !== order.totalFen)
    report('order-price-off', `costs ${order.totalFen} fen, its items ${items}`, items - order.totalFen);
  for (const contradiction of contradictions(order))
    report('order-state-off', `is ${order.state}, ${contradiction}`, received);
  if (isOpen(order) && !order.effects.some(({ kind }) => kind === 'query-order'))
    report('order-unwatched', `is ${order.state} and nothing will ever ask WeChat about it`);
  const merchantProblem = wrongMerchant(order, merchants);
  if (merchantProblem) report('order-merchant-wrong', merchantProblem, received);
  return found;
}

/** State and fields tell the same story. */
function contradictions(order: Order): string[] {
  const { state, transactionId, paidAt, prepayId, closedAt, receivedInstead, payerTotalFen } = order;
  const isPaid = state === 'paid' || state === 'quarantined';
  const { received } = amountsOf(order);
  const wrong: [boolean, string][] = [
    [isPaid && transactionId === null, 'and names no transaction'],
    [isPaid && paidAt === null, 'and does not know when it was paid'],
    [isPaid && payerTotalFen === null, 'and does not know what the payer paid'],
    [isPaid && (payerTotalFen ?? 0) > received, `and the payer paid ${payerTotalFen} of ${received} fen`],
    [!isPaid && transactionId !== null, `and names transaction ${transactionId}`],
    [!isPaid && paidAt !== null, 'and knows when it was paid'],
    [!isPaid && receivedInstead !== null, `and ${receivedInstead} fen came instead`],
    [!isPaid && order.refunds.length > 0, 'and has refunds'],
    [state === 'created' && prepayId !== null, 'and has a prepay id'],
    [state === 'prepaid' && prepayId === null, 'and has no prepay id'],
    [state === 'closed' && closedAt === null, 'and does not know when it was closed'],
    [isOpen(order) && closedAt !== null, 'and knows when it was closed'],
    [state === 'quarantined' && receivedInstead === null, 'and does not know what came'],
  ];
  return wrong.filter(([isWrong]) => isWrong).map(([, sentence]) => sentence);
}

/** One school's money never goes to another's account. An order closed before WeChat heard of it has no merchant. */
function wrongMerchant({ mchid, schoolId, state }: Order, merchants: ReadonlyMap<string, string>) {
  if (mchid === '') return state === 'closed' ? null : `is ${state} and has no merchant`;
  const school = merchants.get(mchid);
  if (school === undefined) return `names merchant ${mchid}, which nobody has`;
  return school === schoolId ? null : `of school ${schoolId} pays to merchant ${mchid} of school ${school}`;
}
