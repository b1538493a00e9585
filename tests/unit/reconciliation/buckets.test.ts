import fc from 'fast-check';
import type { LocalMovement } from '../../../server/modules/payments/money-of-day';
import {
  BUCKETS,
  bucketOf,
  bucketSpans,
  type Pack,
  packByBucket,
  unpackRows,
} from '../../../server/modules/reconciliation/buckets';
import { flowCodec, movementCodec, tradeCodec } from '../../../server/modules/reconciliation/codecs';
import type { FlowRow } from '../../../server/modules/reconciliation/fund-flow-bill';
import { openSpill } from '../../../server/modules/reconciliation/spill';
import type { TradeRow } from '../../../server/modules/reconciliation/trade-bill';

const at = new Date('2022-11-19T01:05:00Z');
/** Few numbers for many rows, so that buckets fill more than one pack. */
const flows = Array.from(
  { length: 9_000 },
  (_, n): FlowRow => ({ flowNo: `F${n}`, wechatNo: `4200${n % 6}`, type: '交易', fen: n, at }),
);

async function* inBatches<T>(rows: readonly T[], size = 1_000): AsyncGenerator<T[]> {
  for (let from = 0; from < rows.length; from += size) yield rows.slice(from, from + size);
}

async function packsOf(rows: readonly FlowRow[]): Promise<Pack[]> {
  const packs: Pack[] = [];
  for await (const pack of packByBucket(inBatches(rows), ({ wechatNo }) => wechatNo, flowCodec))
    packs.push(pack);
  return packs;
}

const byNumber = (a: FlowRow, b: FlowRow) => a.fen - b.fen;

describe('rows in buckets', () => {
  it('come back as they were, each in the bucket of its number', async () => {
    const packs = await packsOf(flows);
    const back: FlowRow[] = [];
    for (const { bucket, rows, bytes } of packs) {
      const unpacked = await unpackRows(bytes, flowCodec);
      expect(unpacked).toHaveLength(rows);
      expect(new Set(unpacked.map(({ wechatNo }) => bucketOf(wechatNo)))).toEqual(new Set([bucket]));
      back.push(...unpacked);
    }
    expect(packs.length).toBeGreaterThan(6);
    expect(back.sort(byNumber)).toEqual(flows);
  });

  it('spread evenly, so that no part is much larger than another', async () => {
    const sizes = Array.from({ length: BUCKETS }, () => 0);
    for (let n = 0; n < 64_000; n += 1) {
      const bucket = bucketOf(`420000123420221119${String(n).padStart(10, '0')}`);
      sizes[bucket] = (sizes[bucket] ?? 0) + 1;
    }
    expect(Math.max(...sizes)).toBeLessThan(2 * (64_000 / BUCKETS));
  });

  it('wait in a temporary file, to be read by span', async () => {
    const spill = await openSpill();
    for (const pack of await packsOf(flows)) await spill.add(pack);
    const back: FlowRow[] = [];
    for (const span of bucketSpans(100_000)) {
      for await (const bytes of spill.read(span)) back.push(...(await unpackRows(bytes, flowCodec)));
    }
    await spill.close();
    expect(back.sort(byNumber)).toEqual(flows);
  });
});

it('any number of rows is split into spans that hold every bucket once, and few rows into one', () => {
  expect(bucketSpans(0)).toEqual([{ from: 0, to: BUCKETS }]);
  expect(bucketSpans(20_000)).toHaveLength(1);
  fc.assert(
    fc.property(fc.nat(10_000_000), (rows) => {
      const buckets = bucketSpans(rows).flatMap(({ from, to }) =>
        Array.from({ length: to - from }, (_, offset) => from + offset),
      );
      expect(buckets).toEqual(Array.from({ length: BUCKETS }, (_, bucket) => bucket));
    }),
  );
});

describe('packing keeps', () => {
  const payment: LocalMovement = {
    kind: 'payment',
    orderNo: 'T1',
    refundNo: null,
    wechatNo: '4200',
    fen: 1000,
    at,
    state: 'quarantined',
    quarantine: { reason: 'amount', orderFen: 3000 },
  };
  const refund: LocalMovement = {
    kind: 'refund',
    orderNo: 'T1',
    refundNo: 'R1',
    wechatNo: null,
    fen: 1000,
    at: null,
    state: 'requested',
    succeededAt: null,
  };
  const row: TradeRow = {
    kind: 'refund',
    orderNo: 'T1',
    refundNo: 'R1',
    bookingId: 'b'.repeat(24),
    wechatNo: '5030',
    at,
    fen: 1000,
    settledFen: 900,
    feeFen: -5,
    rate: '0.60%',
    status: 'PROCESSING',
  };

  it.each([payment, refund, { ...refund, at, succeededAt: at, wechatNo: '5030' }])(
    'a movement of ours',
    (one) => {
      expect(movementCodec.unpack(JSON.parse(JSON.stringify(movementCodec.pack(one))))).toEqual(one);
    },
  );

  it('a row of the trade bill', () => {
    expect(tradeCodec.unpack(JSON.parse(JSON.stringify(tradeCodec.pack(row))))).toEqual(row);
  });
});
