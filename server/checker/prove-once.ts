import type { Findings } from './findings';
import type { Raw } from './reading/fields';
import { type Records, STREAMED } from './reading/records';
import type { Rule } from './rules';

/** Something that must exist only once, read in its own order so that two of it come one after the other. */
interface Uniqueness {
  rule: Rule;
  noun: string;
  /** Ordered by `keyOf`. */
  stream: AsyncIterable<Raw>;
  /** Null when this one has none. */
  keyOf: (raw: Raw) => string | null;
  /** How many there are now: one may have gone while the other was read. */
  countNow: (raw: Raw) => Promise<number>;
  what: (raw: Raw) => string;
  fenOf: (raw: Raw) => number;
}

/** Uniqueness, proved from the data rather than from the indexes that are to ensure it. */
export async function proveOnce(records: Records, findings: Findings): Promise<void> {
  for (const one of [students(records), transactions(records), refundNumbers(records)])
    await findRepeats(one, findings);
}

async function findRepeats(
  { rule, noun, stream, keyOf, countNow, what, fenOf }: Uniqueness,
  findings: Findings,
): Promise<void> {
  let before: string | null = null;
  for await (const raw of stream) {
    const key = keyOf(raw);
    if (key !== null && key === before && (await countNow(raw)) > 1)
      findings.add({ rule, subject: `${noun} ${String(raw._id)}`, sentence: what(raw), fen: fenOf(raw) });
    before = key;
  }
}

function students(records: Records): Uniqueness {
  const bookings = records.collection('bookings');
  return {
    rule: 'student-twice',
    noun: 'booking',
    stream: bookings
      .find({ ...records.scope, active: true }, { projection: { campaignId: 1, studentId: 1 }, ...STREAMED })
      .sort({ campaignId: 1, studentId: 1 }),
    keyOf: ({ campaignId, studentId }) => `${campaignId} ${studentId}`,
    countNow: ({ campaignId, studentId }) => bookings.countDocuments({ campaignId, studentId, active: true }),
    what: ({ studentId }) => `is the second active booking of student ${studentId}`,
    fenOf: () => 0,
  };
}

function transactions(records: Records): Uniqueness {
  const orders = records.collection('orders');
  return {
    rule: 'transaction-twice',
    noun: 'order',
    stream: orders
      .find(
        { ...records.scope, transactionId: { $exists: true } },
        { projection: { transactionId: 1, totalFen: 1 }, ...STREAMED },
      )
      .sort({ transactionId: 1 }),
    keyOf: ({ transactionId }) => (typeof transactionId === 'string' ? transactionId : null),
    countNow: ({ transactionId }) => orders.countDocuments({ transactionId }),
    what: ({ transactionId }) => `was paid by transaction ${transactionId}, as was another`,
    fenOf: ({ totalFen }) => Number(totalFen),
  };
}

/** In one order and across all: a number used twice would be answered with the first refund and never paid. */
function refundNumbers(records: Records): Uniqueness {
  const orders = records.collection('orders');
  const each = [
    { $unwind: '$refunds' },
    { $project: { refundNo: '$refunds.refundNo', amountFen: '$refunds.amountFen' } },
  ];
  return {
    rule: 'refund-number-twice',
    noun: 'order',
    stream: orders.aggregate<Raw>(
      [
        { $match: { ...records.scope, 'refunds.0': { $exists: true } } },
        ...each,
        { $sort: { refundNo: 1, _id: 1 } },
      ],
      STREAMED,
    ),
    keyOf: ({ refundNo }) => String(refundNo),
    countNow: async ({ refundNo }) => {
      const holders = [{ $match: { 'refunds.refundNo': refundNo } }, ...each, { $match: { refundNo } }];
      return (await orders.aggregate(holders).toArray()).length;
    },
    what: ({ refundNo }) => `has refund ${refundNo}, a number that was given before`,
    fenOf: ({ amountFen }) => Number(amountFen),
  };
}
