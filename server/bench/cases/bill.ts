import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startChild } from '../../demo/child-process';
import { layGround } from '../../demo/ground';
import { API_FLAGS, type Stack } from '../../demo/stack';
import type { BillDone, BillTask } from '../bill';
import { writeFundFlowBill, writeTradeBill } from '../bills/bill-files';
import { billed, DAY, known, type Odd, oddOf } from '../bills/sales';
import { seedOrders } from '../bills/seed-orders';

export interface BillResult {
  name: string;
  /** Throughput of the whole, in bytes of the two files, over that of the parser alone. */
  ratio: number;
  baseline: string;
  unit: 'rows/s';
  /** Rows of the trade bill. */
  rows: number;
  /** Movements in the fund-flow bill of the same day. */
  movements: number;
  megabytes: number;
  ourMs: number;
  baselineMs: number[];
  rowsPerSecond: number;
  /** Peak of the process that parses, matches and stores, over what it had before. */
  grownMb: number;
  differences: Odd;
}

/**
 * Both bills of a day with so many payments, and as many orders of ours: parsed, matched both ways, and what was found
 * stored; against the bare parser on the same files, before and after, each in a process of its own.
 */
export async function measureBill(
  stack: Stack,
  builtDir: string,
  name: string,
  payments: number,
): Promise<BillResult> {
  const ground = await layGround(stack);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tucai-bill-'));
  try {
    const [merchant] = (await stack.sandbox.credentials()).merchants;
    if (!merchant) throw new Error('the sandbox has no merchant');
    const said = (what: string) => console.error(`${name}: ${what}`);
    const run = async (task: BillTask): Promise<BillDone> => {
      said(task.what);
      const file = path.join(builtDir, 'bench/bill.js');
      const env = { ...stack.env, WORKER: 'off' };
      const child = await startChild<BillDone>(file, [JSON.stringify(task)], {
        env,
        flags: API_FLAGS,
        onLog: said,
        readyWithinMs: WITHIN_MS,
      });
      await child.exited;
      return child.ready;
    };
    await run({ what: 'prepare' });
    said(`seeding ${payments} orders`);
    await seedOrders(ground, merchant, known(payments)());
    said('writing the bills');
    const trade = await writeTradeBill(folder, merchant, billed(payments));
    const fund = await writeFundFlowBill(folder, merchant, billed(payments));
    const bare = { what: 'parse', files: [trade.file, fund.file] } as const;
    const first = await run({ ...bare, files: [...bare.files] });
    const whole = await run({ what: 'match', merchantId: ground.merchantId, day: DAY, trade, fund });
    const second = await run({ ...bare, files: [...bare.files] });
    const differences = await foundIn(ground.db);
    const expected = oddOf(payments);
    if (JSON.stringify(differences) !== JSON.stringify(expected))
      throw new Error(`found ${JSON.stringify(differences)} instead of ${JSON.stringify(expected)}`);
    const baselineMs = [first.ms, second.ms];
    const rows = whole.day?.theirs?.rows ?? 0;
    return {
      name,
      ratio: Math.round((1000 * (first.ms + second.ms)) / 2 / whole.ms) / 1000,
      baseline: 'csv-parse alone on the same files',
      unit: 'rows/s',
      rows,
      movements: whole.day?.moved?.rows ?? 0,
      megabytes: Math.round((trade.bytes + fund.bytes) / 1_000_000),
      ourMs: whole.ms,
      baselineMs,
      rowsPerSecond: Math.round((1000 * rows) / whole.ms),
      grownMb: whole.grownMb,
      differences,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await ground.close();
  }
}

const WITHIN_MS = 10 * 60_000;

async function foundIn(db: Awaited<ReturnType<typeof layGround>>['db']): Promise<Odd> {
  const count = (type: keyof Odd) => db.collection('differences').countDocuments({ type });
  const [surplus, shortage, amount] = [
    await count('surplus'),
    await count('shortage'),
    await count('amount'),
  ];
  const all = await db.collection('differences').countDocuments({});
  if (all !== surplus + shortage + amount) throw new Error(`${all} differences, of other types too`);
  return { surplus, shortage, amount };
}
