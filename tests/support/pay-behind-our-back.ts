import type { ApiClient } from '../../server/demo/api-client';
import type { Ground } from '../../server/demo/ground';

/** The student's newest order is paid at WeChat, whose word of it takes a minute of the demo clock: who asks is first. */
export async function payBehindOurBack({ stack, db }: Ground, api: ApiClient): Promise<void> {
  const [order] = (await api.call('GET /api/me/orders')).orders;
  const merchant = await db.collection<{ _id: string; mchid: string }>('merchants').findOne({});
  await stack.sandbox.plantFault({
    service: 'callback',
    kind: 'delay',
    match: { outTradeNo: order?.orderNo },
    times: 1,
    delayMs: 60_000,
  });
  await stack.sandbox.ask('POST', `/pay/orders/${merchant?.mchid}/${order?.orderNo}/pay`, {});
}
