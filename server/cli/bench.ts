import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { CASES } from '../bench/cases';
import { type BillResult, measureBill } from '../bench/cases/bill';
import type { Case } from '../bench/cases/case';
import { AT_LEAST, CONFIGURED_RATE, MOST_GROWTH_MB, measureRefundBatch } from '../bench/cases/refund-batch';
import { type BenchGround, clearLastRound, layBenchGround } from '../bench/ground';
import { fireAtRate, fireInTurn } from '../bench/load';
import { withThrowawayStack } from '../demo/throwaway-stack';
import { runTool, WrongUse, wholeNumber } from './tool/run-tool';

const CONNECTIONS = 32;
const REQUESTS = 1_000;
const ROUNDS = 5;
const CACHES_MS = 5_500;

interface Result {
  name: string;
  /** Ours divided by the baseline, median over the rounds. */
  ratio: number;
  baseline: string;
  unit: 'requests/s';
  rounds: { ours: number; baseline: number; p50: number; p99: number }[];
  /** Ours at a steady rate; milliseconds. */
  paced?: { perSecond: number; p50: number; p95: number; p99: number };
}

/** Takes minutes, so only by its name. */
const BILL = { name: 'bill-1m', payments: 1_000_000 };
const REFUNDS = { name: 'refund-batch', count: 5_000 };

const USAGE = 'npm run bench -- [--case NAME] [--json FILE] [--payments N]';

/**
 * npm run bench: ratios against a bare route in the same run, in turn. `--case bill-1m` is about no route but about a
 * day's bills (`--payments N` for fewer), `--case refund-batch` about 5,000 refunds.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      case: { type: 'string' },
      json: { type: 'string' },
      payments: { type: 'string', default: String(BILL.payments) },
    },
  });
  const payments = wholeNumber('--payments', values.payments, 1, 10_000_000);
  if (values.case === BILL.name) return benchBill(payments, values.json);
  if (values.case === REFUNDS.name) return benchRefunds(values.json);
  const chosen = CASES.filter(({ name }) => values.case === undefined || values.case === name);
  if (chosen.length === 0)
    throw new WrongUse(`--case is one of ${[...CASES, BILL, REFUNDS].map(({ name }) => name).join(', ')}`);
  const builtDir = path.resolve(__dirname, '..');
  const options = { apis: 1, env: { CHECK_ANSWERS: 'off', LOG_LEVEL: 'error' } };
  const cases = await withThrowawayStack('bench', options, async (stack) => {
    const ground = await layBenchGround(stack, path.join(builtDir, 'bench/bare.js'));
    const results: Result[] = [];
    for (const one of chosen) {
      const result = await measure(ground, one);
      results.push(result);
      console.log(describe(result));
      if (one.atLeast !== undefined) demand(`${one.name}: ratio`, result.ratio, one.atLeast);
    }
    await ground.close();
    return results;
  });
  if (values.json) writeFileSync(values.json, JSON.stringify({ cases }, null, 2));
}

function describe({ name, ratio, baseline, rounds, paced }: Result): string {
  const each = rounds.map((round) => `${round.ours}/${round.baseline}`).join('  ');
  const line = `${name.padEnd(12)} ${ratio.toFixed(2)} × ${baseline}  ${each}`;
  return paced
    ? `${line}\n${' '.repeat(13)}at ${paced.perSecond} a second: p50 ${paced.p50} ms, p95 ${paced.p95} ms, p99 ${paced.p99} ms`
    : line;
}

async function benchRefunds(json: string | undefined): Promise<void> {
  const env = { CHECK_ANSWERS: 'off', LOG_LEVEL: 'error', REFUNDS_PER_SECOND: String(CONFIGURED_RATE) };
  const result = await withThrowawayStack('bench', { apis: 1, env }, (stack) =>
    measureRefundBatch(stack, REFUNDS.name, REFUNDS.count),
  );
  const { ratio, baseline, refunds, perSecond, memoryMb } = result;
  console.log(
    `${REFUNDS.name} ${ratio.toFixed(2)} × ${baseline}: ${refunds} refunds at ${perSecond} a second; API ${memoryMb.first} MB in the first third, ${memoryMb.last} MB in the last`,
  );
  demand(`${REFUNDS.name}: ratio`, ratio, AT_LEAST);
  demand(`${REFUNDS.name}: memory at hand, MB`, MOST_GROWTH_MB - (memoryMb.last - memoryMb.first), 0);
  if (json) writeFileSync(json, JSON.stringify({ cases: [result] }, null, 2));
}

/** What falls short is said, and the exit code says it too. */
function demand(what: string, measured: number, atLeast: number): void {
  if (measured >= atLeast) return;
  console.log(`! ${what} ${measured}, must be at least ${atLeast}`);
  process.exitCode = 1;
}

async function benchBill(payments: number, json: string | undefined): Promise<void> {
  const builtDir = path.resolve(__dirname, '..');
  const result = await withThrowawayStack('bench', { apis: 0 }, (stack) =>
    measureBill(stack, builtDir, BILL.name, payments),
  );
  console.log(describeBill(result));
  if (json) writeFileSync(json, JSON.stringify({ cases: [result] }, null, 2));
}

const inSeconds = (ms: number) => (ms / 1000).toFixed(1);

const describeBill = (one: BillResult): string =>
  [
    `${one.name.padEnd(12)} ${one.ratio.toFixed(2)} × ${one.baseline}`,
    `${one.rows} rows and ${one.movements} movements (${one.megabytes} MB) in ${inSeconds(one.ourMs)} s`,
    `the parser alone ${one.baselineMs.map(inSeconds).join(' and ')} s`,
    `memory grew by ${one.grownMb} MB`,
  ].join('; ');

/** One round to warm up, then the ones that count. */
async function measure(ground: BenchGround, one: Case): Promise<Result> {
  const rounds: Result['rounds'] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const { ours, bare } = await prepare(ground, one);
    const [b, a] = await fireInTurn(
      [
        { url: ground.bare.ready.url, ...bare },
        { url: ground.apiUrl, ...ours },
      ],
      CONNECTIONS,
    );
    await ours.check?.();
    if (round > 0 && a && b)
      rounds.push({ ours: Math.round(a.rate), baseline: Math.round(b.rate), p50: a.p50, p99: a.p99 });
  }
  const ratios = rounds.map(({ ours, baseline }) => ours / baseline).sort((x, y) => x - y);
  const ratio = Math.round((ratios[Math.floor(ratios.length / 2)] ?? 0) * 1000) / 1000;
  const result: Result = { name: one.name, ratio, baseline: one.baseline, unit: 'requests/s', rounds };
  const { perSecond } = one;
  if (perSecond === undefined) return result;
  const { ours } = await prepare(ground, one);
  const times = await fireAtRate({ url: ground.apiUrl, ...ours }, perSecond);
  return { ...result, paced: { perSecond, ...times } };
}

async function prepare(ground: BenchGround, one: Case) {
  await clearLastRound(ground);
  const ours = await one.ours(ground, REQUESTS);
  const bare = await one.bare(ground, REQUESTS);
  // The service may see a new session up to five seconds late.
  await new Promise((resolve) => setTimeout(resolve, CACHES_MS));
  return { ours, bare };
}

void runTool({ usage: USAGE, run: main, showStacks: true });
