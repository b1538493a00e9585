import type { Db } from 'mongodb';
import type { Books, OrderDocument } from './documents';
import type { Findings } from './findings';

/**
 * Our records against WeChat's, both ways.
 *
 * @param settled everything must have arrived: what is in transit counts as unexplained
 */
export async function proveBooks(
  db: Db,
  books: Books,
  findings: Findings,
  settled: boolean,
): Promise<{ fees: number; inTransit: number }> {
  const payments = new Map(
    books.orders.flatMap((order) => (order.payment ? [[order.outTradeNo, order.payment] as const] : [])),
  );
  const refunds = new Map(books.refunds.map((refund) => [refund.outRefundNo, refund]));
  let inTransit = 0;

  for await (const order of db.collection<OrderDocument>('orders').find()) {
    const name = `order ${order._id}`;
    const received = order.state === 'paid' ? order.totalFen : (order.quarantine?.receivedFen ?? 0);
    const payment = payments.get(order._id);
    payments.delete(order._id);
    if (received > 0 && !payment)
      findings.add('unexplained', name, 'is paid here and not at WeChat', received);
    if (received === 0 && payment) {
      inTransit += payment.totalFen;
      if (settled)
        findings.add('unexplained', name, `is paid at WeChat and ${order.state} here`, payment.totalFen);
    }
    if (
      received > 0 &&
      payment &&
      (payment.totalFen !== received || payment.transactionId !== order.transactionId)
    ) {
      findings.add(
        'unexplained',
        name,
        `${received} fen here, ${payment.totalFen} at WeChat`,
        payment.totalFen - received || received,
      );
    }
    for (const refund of order.refunds) {
      const theirs = refunds.get(refund.refundNo);
      refunds.delete(refund.refundNo);
      if (refund.state === 'requested' && !theirs) {
        inTransit += refund.amountFen;
        if (settled) findings.add('unexplained', name, 'a refund never reached WeChat', refund.amountFen);
        continue;
      }
      if (!theirs || theirs.refundFen !== refund.amountFen) {
        findings.add(
          'unexplained',
          name,
          `refund ${refund.refundNo}: ${refund.amountFen} fen here, ${theirs?.refundFen ?? 0} at WeChat`,
          refund.amountFen - (theirs?.refundFen ?? 0),
        );
        continue;
      }
      if ((theirs.status === 'SUCCESS') !== (refund.state === 'succeeded')) {
        inTransit += refund.amountFen;
        if (settled)
          findings.add(
            'unexplained',
            name,
            `refund is ${theirs.status} at WeChat and ${refund.state} here`,
            refund.amountFen,
          );
      }
    }
  }
  for (const [number, payment] of payments)
    findings.add(
      'unexplained',
      `transaction ${payment.transactionId}`,
      `WeChat has a payment for ${number}, which nobody here knows`,
      payment.totalFen,
    );
  for (const [number, refund] of refunds)
    findings.add(
      'unexplained',
      `refund ${refund.refundId}`,
      `WeChat has a refund ${number}, which nobody here knows`,
      refund.refundFen,
    );
  return { fees: checkFlow(books, findings), inTransit };
}

/** WeChat's own two books against each other. @returns the fees kept, fen */
function checkFlow(books: Books, findings: Findings): number {
  const paid = books.orders.reduce((sum, { payment }) => sum + (payment?.totalFen ?? 0), 0);
  const fees =
    books.orders.reduce((sum, { payment }) => sum + (payment?.feeFen ?? 0), 0) -
    books.refunds.reduce((sum, { feeFen }) => sum + feeFen, 0);
  const refunded = books.refunds
    .filter(({ status }) => status !== 'CLOSED')
    .reduce((sum, { refundFen }) => sum + refundFen, 0);
  const flow = books.fundFlow.reduce(
    (sum, { direction, amountFen }) => sum + (direction === '收入' ? amountFen : -amountFen),
    0,
  );
  const expected = paid - refunded - fees;
  if (flow !== expected)
    findings.add(
      'unexplained',
      'fund flow',
      `moved ${flow} fen, orders and refunds explain ${expected}`,
      flow - expected,
    );
  return fees;
}
