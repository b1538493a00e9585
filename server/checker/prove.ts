import { MongoClient } from 'mongodb';
import { type BillDayProof, proveBillDays } from './books/prove-bill-days';
import { proveFundFlow } from './books/prove-fund-flow';
import { type ExternalTotals, provePayments } from './books/prove-payments';
import { proveRefunds } from './books/prove-refunds';
import { Findings, type Problem } from './findings';
import type { Whereabouts } from './money/check-payment';
import type { MoneyPlace } from './money/money-map';
import { proveBatches } from './prove-batches';
import { proveDossiers } from './prove-dossiers';
import { proveNotices } from './prove-notices';
import { proveOnce } from './prove-once';
import { type RecordKind, Records, type Scope } from './reading/records';
import { WeChatBooks } from './reading/wechat-books';
import type { Rule } from './rules';

export interface ProveOptions {
  mongodbUri: string;
  /** Where the sandbox's books are; without, only what can be proved from the database is. */
  sandboxControlUrl?: string;
  /** Only this campaign's seats and orders. The fund flow belongs to merchants and is proved as a whole. */
  campaignId?: string;
  /** Only this school's, with its merchants' books. */
  schoolId?: string;
  /** Everything has come to rest: what is still on its way is unexplained, and no hold may be overdue. */
  settled?: boolean;
  /** The service's clock; the sandbox's, or this machine's, unless given. */
  now?: Date;
  /** How long a hold may outlive its end while it is being released; 10 minutes unless given. */
  graceMs?: number;
}

export interface Proof {
  seats: {
    total: number;
    taken: number;
    oversold: number;
    leaked: number;
    duplicates: number;
  };
  /** Fen. */
  money: Whereabouts & {
    /** What WeChat keeps; 0 without its books. */
    fees: number;
    unexplained: number;
  };
  /** All that ever came in, by where it is now: the sum of them is what came in. */
  places: MoneyPlace[];
  /** Every day whose bill is in: our records beside both bills. */
  days: BillDayProof[];
  /** The first hundred. */
  problems: Problem[];
}

const GRACE_MS = 10 * 60_000;

/**
 * The independent proof of seats and money. It imports nothing of the service: it reads the database and, where there
 * is one, the sandbox's books, and writes nothing. It may run while the service works. Memory does not grow with the
 * number of bookings and orders.
 *
 * @throws Error when the database or the sandbox cannot be read: no proof is not a clean one
 */
export async function prove(options: ProveOptions): Promise<Proof> {
  const { mongodbUri, settled = false, graceMs = GRACE_MS } = options;
  const client = new MongoClient(mongodbUri);
  try {
    const findings = new Findings();
    const records = new Records(client.db(), scopeOf(options), (kind, id, complaint) =>
      findings.add({
        rule: UNREADABLE[kind],
        subject: `${kind} ${id}`,
        sentence: `cannot be read: ${complaint}`,
        fen: 0,
      }),
    );
    const sessions = await records.sessions();
    const merchants = await records.merchants();
    const books = booksOf(options, merchants);
    const now = options.now ?? (await books?.now()) ?? new Date();

    const { taken, money, places } = await proveDossiers(
      records,
      { now, graceMs, settled, sessions, merchants },
      findings,
    );
    await proveOnce(records, findings);
    await proveBatches(records, findings);
    await proveNotices(records, findings);
    const days = await proveBillDays(records, findings);
    const external = books ? await proveBooks(records, books, settled, findings) : { fees: 0, inTransit: 0 };
    return {
      seats: {
        total: [...sessions.values()].reduce((sum, { capacity }) => sum + capacity, 0),
        taken,
        oversold: findings.count('oversold'),
        leaked: findings.count('leaked'),
        duplicates: findings.count('duplicate'),
      },
      money: {
        ...money,
        inTransit: money.inTransit + external.inTransit,
        fees: external.fees,
        unexplained: findings.unexplainedFen,
      },
      places,
      days,
      problems: findings.listed,
    };
  } finally {
    await client.close();
  }
}

function scopeOf({ campaignId, schoolId }: ProveOptions): Scope | null {
  if (campaignId !== undefined) return { campaignId };
  return schoolId === undefined ? null : { schoolId };
}

function booksOf(
  { sandboxControlUrl, schoolId }: ProveOptions,
  merchants: ReadonlyMap<string, string>,
): WeChatBooks | null {
  if (sandboxControlUrl === undefined) return null;
  const own = [...merchants].filter(([, school]) => school === schoolId).map(([mchid]) => mchid);
  return new WeChatBooks(sandboxControlUrl, schoolId === undefined ? null : new Set(own));
}

/** True when nothing at all is wrong. */
export const isClean = ({ seats, money }: Proof): boolean =>
  seats.oversold === 0 && seats.leaked === 0 && seats.duplicates === 0 && money.unexplained === 0;

const UNREADABLE: Readonly<Record<RecordKind, Rule>> = {
  booking: 'booking-unreadable',
  order: 'order-unreadable',
  session: 'session-unreadable',
};

async function proveBooks(
  records: Records,
  books: WeChatBooks,
  settled: boolean,
  findings: Findings,
): Promise<ExternalTotals> {
  // What moved before this moment stands in all of their books by now.
  const untilMs = settled ? Number.POSITIVE_INFINITY : (await books.now()).getTime();
  const payments = await provePayments(records, books, settled, findings);
  const refunds = await proveRefunds(records, books, settled, findings);
  await proveFundFlow(books, untilMs, findings);
  return { fees: payments.fees + refunds.fees, inTransit: payments.inTransit + refunds.inTransit };
}
