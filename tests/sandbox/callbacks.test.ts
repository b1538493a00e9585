import type { Callback } from '../../server/sandbox/wechat-pay/callbacks';
import { openCallback } from './support/merchant-client';
import { type NotifyReceiver, openNotifyReceiver } from './support/notify-receiver';
import { eventually, openTestSandbox, type TestSandbox } from './support/sandbox';
import { openShop, type Shop } from './support/shop';

const DAY = 86_400_000;
/** 15s 15s 30s 3m 10m 20m 30m×3 60m 3h×3 6h×2 */
const RETRIES = [15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10800, 10800, 10800, 21600, 21600];

describe('callbacks', () => {
  let sandbox: TestSandbox;
  let receiver: NotifyReceiver;
  let shop: Shop;

  beforeAll(async () => {
    [sandbox, receiver] = await Promise.all([openTestSandbox(), openNotifyReceiver()]);
    shop = openShop(sandbox, `${receiver.url}/notify`);
  });
  afterAll(() => Promise.all([sandbox.close(), receiver.close()]));
  beforeEach(async () => {
    receiver.received.length = 0;
    receiver.answer(204);
    await sandbox.control('DELETE', '/faults');
  });

  const order = (kind: string, more: object = {}) =>
    sandbox.control('POST', '/faults', { service: 'callback', kind, times: 1, ...more });
  const advance = (ms: number) => sandbox.control('POST', '/clock', { advanceMs: ms });
  const recordOf = async (outTradeNo: string) => {
    const { body } = await sandbox.control<{ items: Callback[] }>('GET', '/books/callbacks?limit=1000');
    return body.items.find((callback) => callback.outTradeNo === outTradeNo);
  };
  const inState = (outTradeNo: string, state: Callback['state']) =>
    eventually(async () => {
      const record = await recordOf(outTradeNo);
      return record?.state === state ? record : undefined;
    });
  const attempted = (outTradeNo: string, times: number) =>
    eventually(async () => {
      const record = await recordOf(outTradeNo);
      return record && record.attempts.length >= times ? record : undefined;
    });
  const numberOf = (place: number) => {
    const callback = receiver.received[place];
    if (!callback) throw new Error(`no callback ${place}`);
    return openCallback(callback, sandbox.merchant).open().out_trade_no;
  };

  it('is not repeated once it was accepted', async () => {
    const outTradeNo = await shop.sell();
    const record = await inState(outTradeNo, 'delivered');
    await advance(DAY);
    expect(record.attempts.map(({ answer }) => answer)).toEqual([204]);
    expect(receiver.received).toHaveLength(1);
  });

  it('is repeated by the schedule on the demo clock, with a fresh signature each time, and then given up', async () => {
    receiver.answer(500);
    const outTradeNo = await shop.sell();
    await attempted(outTradeNo, 1);
    for (const [place, seconds] of RETRIES.entries()) {
      await advance(seconds * 1000);
      await attempted(outTradeNo, place + 2);
    }
    const record = await inState(outTradeNo, 'exhausted');
    expect(record.attempts.map(({ round }) => round)).toEqual([...RETRIES.keys(), RETRIES.length]);
    const nonces = receiver.received.map(({ headers }) => headers['wechatpay-nonce']);
    expect(new Set(nonces).size).toBe(RETRIES.length + 1);
    const ids = receiver.received.map(({ body }) => JSON.parse(body).id);
    expect(new Set(ids).size).toBe(1);
  });

  it('goes through all that became due when the clock jumps a day', async () => {
    receiver.answer(500);
    const outTradeNo = await shop.sell();
    await attempted(outTradeNo, 1);
    await advance(2 * DAY);
    expect((await inState(outTradeNo, 'exhausted')).attempts).toHaveLength(RETRIES.length + 1);
  });

  it('gets through when the merchant recovers', async () => {
    receiver.answer(500);
    const outTradeNo = await shop.sell();
    await attempted(outTradeNo, 1);
    receiver.answer(200);
    await advance(15_000);
    expect((await inState(outTradeNo, 'delivered')).attempts.map(({ answer }) => answer)).toEqual([500, 200]);
  });

  describe('on command', () => {
    it('never comes', async () => {
      await order('drop');
      const dropped = await shop.sell();
      expect((await inState(dropped, 'dropped')).attempts).toEqual([]);
    });

    it('comes several times at once', async () => {
      await order('duplicate', { copies: 4 });
      const outTradeNo = await shop.sell();
      const record = await inState(outTradeNo, 'delivered');
      expect(record.attempts.map(({ round }) => round)).toEqual([0, 0, 0, 0, 0]);
      expect(receiver.received).toHaveLength(5);
    });

    it('comes after a later one', async () => {
      await order('reorder');
      const first = await shop.sell();
      const second = await shop.sell();
      await inState(first, 'delivered');
      expect([numberOf(0), numberOf(1)]).toEqual([second, first]);
    });

    it('comes late', async () => {
      await order('delay', { delayMs: 3_600_000 });
      const late = await shop.sell();
      await inState(await shop.sell(), 'delivered');
      expect((await recordOf(late))?.attempts).toEqual([]);
      await advance(3_600_000);
      await inState(late, 'delivered');
    });

    it.each([
      ['wrong-key', false],
      ['tamper-signature', false],
      ['tamper-body', false],
      ['signtest', false],
      ['unknown-serial', false],
    ])('is signed wrongly (%s) once, and rightly when it is repeated', async (kind, genuine) => {
      receiver.answer(401);
      await order(kind);
      const outTradeNo = await shop.sell();
      await attempted(outTradeNo, 1);
      receiver.answer(200);
      await advance(15_000);
      await inState(outTradeNo, 'delivered');
      const verdicts = receiver.received.map((callback) => openCallback(callback, sandbox.merchant).genuine);
      expect(verdicts).toEqual([genuine, true]);
    });

    it('carries a ciphertext that does not open although the signature is right', async () => {
      await order('tamper');
      await shop.sell();
      const callback = await eventually(() => receiver.received[0]);
      const { genuine, open } = openCallback(callback, sandbox.merchant);
      expect(genuine).toBe(true);
      expect(open).toThrow();
    });

    it('is stamped more than five minutes ago', async () => {
      await order('stale-timestamp');
      const { body: before } = await sandbox.control<{ now: string }>('GET', '/clock');
      await shop.sell();
      const callback = await eventually(() => receiver.received[0]);
      const stamped = Number(callback.headers['wechatpay-timestamp']) * 1000;
      expect(Date.parse(before.now) - stamped).toBeGreaterThan(5 * 60_000);
      expect(openCallback(callback, sandbox.merchant).genuine).toBe(true);
    });

    it('is counted by kind', async () => {
      const { body } = await sandbox.control<Record<string, number>>('GET', '/faults/counts');
      expect(body).toMatchObject({ 'callback:drop': 1, 'callback:duplicate': 1, 'callback:tamper': 1 });
    });
  });

  it('is signed by the certificate when the merchant has not yet changed to the public key', async () => {
    const { mchid, platform } = sandbox.merchant;
    await sandbox.control('PUT', `/merchants/${mchid}/signing`, { with: 'certificate' });
    await shop.sell();
    const callback = await eventually(() => receiver.received[0]);
    await sandbox.control('PUT', `/merchants/${mchid}/signing`, { with: 'public-key' });
    expect(callback.headers['wechatpay-serial']).toBe(platform.certificateSerial);
    expect(openCallback(callback, sandbox.merchant).genuine).toBe(true);
  });

  it('is encrypted with the new APIv3 key after a rotation', async () => {
    const { body: rotated } = await sandbox.control<{ apiV3Key: string }>(
      'POST',
      `/merchants/${sandbox.merchant.mchid}/rotate-key`,
      { what: 'apiV3Key' },
    );
    await shop.sell();
    const callback = await eventually(() => receiver.received[0]);
    expect(openCallback(callback, sandbox.merchant).open).toThrow();
    const merchant = { ...sandbox.merchant, apiV3Key: rotated.apiV3Key };
    expect(openCallback(callback, merchant).open().trade_state).toBe('SUCCESS');
  });
});
