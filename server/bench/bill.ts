import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { buildWorld } from '../build-world';
import { readEnv } from '../env';
import { SYSTEM } from '../http/actor';
import { findMerchant } from '../modules/campaigns/merchants';
import type { BillFiles } from '../modules/reconciliation/bill-files';
import { billDayOf } from '../modules/reconciliation/find-day';
import { holdDay } from '../modules/reconciliation/hold-day';
import { importBills } from '../modules/reconciliation/import-bills';
import { matchDay } from '../modules/reconciliation/match-day';
import type { BillDay } from '../modules/reconciliation/model';
import { createLog } from '../platform/log';
import { connectMongo, disconnectMongo, ensureIndexes } from '../platform/mongo/connect';
import type { BillOnDisk } from './bills/bill-files';

/** What the bench asks of a process of its own, as one JSON argument. */
export type BillTask =
  | { what: 'prepare' }
  | { what: 'parse'; files: string[] }
  | { what: 'match'; merchantId: string; day: string; trade: BillOnDisk; fund: BillOnDisk };

export interface BillDone {
  ms: number;
  /** Of this process, over what it had before the first byte; MB. */
  grownMb: number;
  /** Lines that the bare parser gave, or the day as it was stored. */
  lines: number;
  day: BillDay | null;
}

const SAMPLE_MS = 20;

async function main(): Promise<void> {
  const task: BillTask = JSON.parse(process.argv[2] ?? '');
  console.log(JSON.stringify({ ready: true, ...(await carryOut(task)) }));
}

function carryOut(task: BillTask): Promise<BillDone> {
  switch (task.what) {
    case 'prepare':
      return watched(prepare);
    case 'parse':
      return watched(() => parseOnly(task.files));
    case 'match':
      return matchWhole(task);
  }
}

/** No API process has been here, and nobody reconciles without indexes. While nothing is there they are made at once. */
async function prepare(): Promise<Pick<BillDone, 'lines' | 'day'>> {
  await connectMongo(readEnv(process.env).MONGODB_URI);
  await ensureIndexes();
  await disconnectMongo();
  return { lines: 0, day: null };
}

/** The bare parser with the service's settings: nothing is made of the lines. */
async function parseOnly(files: readonly string[]): Promise<Pick<BillDone, 'lines' | 'day'>> {
  let lines = 0;
  for (const file of files) {
    const parser = createReadStream(file).pipe(
      parse({
        bom: true,
        quote: false,
        relax_column_count: true,
        skip_empty_lines: true,
        record_delimiter: ['\r\n', '\n'],
      }),
    );
    for await (const _ of parser) lines += 1;
  }
  return { lines, day: null };
}

/** What the service does with the files of a day, from the first byte to the last difference. */
async function matchWhole({
  merchantId,
  day,
  trade,
  fund,
}: Extract<BillTask, { what: 'match' }>): Promise<BillDone> {
  const env = readEnv(process.env);
  await connectMongo(env.MONGODB_URI);
  const { world, close } = await buildWorld(env, createLog('error'));
  try {
    const merchant = await findMerchant(merchantId);
    if (!merchant) throw new Error(`no merchant ${merchantId}`);
    const record = await billDayOf(world, SYSTEM, { merchant, day });
    return await watched(async () => {
      const matched = await holdDay(world, SYSTEM, record, async (held) =>
        matchDay(world, SYSTEM, await importBills(world, SYSTEM, held, onDisk({ trade, fund }))),
      );
      return { lines: 0, day: matched };
    });
  } finally {
    await close();
    await disconnectMongo();
  }
}

function onDisk({ trade, fund }: { trade: BillOnDisk; fund: BillOnDisk }): BillFiles {
  const file = async ({ file: path, sha1 }: BillOnDisk) =>
    ({ status: 'ready', declaredHash: sha1, content: createReadStream(path) }) as const;
  return { trade: () => file(trade), fund: () => file(fund), close: () => undefined };
}

async function watched(work: () => Promise<Pick<BillDone, 'lines' | 'day'>>): Promise<BillDone> {
  const before = process.memoryUsage.rss();
  let most = before;
  const sampling = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, SAMPLE_MS);
  const begun = performance.now();
  const done = await work();
  const ms = Math.round(performance.now() - begun);
  clearInterval(sampling);
  // What the kernel saw at any moment, should a sample have missed it.
  most = Math.max(most, process.resourceUsage().maxRSS * 1024);
  return { ms, grownMb: Math.round((most - before) / 1_048_576), ...done };
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
