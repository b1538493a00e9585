import { merchantSettings } from '../../server/modules/campaigns/merchants';
import { createLog } from '../../server/platform/log';
import { type Slots, sharedSlots } from '../../server/platform/mongo/shared-slots';
import { WeChatPayError } from '../../server/platform/wechat-pay/errors';
import { createMerchantGateways } from '../../server/platform/wechat-pay/merchant-gateways';
import { FAILURES_A_SECOND } from '../../server/platform/wechat-pay/refund-pace';
import { fen } from '../../shared/domain/money';
import { openPaymentWorld, type PaymentWorld } from '../support/payment-world';

jest.setTimeout(60_000);

/*
 * WeChat turns everything away once six refund calls of an account have failed within a second (429), however many
 * instances made them. The sandbox does so too, and is the judge here.
 */
const CALLS_EACH = 8;

let w: PaymentWorld;

beforeAll(async () => {
  w = await openPaymentWorld();
});
afterAll(() => w?.close());

/** Two instances that share the database alone ask at once for refunds that WeChat refuses. @returns how each call failed */
async function refusedByTwo(refundSlots?: (mchid: string) => Slots): Promise<string[]> {
  const instances = [0, 1].map(() =>
    createMerchantGateways({
      load: (mchid) => merchantSettings(w.world, mchid),
      baseUrl: w.sandbox.urls.pay,
      clock: w.world.clock,
      log: createLog('silent'),
      refundsPerSecond: 100,
      ...(refundSlots ? { refundSlots } : {}),
    }),
  );
  const ask = async (gateways: (typeof instances)[number]) => {
    const pay = await gateways.merchantGateway(w.merchant.mchid);
    const numbers = { outTradeNo: w.world.ids.number(), outRefundNo: w.world.ids.number() };
    try {
      await pay.requestRefund({ ...numbers, refund: fen(3000), total: fen(3000) });
      return 'went';
    } catch (error) {
      if (error instanceof WeChatPayError) return error.kind;
      throw error;
    }
  };
  const asked = instances.flatMap((one) => Array.from({ length: CALLS_EACH }, () => ask(one)));
  const outcomes = await Promise.all(asked);
  for (const one of instances) await one.close();
  return outcomes;
}

it('two instances together stay under the limit: every refusal is WeChat’s word on the refund', async () => {
  const outcomes = await refusedByTwo((mchid) =>
    sharedSlots(`test:${mchid}`, {
      count: FAILURES_A_SECOND,
      leaseMs: 10_000,
      newToken: () => w.world.ids.id(),
    }),
  );
  expect(outcomes).toEqual(Array(2 * CALLS_EACH).fill('refused'));
});

it('control: each under a limit of its own, they break it', async () => {
  expect(await refusedByTwo()).toContain('rate-limited');
});
