import type { Findings } from './findings';
import type { Order } from './reading/documents';
import { type Fields, read } from './reading/fields';
import { type Records, STREAMED } from './reading/records';

interface Notice {
  id: string;
  kind: 'payment' | 'refund';
  outTradeNo: string;
  transactionId: string;
  amountFen: number;
}

/**
 * Money that WeChat told of and that belonged to no record then: unexplained until a record turns out to have it
 * (a restored backup, caught up) or a person has dealt with it.
 */
export async function proveNotices(records: Records, findings: Findings): Promise<void> {
  const open = records
    .collection('orphan_notifications')
    .find({ ...records.schoolScope, resolvedAt: null }, STREAMED)
    .sort({ kind: 1, transactionId: 1 });
  let before = '';
  for await (const raw of open) {
    const reading = read(raw, noticeOf);
    if (!reading.ok) {
      report(findings, reading.id, `cannot be read: ${reading.complaint}`, 0);
      continue;
    }
    const notice = reading.value;
    const order = (await records.orders([notice.outTradeNo])).get(notice.outTradeNo);
    const key = `${notice.kind} ${notice.transactionId} ${notice.kind === 'refund' ? notice.id : ''}`;
    const isRepeat = key === before;
    before = key;
    if (isRepeat || (order && (!records.isInScope(order) || isKnown(notice, order)))) continue;
    const { kind, outTradeNo, amountFen } = notice;
    report(
      findings,
      notice.id,
      `tells of a ${kind} of ${amountFen} fen for ${outTradeNo}, which no record has`,
      amountFen,
    );
  }
}

function isKnown({ kind, transactionId, amountFen }: Notice, order: Order): boolean {
  if (kind === 'payment') return order.transactionId === transactionId;
  return order.refunds.some((refund) => refund.state !== 'requested' && refund.amountFen === amountFen);
}

function report(findings: Findings, id: string, sentence: string, fen: number): void {
  findings.add({ rule: 'notice-unresolved', subject: `notification ${id}`, sentence, fen });
}

const noticeOf = (fields: Fields): Notice => ({
  id: fields.text('_id'),
  kind: fields.oneOf('kind', ['payment', 'refund']),
  outTradeNo: fields.text('outTradeNo'),
  transactionId: fields.text('transactionId'),
  amountFen: fields.count('amountFen'),
});
