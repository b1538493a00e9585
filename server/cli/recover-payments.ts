import { parseArgs } from 'node:util';
import { addDays, shanghaiDay } from '../../shared/domain/time';
import { buildWorld } from '../build-world';
import { registerEffects } from '../effects';
import { readEnv } from '../env';
import { allMerchants } from '../modules/campaigns/merchants';
import { type Recovery, recoverPayments } from '../modules/payments/recover-payments';
import { createLog } from '../platform/log';
import { connectMongo, disconnectMongo, ensureIndexes } from '../platform/mongo/connect';
import type { World } from '../world';
import { runTool, WrongUse } from './tool/run-tool';

const USAGE =
  'npm run recover-payments -- --from YYYY-MM-DD [--to YYYY-MM-DD] [--mchid N]   (the settings of the service; to yesterday unless given)';

/** npm run recover-payments: after a backup was restored, and before the service starts again. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { from: { type: 'string' }, to: { type: 'string' }, mchid: { type: 'string' } },
  });
  const from = dayOf('--from', values.from);
  const to = values.to === undefined ? undefined : dayOf('--to', values.to);
  const env = readEnv(process.env);
  await connectMongo(env.MONGODB_URI);
  try {
    await ensureIndexes();
    const { world, close } = await buildWorld(env, createLog('warn'));
    registerEffects(world);
    await recover(world, { from, to, mchid: values.mchid }).finally(close);
  } finally {
    await disconnectMongo();
  }
}

interface Asked {
  from: string;
  /** To yesterday when undefined. */
  to: string | undefined;
  /** All merchants when undefined. */
  mchid: string | undefined;
}

async function recover(world: World, { from, to, mchid: only }: Asked): Promise<void> {
  const today = shanghaiDay(world.clock.now());
  const span = { from, to: to ?? addDays(today, -1) };
  const merchants = (await allMerchants()).filter(({ mchid }) => only === undefined || mchid === only);
  if (merchants.length === 0) throw new WrongUse(`no merchant ${only ?? ''}`);
  for (const merchant of merchants) {
    const recovery = await recoverPayments(world, merchant, span);
    console.log(page(recovery));
    if (!isWhole(recovery)) process.exitCode = 1;
  }
  if (span.to <= today)
    console.log(`${today} 的收款要到明天 10:00 之后才有账单，请到时用 --from ${today} 再运行一次`);
  await world.effects.settle();
}

function dayOf(name: string, given: string | undefined): string {
  if (given !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(given)) return given;
  throw new WrongUse(`${name} is ${given ?? 'missing'}; it must be a day such as 2022-11-15`);
}

/** Everything that WeChat has of those days is here, or stands where a person finds it. */
const isWhole = ({ unattributed, waiting, days }: Recovery): boolean =>
  unattributed.length + waiting.length === 0 && days.every(({ bill }) => bill !== 'not_ready');

function page({ mchid, days, known, recovered, asked, unattributed, waiting }: Recovery): string {
  const notReady = days.filter(({ bill }) => bill === 'not_ready').map(({ day }) => day);
  return [
    `商户 ${mchid}：账单 ${days.length} 天，${days.reduce((sum, { rows }) => sum + rows, 0)} 行`,
    `  本地已有 ${known} 笔，找回 ${recovered} 笔，逐笔查询未结订单 ${asked} 笔`,
    ...unattributed.map((orderNo) => `  ! 无法归属，已列入待处理通知：${orderNo}`),
    ...waiting.map((orderNo) => `  ! 微信已退款，退款单号要等后一天的账单：${orderNo}`),
    ...notReady.map((day) => `  ! ${day} 的账单还没有生成，次日 10:00 之后请再运行一次`),
  ].join('\n');
}

void runTool({ usage: USAGE, run: main });
