import mongoose from 'mongoose';
import type { Env } from './env';
import { merchantSettings } from './modules/campaigns/merchants';
import { databaseBlobs } from './platform/blobs/blobs';
import { type Clock, followClock, systemClock } from './platform/clock';
import { createBlindIndex } from './platform/crypto/blind-index';
import { loadCodeKeys } from './platform/crypto/code-keys';
import { createSealer } from './platform/crypto/sealer';
import { createEffectRunner } from './platform/effects/runner';
import { randomIds } from './platform/ids';
import type { Log } from './platform/log';
import { createMetrics } from './platform/metrics';
import { sharedSlots } from './platform/mongo/shared-slots';
import { createTencentCloud } from './platform/tencent-cloud/client';
import { createWeChat } from './platform/wechat/client';
import { tokenRecord } from './platform/wechat/token-record';
import { createMerchantGateways } from './platform/wechat-pay/merchant-gateways';
import { FAILURES_A_SECOND } from './platform/wechat-pay/refund-pace';
import type { World } from './world';

/** Longer than one is kept in hand and a call to WeChat may take. */
const REFUND_SLOT_MS = 12_000;

export interface BuiltWorld {
  world: World;
  /** Closes what was opened here; the database is the caller's. */
  close(): Promise<void>;
}

/**
 * The real outside world from the settings. In sandbox mode time is the sandbox's.
 *
 * @throws SettingError naming a key that cannot be used
 */
export async function buildWorld(env: Env, log: Log): Promise<BuiltWorld> {
  const { clock, close: closeClock } = await clockFor(env);
  const sealer = createSealer({ setting: 'DATA_KEYS', keys: env.DATA_KEYS });
  const ids = randomIds;
  const metrics = createMetrics();
  const pay = createMerchantGateways({
    load: (mchid) => merchantSettings({ sealer }, mchid),
    baseUrl: env.WECHAT_PAY_BASE_URL,
    refundsPerSecond: env.REFUNDS_PER_SECOND,
    refundSlots: (mchid) =>
      sharedSlots(`refunds:${mchid}`, {
        count: FAILURES_A_SECOND,
        leaseMs: REFUND_SLOT_MS,
        newToken: () => ids.id(),
      }),
    clock,
    log: metrics.counting('wechat-pay', log),
  });
  const world: World = {
    env,
    clock,
    ids,
    log,
    metrics,
    effects: createEffectRunner({ clock, log, metrics }),
    sealer,
    blindIndex: createBlindIndex({ setting: 'INDEX_KEYS', keys: env.INDEX_KEYS }),
    codeKeys: loadCodeKeys({ setting: 'TOKEN_KEYS', keys: env.TOKEN_KEYS }),
    blobs: databaseBlobs({ sealer, ids, clock }),
    tencent: createTencentCloud({
      secretId: env.TENCENT_SECRET_ID,
      secretKey: env.TENCENT_SECRET_KEY,
      region: env.TENCENT_REGION,
      baseUrl: env.TENCENT_BASE_URL,
      log: metrics.counting('tencent-cloud', log),
    }),
    wechat: createWeChat({
      appid: env.WECHAT_APPID,
      secret: env.WECHAT_SECRET,
      baseUrl: env.WECHAT_BASE_URL,
      tokenStore: tokenRecord(env.WECHAT_APPID, sealer),
      clock,
      log: metrics.counting('wechat', log),
    }),
    pay,
    connection: mongoose.connection,
  };
  return {
    world,
    async close() {
      closeClock();
      await pay.close();
    },
  };
}

async function clockFor(env: Env): Promise<{ clock: Clock; close: () => void }> {
  if (!env.SANDBOX_CONTROL_URL) return { clock: systemClock, close: () => undefined };
  const clock = await followClock(env.SANDBOX_CONTROL_URL, `api-${process.pid}`);
  return { clock, close: clock.close };
}
