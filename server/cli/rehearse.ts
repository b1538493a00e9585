import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { beginBatchWork } from '../demo/batch-work';
import { DEMO_HEADCOUNT } from '../demo/roster';
import { withThrowawayStack } from '../demo/throwaway-stack';
import { COHORTS, type Cohort } from '../rehearsal/cohorts';
import { type Rehearsal, rehearse } from '../rehearsal/rehearse';
import { runTool, wholeNumber } from './tool/run-tool';

const USAGE = 'npm run rehearse -- [--students N] [--json FILE]';

/** npm run rehearse: a whole campaign over HTTP, proved at the end. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { students: { type: 'string', default: String(DEMO_HEADCOUNT) }, json: { type: 'string' } },
  });
  const students = wholeNumber('--students', values.students, 1, DEMO_HEADCOUNT);
  beginBatchWork();
  const begun = Date.now();
  const tell = (step: string) =>
    console.log(`${String(Math.round((Date.now() - begun) / 1000)).padStart(4)} s  ${step}`);
  const result = await withThrowawayStack('rehearsal', { apis: 1 }, (stack) =>
    rehearse(stack, students, tell),
  );
  if (values.json) writeFileSync(values.json, JSON.stringify(result, null, 2));
  console.log(page(result));
  if (result.failures.length > 0) process.exitCode = 1;
}

const yuan = (fen: number) => (fen / 100).toFixed(2);

function page({
  students,
  sessions,
  funnel,
  seats,
  money,
  reconciliation,
  seconds,
  requests,
  latencyMs,
  apiPeakMb,
  failures,
}: Rehearsal): string {
  return `
演练结果：${students} 名学生，${sessions} 个时段，${seconds} 秒，${requests} 次请求（p50 ${latencyMs.p50} ms，p95 ${latencyMs.p95} ms，p99 ${latencyMs.p99} ms）${apiPeakMb === null ? '' : `，API 进程最多用 ${apiPeakMb} MB`}
  人    已拍 ${funnel.shot}（提前毕业 ${funnel.early_graduates}，第二学位 ${funnel.second_degree}，现场预约 ${funnel.walk_in}），占位释放 ${funnel.released}，退款 ${funnel.refunded}
        ${cohortsOf(funnel)}
  名额  共 ${seats.total}，占用 ${seats.taken}；超卖 ${seats.oversold}，泄漏 ${seats.leaked}，重复 ${seats.duplicates}
  钱    收 ${yuan(money.paid)} 元，退 ${yuan(money.refunded)} 元，手续费 ${yuan(money.fees)} 元；无法解释 ${yuan(money.unexplained)} 元
  对账  ${reconciliation.rows} 行，差异 ${reconciliation.differences}
${failures.length === 0 ? '  全部通过：四个零由独立核对程序得出。' : failures.map((failure) => `  ✗ ${failure}`).join('\n')}
`;
}

const cohortsOf = (funnel: Rehearsal['funnel']) =>
  Object.entries(COHORTS)
    .map(([cohort, words]) => `${words} ${funnel[cohort as Cohort]}`)
    .join('，');

void runTool({ usage: USAGE, run: main, showStacks: true });
