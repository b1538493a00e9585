import type { Findings } from '../findings';
import { type Fields, read } from '../reading/fields';
import { type Records, STREAMED } from '../reading/records';

/** Our records of a day beside both of WeChat's bills of it. Fen. */
export interface BillDayProof {
  mchid: string;
  /** Asia/Shanghai */
  day: string;
  isClosed: boolean;
  ours: Sums;
  /** By the footer of the trade bill, which was held against its rows when it was read. */
  trade: Sums & { feeFen: number };
  /** What moved on the account, less what the trade bill makes of it: paid, less refunds and fees. */
  flowOffFen: number;
  /** Differences of the day, whatever became of them: what is apart is told there. */
  differences: number;
}

interface Sums {
  payments: number;
  paidFen: number;
  refunds: number;
  refundedFen: number;
}

interface BillDay {
  id: string;
  mchid: string;
  day: string;
  isClosed: boolean;
  trade: BillDayProof['trade'] & { settledFen: number; settledRefundFen: number };
  movedFen: number;
}

/**
 * The external proof: of every day whose bills are in, our payments and refunds = trade bill = fund flow. It needs the
 * database alone. A closed day that is apart must have somebody's word on it.
 */
export async function proveBillDays(records: Records, findings: Findings): Promise<BillDayProof[]> {
  const days: BillDayProof[] = [];
  const stored = records
    .collection('bill_days')
    .find({ ...records.schoolScope, theirs: { $ne: null }, moved: { $ne: null } }, STREAMED)
    .sort({ day: 1, mchid: 1 });
  for await (const raw of stored) {
    const reading = read(raw, billDayOf);
    if (!reading.ok) {
      report(findings, reading.id, `cannot be read: ${reading.complaint}`, 0);
      continue;
    }
    const proof = await proofOf(records, reading.value);
    days.push(proof);
    const apartFen = apartOf(proof);
    if (proof.isClosed && apartFen !== 0 && proof.differences === 0)
      report(
        findings,
        reading.value.id,
        `is closed, ${apartFen} fen apart from WeChat's bills, and no difference tells why`,
        apartFen,
      );
  }
  return days;
}

/** By how much a day is apart from its bills, fen; never negative. */
const apartOf = ({ ours, trade, flowOffFen }: BillDayProof): number =>
  Math.abs(trade.paidFen - ours.paidFen) +
  Math.abs(trade.refundedFen - ours.refundedFen) +
  Math.abs(flowOffFen);

async function proofOf(records: Records, bill: BillDay): Promise<BillDayProof> {
  const { settledFen, settledRefundFen, ...trade } = bill.trade;
  return {
    mchid: bill.mchid,
    day: bill.day,
    isClosed: bill.isClosed,
    ours: await oursOf(records, bill),
    trade,
    flowOffFen: bill.movedFen - (settledFen - settledRefundFen - trade.feeFen),
    differences: await records
      .collection('differences')
      .countDocuments({ _id: { $gte: `${bill.id}:`, $lt: `${bill.id};` } }),
  };
}

/** Payments by their success, refunds by WeChat's taking them, as its bills count. */
async function oursOf(records: Records, { mchid, day }: BillDay): Promise<Sums> {
  const from = new Date(`${day}T00:00:00+08:00`);
  const within = { $gte: from, $lt: new Date(from.getTime() + DAY_MS) };
  const sums = { payments: 0, paidFen: 0, refunds: 0, refundedFen: 0 };
  const paid = records
    .collection('orders')
    .find({ mchid, paidAt: within }, { projection: { totalFen: 1, quarantine: 1 }, ...STREAMED });
  for await (const raw of paid) {
    const payment = read(raw, paymentOf);
    if (!payment.ok) continue;
    sums.payments += 1;
    sums.paidFen += payment.value;
  }
  const refunded = records
    .collection('orders')
    .find(
      { mchid, refunds: { $elemMatch: { acceptedAt: within } } },
      { projection: { refunds: 1 }, ...STREAMED },
    );
  for await (const raw of refunded) {
    const refunds = read(raw, refundsOf);
    if (!refunds.ok) continue;
    for (const { acceptedAt, amountFen } of refunds.value) {
      if (acceptedAt === null || acceptedAt < within.$gte || acceptedAt >= within.$lt) continue;
      sums.refunds += 1;
      sums.refundedFen += amountFen;
    }
  }
  return sums;
}

const DAY_MS = 24 * 3_600_000;

function report(findings: Findings, id: string, sentence: string, fen: number): void {
  findings.add({ rule: 'closed-day-off', subject: `bill day ${id}`, sentence, fen });
}

const billDayOf = (fields: Fields): BillDay => ({
  id: fields.text('_id'),
  mchid: fields.text('mchid'),
  day: fields.text('day'),
  isClosed: fields.text('state') === 'closed',
  trade: fields.part('theirs', (theirs) => ({
    payments: theirs.count('payments'),
    paidFen: theirs.count('paidFen'),
    settledFen: theirs.count('settledFen'),
    refunds: theirs.count('refunds'),
    refundedFen: theirs.count('refundedFen'),
    settledRefundFen: theirs.count('settledRefundFen'),
    feeFen: theirs.integer('feeFen'),
  })),
  movedFen: fields.part('moved', (moved) => moved.count('inFen') - moved.count('outFen')),
});

/** What came, should something else than the price have come. An order that cannot be read is told of elsewhere. */
const paymentOf = (fields: Fields): number =>
  fields.partOrNull('quarantine', (aside) => aside.count('receivedFen')) ?? fields.count('totalFen');

const refundsOf = (fields: Fields) =>
  fields.list('refunds', (refund) => ({
    acceptedAt: refund.instantOrNull('acceptedAt'),
    amountFen: refund.count('amountFen'),
  }));
