import { proveFundFlow } from '../../../server/checker/books/prove-fund-flow';
import { provePayments } from '../../../server/checker/books/prove-payments';
import { proveRefunds } from '../../../server/checker/books/prove-refunds';
import { Findings } from '../../../server/checker/findings';
import { proveDossiers } from '../../../server/checker/prove-dossiers';
import { type Dossier, Records } from '../../../server/checker/reading/records';
import { type TheirOrder, type TheirRefund, WeChatBooks } from '../../../server/checker/reading/wechat-books';
import { type Bench, openBench } from './support/bench';
import { NOW } from './support/records';
import { cleanWorld, type World } from './support/world';

/**
 * The service works while the proof reads: of two documents that changed one after the other the proof has seen one
 * before and the other after. Here that is brought about on purpose.
 */
let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench?.close());

async function recordsOf(world: World) {
  const { mongodbUri, sandboxControlUrl } = await bench.write(world);
  const db = bench.client.db(new URL(mongodbUri).pathname.slice(1));
  return { records: new Records(db, null, refuse), sandboxControlUrl };
}

const refuse = (kind: string, id: string, complaint: string) => {
  throw new Error(`${kind} ${id}: ${complaint}`);
};

async function dossiersOf(world: World): Promise<Dossier[]> {
  const { records } = await recordsOf(world);
  const all: Dossier[] = [];
  for await (const piece of records.dossiers()) all.push(...piece);
  return all;
}

const at = (dossiers: readonly Dossier[], name: string): Dossier => {
  const found = dossiers.find(({ bookingId }) => bookingId === `booking-${name}`);
  if (!found) throw new Error(`no dossier of ${name}`);
  return found;
};

const world = (change: (world: World) => void = () => undefined): World => {
  const made = cleanWorld();
  change(made);
  return made;
};

interface Torn {
  what: string;
  later: (world: World) => void;
  /** What is seen, of the dossiers before and after the change. */
  seen: (before: readonly Dossier[], after: readonly Dossier[]) => Dossier[];
  wouldBe: string[];
}

const TORN: Torn[] = [
  {
    what: 'a booking before its payment, its order after',
    later(changed) {
      changed.payAtWeChat('held');
      changed.learnPayment('held');
      changed.settle('held');
    },
    seen: (before, after) => [{ ...at(before, 'held'), orders: at(after, 'held').orders }],
    wouldBe: ['money-without-place'],
  },
  {
    what: 'a booking after its release, its order before',
    later(changed) {
      changed.closeOrder('held');
      changed.end('held', 'released');
    },
    seen: (before, after) => [{ ...at(after, 'held'), orders: at(before, 'held').orders }],
    wouldBe: ['released-too-early'],
  },
  {
    what: 'a booking after its cancelling, its refund not yet',
    later(changed) {
      changed.end('booked', 'cancelled');
      changed.requestRefund('booked');
    },
    seen: (before, after) => [{ ...at(after, 'booked'), orders: at(before, 'booked').orders }],
    wouldBe: ['money-of-ended-place'],
  },
  {
    what: 'orders whose booking was not there yet',
    later: () => undefined,
    seen: (before) => [{ ...at(before, 'booked'), booking: null, student: null }],
    wouldBe: ['order-without-booking'],
  },
];

describe.each(TORN)('having seen $what', ({ later, seen, wouldBe }) => {
  const look = async (readAgain: boolean) => {
    const dossiers = seen(await dossiersOf(world()), await dossiersOf(world(later)));
    const { records } = await recordsOf(world(later));
    records.dossiers = async function* () {
      yield dossiers;
    };
    if (!readAgain) records.dossierNow = async (id) => at(dossiers, id.replace('booking-', ''));
    const findings = new Findings();
    await proveDossiers(records, await rulesOf(records), findings);
    return findings.listed.map(({ rule }) => rule).sort();
  };

  it('reads both again and finds nothing wrong', async () => {
    expect(await look(true)).toEqual([]);
  });

  it('would be wrong without', async () => {
    expect(await look(false)).toEqual(wouldBe);
  });
});

const rulesOf = async (records: Records) => ({
  now: NOW,
  graceMs: 600_000,
  settled: false,
  sessions: await records.sessions(),
  merchants: await records.merchants(),
});

