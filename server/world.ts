import type { Connection } from 'mongoose';
import type { Env } from './env';
import type { Blobs } from './platform/blobs/blobs';
import type { Clock } from './platform/clock';
import type { BlindIndex } from './platform/crypto/blind-index';
import type { CodeKeys } from './platform/crypto/code-keys';
import type { Sealer } from './platform/crypto/sealer';
import type { EffectRunner } from './platform/effects/runner';
import type { Ids } from './platform/ids';
import type { Log } from './platform/log';
import type { Metrics } from './platform/metrics';
import type { TencentCloud } from './platform/tencent-cloud/client';
import type { WeChat } from './platform/wechat/client';
import type { MerchantGateways } from './platform/wechat-pay/merchant-gateways';

/** Everything outside the business that a use case may reach, passed in so that a test can be any of it. */
export interface World {
  env: Env;
  clock: Clock;
  ids: Ids;
  log: Log;
  metrics: Metrics;
  effects: EffectRunner;
  sealer: Sealer;
  blindIndex: BlindIndex;
  codeKeys: CodeKeys;
  blobs: Blobs;
  tencent: TencentCloud;
  wechat: WeChat;
  pay: MerchantGateways;
  /** For what talks to the database beside the models: shared rate limits. */
  connection: Connection;
}
