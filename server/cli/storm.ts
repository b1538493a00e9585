import { createWriteStream, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { beginBatchWork } from '../demo/batch-work';
import { withThrowawayStack } from '../demo/throwaway-stack';
import { type StormResult, storm } from '../storm/storm';
import { shortfalls } from '../storm/verdict';
import { runTool, wholeNumber } from './tool/run-tool';

const USAGE = 'npm run storm -- [--seconds S] [--seed N] [--json FILE] [--log FILE]';

/** npm run storm: everything goes wrong while students book and pay; then all must come to rest by itself. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '60' },
      seed: { type: 'string', default: '1' },
      json: { type: 'string' },
      /** What the processes say. */
      log: { type: 'string' },
    },
  });
  const seconds = wholeNumber('--seconds', values.seconds, 1, 3_600);
  const seed = wholeNumber('--seed', values.seed, 0, 2 ** 31);
  beginBatchWork();
  const log = values.log ? createWriteStream(values.log) : null;
  const onLog = (name: string, line: string) => log?.write(`${name} ${line}\n`);
  const tell = (line: string) => console.log(line);
  const result = await withThrowawayStack('storm', { apis: 0, onLog }, (stack) =>
    storm(stack, { seed, seconds, tell, log: log !== null }),
  );
  log?.end();
  if (values.json) writeFileSync(values.json, JSON.stringify(result, null, 2));
  const missing = shortfalls(result);
  console.log(page(result, missing));
  if (missing.length > 0) process.exitCode = 1;
}

function page(result: StormResult, missing: readonly string[]): string {
  const { seed, seconds, orders, refunds, faults, kills, seats, money, unsettled, left, problems } = result;
  const table = (rows: object) =>
    Object.entries(rows)
      .map(([name, count]) => `${name} ${count}`)
      .join('，');
  return `
风暴 ${seed}：${seconds} 秒，订单 ${orders}，退款 ${refunds}，强杀 ${kills} 次
  故障  ${table(faults)}
  名额  超卖 ${seats.oversold}，泄漏 ${seats.leaked}，重复 ${seats.duplicates}
  钱    无法解释 ${(money.unexplained / 100).toFixed(2)} 元
  未了  ${unsettled}${unsettled > 0 ? `（${table(left)}）` : ''}
${[...problems, ...missing].map((line) => `  ! ${line}`).join('\n') || '  全部自行了结，没有差错'}`;
}

void runTool({ usage: USAGE, run: main, showStacks: true });