describe('having seen a seat with the one who left it and the one who took it', () => {
  const moved = (changed: World) => {
    Object.assign(changed.booking('booked'), { sessionId: 'session-2', seatNo: 1 });
    changed.hold('x', 2);
  };
  const look = async (now: (world: World) => void) => {
    const before = await dossiersOf(world());
    const after = await dossiersOf(world(moved));
    const { records } = await recordsOf(world(now));
    records.dossiers = async function* () {
      yield [at(before, 'booked'), at(after, 'x')];
    };
    const findings = new Findings();
    await proveDossiers(records, await rulesOf(records), findings);
    return findings.listed.map(({ rule }) => rule);
  };

  it('asks who sits there now', async () => {
    expect(await look(moved)).toEqual([]);
  });

  it('says so if it is both', async () => {
    expect(await look((both) => both.hold('x', 2))).toEqual(['seat-twice']);
  });
});

describe('having read WeChat’s books before a change and ours after', () => {
  const paid = (changed: World) => {
    changed.payAtWeChat('held');
    changed.learnPayment('held');
    changed.settle('held');
  };
  const refunding = (changed: World) => {
    changed.end('booked', 'cancelled');
    changed.requestRefund('booked');
    changed.acceptRefund('booked');
  };
  const refunded = (changed: World) => {
    refunding(changed);
    changed.finishRefund('booked', 'SUCCESS');
    changed.learnRefund('booked');
  };

  async function* stream<T>(items: readonly T[]) {
    yield* items;
  }
  const stale = async (before: World) => {
    const { sandboxControlUrl } = await recordsOf(before);
    const books = new WeChatBooks(sandboxControlUrl);
    const orders: TheirOrder[] = [];
    for await (const order of await books.ordersByNumber()) orders.push(order);
    const refunds: TheirRefund[] = [];
    for (const mchid of await books.merchants())
      for await (const refund of books.refunds(mchid)) refunds.push(refund);
    return { orders, refunds };
  };

  it.each([
    { what: 'a payment', before: world(), after: world(paid), wouldBe: ['payment-unknown-there'] },
    { what: 'a refund', before: world(), after: world(refunding), wouldBe: ['refund-unknown-there'] },
    {
      what: 'the end of a refund',
      before: world(refunding),
      after: world(refunded),
      wouldBe: ['refund-differs'],
    },
  ])('looks $what up there again', async ({ before, after, wouldBe }) => {
    const { orders, refunds } = await stale(before);
    const { records, sandboxControlUrl } = await recordsOf(after);
    const prove = async (readAgain: boolean) => {
      const books = new WeChatBooks(sandboxControlUrl);
      books.ordersByNumber = async () => stream(orders);
      books.refunds = (mchid) => stream(refunds.filter((refund) => refund.mchid === mchid));
      if (!readAgain) {
        books.order = async (_, number) => orders.find(({ outTradeNo }) => outTradeNo === number) ?? null;
        books.refund = async (_, number) => refunds.find(({ outRefundNo }) => outRefundNo === number) ?? null;
      }
      const findings = new Findings();
      await provePayments(records, books, false, findings);
      await proveRefunds(records, books, false, findings);
      return findings.listed.map(({ rule }) => rule);
    };
    expect(await prove(true)).toEqual([]);
    expect(await prove(false)).toEqual(wouldBe);
  });

  it('leaves out what moved while it read', async () => {
    const { orders } = await stale(world());
    const begun = NOW.getTime();
    const { sandboxControlUrl } = await recordsOf(
      world((changed) => {
        changed.payAtWeChat('held');
        for (const flow of changed.flow.slice(-2)) flow.atMs = begun;
      }),
    );
    const books = new WeChatBooks(sandboxControlUrl);
    books.orders = (mchid) => stream(orders.filter((order) => order.mchid === mchid));
    const flowUntil = async (untilMs: number) => {
      const findings = new Findings();
      await proveFundFlow(books, untilMs, findings);
      return findings.listed.map(({ rule }) => rule);
    };
    expect(await flowUntil(begun)).toEqual([]);
    expect(await flowUntil(begun + 1)).toEqual(['fund-flow-off', 'fund-flow-off']);
  });
});
