import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runTool, wholeNumber } from './cli/tool/run-tool';
import { DEMO_PASSWORD, DEMO_PHASES, DEMO_USERS, firstApi, seedDemo } from './demo/seed';
import { type Stack, startStack } from './demo/stack';
import { stopWithSignals } from './demo/stop-with-signals';

const ROOT = path.resolve(__dirname, '../..');
/** Beside the folders of the tryouts, which have demos of their own. */
const DATA = path.join(ROOT, '.data/demo');
const SEEDED = path.join(DATA, 'demo.json');
const DEMO_STUDENTS = 300;

interface DemoNotes {
  campaignId: string;
  students: number;
  people: { name: string; studentNo: string; major: string }[];
}

/** npm start: database, sandbox, API and the h5 mini-program on this machine, with the demo campaign. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      fresh: { type: 'boolean', default: false },
      students: { type: 'string', default: String(DEMO_STUDENTS) },
      port: { type: 'string', default: '8080' },
    },
  });
  const students = wholeNumber('--students', values.students, 1, 5334);
  const port = wholeNumber('--port', values.port, 0, 65_535);
  // Without its notes a demo was stopped while it was being laid: it begins anew.
  if (values.fresh || !existsSync(SEEDED)) rmSync(DATA, { recursive: true, force: true });

  const starting = startStack({
    dataDir: DATA,
    builtDir: path.join(ROOT, 'dist/server'),
    apis: 1,
    ...(port > 0 ? { apiPort: port } : {}),
    env: { STATIC_H5: path.join(ROOT, 'dist/h5'), STATIC_CONSOLE: path.join(ROOT, 'dist/console') },
    onLog: (name, line) => console.error(`[${name}] ${line}`),
  });
  stopWithSignals(starting);
  const stack = await starting;
  try {
    const notes = existsSync(SEEDED) ? readNotes() : await seed(stack, students);
    console.log(tour(stack, notes));
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

async function seed(stack: Stack, students: number): Promise<DemoNotes> {
  console.log(`正在铺设演示批次：103 个时段，${students} 名学生…`);
  const demo = await seedDemo(stack, students);
  const notes: DemoNotes = {
    campaignId: demo.campaign.id,
    students,
    people: demo.students.slice(0, 3).map(({ name, studentNo, major }) => ({ name, studentNo, major })),
  };
  writeFileSync(SEEDED, JSON.stringify(notes));
  return notes;
}

const readNotes = (): DemoNotes => JSON.parse(readFileSync(SEEDED, 'utf8'));

function tour(stack: Stack, notes: DemoNotes): string {
  const url = firstApi(stack);
  const people = notes.people.map(({ name, studentNo, major }) => `    ${name}  学号 ${studentNo}  ${major}`);
  const users = DEMO_USERS.map(({ login, name }) => `    ${login.padEnd(9)} ${name}`);
  const phases = DEMO_PHASES.map(({ label }) => label).join(' → ');
  return `
图采预约已启动，全部在这台电脑上，没有任何真实的钱或人。

  学生和现场小程序   ${url}/
  管理后台           ${url}/console
  接口文档           ${url}/docs
  演示时钟与沙箱     ${stack.sandboxUrls.control}

  演示学生（小程序顶部的演示条里可换人，共 ${notes.students} 人）
${people.join('\n')}
  管理账号（密码都是 ${DEMO_PASSWORD}；审批要的验证码，演示里就显示在提问的窗口下面）
${users.join('\n')}

  走一遍（约三分钟）
    1  打开小程序，在演示条里选一名学生，把时钟拨到“预约开放”
    2  点“第一次登录”，用演示条填照片、银行卡和手机号，确认学籍信息
    3  选本班时段，付款，首页出现预约二维码；再换一名学生同样预约付款，他到时不来
    4  时钟拨到“采集日 09:05”；管理后台用 office 登录：现场 → 现场手机 → 发登记码（24 小时内有效）
    5  第一名学生打开首页，在演示条里点“复制屏幕上的二维码”；小程序底部“工作人员入口”用登记码登记手机，
       选教室，开始签到，粘贴刚才的码并回车，再到“拍摄队列”标记已拍；现场页留着不要关
    6  时钟拨到“收尾”；office 结束采集，等现场页联网报完（约二十秒），finance1 提交统一退款，
       finance2 审批：没来的学生看到退款
    7  时钟拨到“次日 10:00”；finance1 在“对账”里看两天的账单与我们的记录一致
    时钟：${phases}

  重新开始：npm start -- --fresh        停止：Ctrl+C
`;
}

void runTool({ usage: 'npm start -- [--fresh] [--students 300] [--port 8080]', run: main });
