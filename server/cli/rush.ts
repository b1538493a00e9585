import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { withThrowawayStack } from '../demo/throwaway-stack';
import { type Rush, rush } from '../rush/rush';
import { runTool, wholeNumber } from './tool/run-tool';

const STUDENTS = 600;
const USAGE = 'npm run rush -- [--students N] [--json FILE]';

/** npm run rush: everybody presses "book" within ten seconds. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { students: { type: 'string', default: String(STUDENTS) }, json: { type: 'string' } },
  });
  const students = wholeNumber('--students', values.students, 1, 20_000);
  const options = { apis: 1, env: { CHECK_ANSWERS: 'off' } };
  const result = await withThrowawayStack('rush', options, (stack) => rush(stack, students));
  if (values.json) writeFileSync(values.json, JSON.stringify(result, null, 2));
  console.log(describe(result));
  if (result.failures.length > 0) process.exitCode = 1;
}

function describe(result: Rush): string {
  const { students, places, booked, soldOut, latencyMs, seats, api } = result;
  return [
    `抢约结果：${students} 名学生，${places} 个名额，${result.seconds} 秒，${result.requests} 次请求`,
    `  预约  成功 ${booked}，已满 ${soldOut}，出错 ${result.errors}；p50 ${latencyMs.hold.p50} ms，p99 ${latencyMs.hold.p99} ms`,
    `  刷新  p50 ${latencyMs.list.p50} ms，p99 ${latencyMs.list.p99} ms；未变化（304）${result.notModified}`,
    `  服务  CPU ${api.cpuPercent}%（一个核），内存 ${api.memoryMb} MB，探测延迟 p99 ${api.lagMs} ms`,
    `  名额  占用 ${seats.taken}；超卖 ${seats.oversold}，重复 ${seats.duplicates}，泄漏 ${seats.leaked}`,
    ...result.failures.map((failure) => `  ✗ ${failure}`),
  ].join('\n');
}

void runTool({ usage: USAGE, run: main });
