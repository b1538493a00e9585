import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { rowsByOrder, type TracedOrder, type TracedRow } from '../../server/modules/payments/rows-by-order';

jest.setTimeout(120_000);

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

const at = (day: number): Date => new Date(Date.UTC(2022, 10, day));
const paid = (orderNo: string): TracedRow => ({ orderNo, refundNo: null, at: null });
const refunded = (orderNo: string, refundNo: string, day: number): TracedRow => ({
  orderNo,
  refundNo,
  at: at(day),
});

async function* days(...batches: TracedRow[][]): AsyncGenerator<TracedRow[]> {
  yield* batches;
}

async function allOf(batches: AsyncIterable<TracedRow[]>): Promise<TracedOrder[]> {
  const orders: TracedOrder[] = [];
  for await (const part of rowsByOrder(batches)) orders.push(...part);
  return orders;
}

it('brings an order and its refunds of whatever day together, each once', async () => {
  const orders = await allOf(
    days(
      [paid('A'), paid('B'), refunded('B', 'r1', 15)],
      [refunded('A', 'r2', 16), refunded('C', 'r3', 16)],
      [
        { orderNo: 'B', refundNo: 'r1', at: null },
        { orderNo: 'D', refundNo: 'r4', at: null },
      ],
    ),
  );
  expect(orders.sort((a, b) => (a.orderNo < b.orderNo ? -1 : 1))).toEqual([
    { orderNo: 'A', refundNos: new Map([['r2', at(16)]]) },
    { orderNo: 'B', refundNos: new Map([['r1', at(15)]]) },
    { orderNo: 'C', refundNos: new Map([['r3', at(16)]]) },
    { orderNo: 'D', refundNos: new Map([['r4', null]]) },
  ]);
});

it('gives nothing before every day has been read', async () => {
  async function* broken(): AsyncGenerator<TracedRow[]> {
    yield [paid('A')];
    throw new Error('the bill is cut short');
  }
  const seen: TracedOrder[] = [];
  const reading = (async () => {
    for await (const part of rowsByOrder(broken())) seen.push(...part);
  })();
  await expect(reading).rejects.toThrow('cut short');
  expect(seen).toEqual([]);
});

const ROWS = 100_000;
const BATCH = 1_000;
const MOST_MB = 10;
/** One part of so many is looked at. */
const LOOKED_AT = 8;

async function* manyRows(): AsyncGenerator<TracedRow[]> {
  for (let start = 0; start < ROWS; start += BATCH)
    yield Array.from({ length: BATCH }, (_, n) => refunded(`order-${start + n}`, `refund-${start + n}`, 15));
}

const heapMb = (): number => {
  collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
};

it('holds a part of the orders at a time', async () => {
  const before = heapMb();
  const held: number[] = [];
  let orders = 0;
  let parts = 0;
  for await (const part of rowsByOrder(manyRows())) {
    orders += part.length;
    // A look clears up the whole heap, which is large in a process that has run other tests.
    if (parts % LOOKED_AT === 0) held.push(heapMb() - before);
    parts += 1;
  }
  expect(orders).toBe(ROWS);
  expect(held.length).toBeGreaterThan(5);
  expect(Math.max(...held)).toBeLessThan(MOST_MB);
});

it('control: all of them at once are more than that', async () => {
  const before = heapMb();
  const orders = await allOf(manyRows());
  expect(heapMb() - before).toBeGreaterThan(MOST_MB);
  expect(orders).toHaveLength(ROWS);
});
