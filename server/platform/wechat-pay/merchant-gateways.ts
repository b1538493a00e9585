import { createHash } from 'node:crypto';
import { Agent } from 'undici';
import type { CallLog } from '../call-log';
import type { Clock } from '../clock';
import type { RandomBytes } from '../crypto/random';
import type { Slots } from '../mongo/shared-slots';
import { createWeChatPay, type WeChatPay } from './client';
import type { MerchantCredentials } from './credentials';
import { createRefundPace, type RefundPace } from './refund-pace';
import { createVerificationKeys, type VerificationKey, type VerificationKeys } from './verification-keys';

/** Everything stored for one merchant account. */
export interface MerchantSettings {
  merchant: MerchantCredentials;
  verificationKeys: readonly VerificationKey[];
}

export interface MerchantGateways {
  /** @throws UnknownMerchant, SettingError */
  merchantGateway(mchid: string): Promise<WeChatPay>;
  /** Closes idle connections; calls under way finish first. */
  close(): Promise<void>;
}

export class UnknownMerchant extends Error {
  override readonly name = 'UnknownMerchant';

  constructor() {
    super('no such merchant account');
  }
}

/** Enough for 150 refunds a second at 400 ms each. */
const MAX_CONNECTIONS = 64;

interface Loaded {
  gateway: WeChatPay;
  keys: VerificationKeys;
  credentials: string;
  loadedAt: number;
}

/**
 * The merchants of this deployment, read again from their store after at most `cacheMs`: a rotated key or certificate
 * takes effect without a restart. Unknown accounts are not remembered, so that made-up ones fill no memory.
 *
 * @param load    undefined when there is no such account
 * @param cacheMs at most 5,000
 * @param refundsPerSecond for each account and instance, at most 100
 * @param refundSlots what all instances share of an account's limit of failing refunds; none for one that is alone
 */
export function createMerchantGateways(options: {
  load: (mchid: string) => Promise<MerchantSettings | undefined>;
  baseUrl?: string;
  clock: Clock;
  random?: RandomBytes;
  timeoutMs?: number;
  retryDelaysMs?: readonly number[];
  log: CallLog;
  cacheMs?: number;
  refundsPerSecond?: number;
  refundSlots?: (mchid: string) => Slots;
}): MerchantGateways {
  const { load, cacheMs = 5_000, refundsPerSecond = 80, refundSlots, ...clientOptions } = options;
  const dispatcher = new Agent({ connections: MAX_CONNECTIONS });
  const known = new Map<string, Loaded>();
  const underWay = new Map<string, Promise<WeChatPay>>();
  /** Outlives rotated keys: the limits are the account's. */
  const paces = new Map<string, RefundPace>();
  const paceOf = (mchid: string) => {
    const shared = refundSlots && { slots: refundSlots(mchid), log: clientOptions.log };
    const pace = paces.get(mchid) ?? createRefundPace(refundsPerSecond, shared);
    paces.set(mchid, pace);
    return pace;
  };

  async function refresh(mchid: string): Promise<WeChatPay> {
    const settings = await load(mchid);
    const previous = known.get(mchid);
    if (!settings) {
      known.delete(mchid);
      throw new UnknownMerchant();
    }
    const credentials = fingerprint(settings.merchant);
    const setting = `merchant ${mchid}: verificationKeys`;
    if (previous?.credentials === credentials) {
      previous.keys.replace(settings.verificationKeys);
      previous.loadedAt = performance.now();
      return previous.gateway;
    }
    const keys = createVerificationKeys(settings.verificationKeys, setting);
    const gateway = createWeChatPay({
      ...clientOptions,
      merchant: settings.merchant,
      verificationKeys: keys,
      refundPace: paceOf(mchid),
      dispatcher,
    });
    known.set(mchid, { gateway, keys, credentials, loadedAt: performance.now() });
    return gateway;
  }

  return {
    async merchantGateway(mchid) {
      const fresh = known.get(mchid);
      // Measured, not read from the clock: a demo clock that jumps must not freeze a rotation.
      if (fresh && performance.now() - fresh.loadedAt < cacheMs) return fresh.gateway;
      const loading = underWay.get(mchid) ?? refresh(mchid).finally(() => underWay.delete(mchid));
      underWay.set(mchid, loading);
      return loading;
    },
    async close() {
      await dispatcher.close();
      for (const pace of paces.values()) await pace.close();
    },
  };
}

const fingerprint = (merchant: MerchantCredentials) =>
  createHash('sha256').update(JSON.stringify(merchant)).digest('base64');
