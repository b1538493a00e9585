import { addDays, atShanghai } from '../../../shared/domain/time';
import { newRecord } from '../../platform/mongo/record';
import type { BillAnswer } from '../../platform/wechat-pay/bills';
import type { World } from '../../world';
import { line } from '../audit/line';
import type { Merchant } from '../campaigns/merchant-model';
import { type LocalMovement, movementsBetween, movementsOf } from '../payments/money-of-day';
import { compareFlow, compareTrade, type Difference, missingInBill } from './compare';
import { Differences } from './difference-model';
import { type FlowRow, readFundFlowBill } from './fund-flow-bill';
import type { BillDay } from './model';
import { type BillRow, BillRows } from './row-model';
import { noTrade, readTradeBill, type TradeRow, type TradeTotals } from './trade-bill';

export interface ImportContext {
  world: World;
  by: string;
  merchant: Merchant;
  day: string;
  importId: string;
}

type Bill = Exclude<BillAnswer, { status: 'creating' }>;

/** Memory is bounded by this many rows at a time, however long the bill is. */
const BATCH = 1_000;

/** Every row of the trade bill against our records; the rows are kept for the way back. */
export async function importTradeBill(context: ImportContext, bill: Bill): Promise<{ totals: TradeTotals }> {
  const totals = noTrade();
  if (bill.status === 'none') return { totals };
  const { merchant, day, importId } = context;
  for await (const rows of batches(readTradeBill(bill.content, { mchid: merchant.mchid, day }, totals))) {
    await BillRows.insertMany(
      rows.map((row) => stored(importId, row)),
      { lean: true },
    );
    const ours = new Map(
      (
        await movementsOf(
          merchant.mchid,
          rows.map(({ orderNo }) => orderNo),
        )
      ).map((movement) => [keyOf(movement), movement]),
    );
    await keep(
      context,
      rows.map((row) => compareTrade(row, ours.get(keyOf(row)))),
    );
  }
  return { totals };
}

/** Every flow of money against the trade bill, and the day's flows against its totals. */
export async function matchFundFlow(
  context: ImportContext,
  bill: Bill,
  { totals }: { totals: TradeTotals },
): Promise<void> {
  let flowFen = 0;
  if (bill.status === 'ready') {
    for await (const flows of batches(readFundFlowBill(bill.content, { day: context.day }))) {
      const trades = await tradesOf(context.importId, flows);
      const differences = flows.map((flow) => compareFlow(flow, trades.get(flow.wechatNo)));
      flows.forEach((flow, index) => {
        if (differences[index]?.type !== 'unknown_flow') flowFen += flow.fen;
      });
      await keep(context, differences);
    }
  }
  const tradeFen = totals.paidFen - totals.refundedFen - totals.feeFen;
  if (flowFen === tradeFen) return;
  await keep(context, [
    {
      type: 'footer',
      key: 'flow-total',
      orderNo: null,
      refundNo: null,
      wechatNo: null,
      oursFen: tradeFen,
      theirsFen: flowFen,
      explanation: '资金账单的净额与交易账单（收款减退款减手续费）不一致。',
    },
  ]);
}

/** The way back: every payment and refund of ours of that day must stand in the bill. */
export async function matchOurs(context: ImportContext): Promise<Pick<BillDay, 'ours' | 'differences'>> {
  const { merchant, day, importId } = context;
  const ours: BillDay['ours'] = { payments: 0, paidFen: 0, refunds: 0, refundedFen: 0 };
  const from = atShanghai(day);
  const to = atShanghai(addDays(day, 1));
  for await (const movements of batches(movementsBetween(merchant.mchid, from, to))) {
    for (const movement of movements) count(ours, movement);
    const ids = movements.map((movement) => rowId(importId, movement.kind, movement.wechatNo ?? ''));
    const there = new Set(
      (await BillRows.find({ _id: { $in: ids } }, { _id: 1 }).lean<{ _id: string }[]>()).map(
        ({ _id }) => _id,
      ),
    );
    const missing = movements.filter((_, index) => !there.has(ids[index] ?? ''));
    await keep(
      context,
      missing.map((movement) => missingInBill(movement, day)),
    );
  }
  return { ours, differences: await Differences.countDocuments({ merchantId: merchant._id, day, importId }) };
}

function count(ours: BillDay['ours'], { kind, fen }: LocalMovement): void {
  if (kind === 'payment') {
    ours.payments += 1;
    ours.paidFen += fen;
  } else {
    ours.refunds += 1;
    ours.refundedFen += fen;
  }
}

async function tradesOf(importId: string, flows: readonly FlowRow[]): Promise<Map<string, BillRow>> {
  const ids = flows.flatMap(({ wechatNo }) => [
    rowId(importId, 'payment', wechatNo),
    rowId(importId, 'refund', wechatNo),
  ]);
  const rows = await BillRows.find({ _id: { $in: ids } }).lean<BillRow[]>();
  return new Map(rows.map((row) => [row.wechatNo, row]));
}

async function keep(
  { world, by, merchant, day, importId }: ImportContext,
  found: readonly (Difference | null)[],
): Promise<void> {
  const differences = found.filter((difference) => difference !== null);
  if (differences.length === 0) return;
  await Differences.insertMany(
    differences.map((difference) => ({
      ...newRecord(
        `${importId}:${difference.key}`,
        line(world, by, 'difference.find', { type: difference.type }),
      ),
      ...difference,
      schoolId: merchant.schoolId,
      merchantId: merchant._id,
      day,
      importId,
      status: 'open' as const,
    })),
    { lean: true },
  );
}

const keyOf = ({ orderNo, refundNo }: { orderNo: string; refundNo: string | null }) =>
  `${orderNo} ${refundNo ?? ''}`;

const rowId = (importId: string, kind: string, wechatNo: string) => `${importId}:${kind}:${wechatNo}`;

const stored = (importId: string, row: TradeRow): BillRow => ({
  _id: rowId(importId, row.kind, row.wechatNo),
  importId,
  kind: row.kind,
  orderNo: row.orderNo,
  refundNo: row.refundNo,
  wechatNo: row.wechatNo,
  at: row.at,
  fen: row.fen,
  feeFen: row.feeFen,
  status: row.status,
});

async function* batches<T>(items: AsyncIterable<T>): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
