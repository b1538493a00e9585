import {
  createMerchantGateways,
  type MerchantSettings,
  UnknownMerchant,
} from '../../../../server/platform/wechat-pay/merchant-gateways';
import { startServer } from '../support/http-server';
import {
  answerSigned,
  certificateKey,
  clock,
  makeSigner,
  merchant,
  paidOrder,
  publicKey,
  type Signer,
  silentLog,
} from '../support/wechat-pay-world';

const settings: MerchantSettings = { merchant, verificationKeys: [certificateKey] };

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

/** WeChat Pay, answering every query with a paid order. */
async function payServer(signer?: Signer) {
  const choices = signer ? { signer } : {};
  const server = await startServer((_, response) => answerSigned(response, 200, paidOrder, choices));
  opened.push(server);
  return server;
}

function gatewaysOver(stored: Map<string, MerchantSettings>, cacheMs: number, baseUrl?: string) {
  let loads = 0;
  const gateways = createMerchantGateways({
    load: async (mchid) => {
      loads += 1;
      return stored.get(mchid);
    },
    clock,
    log: silentLog,
    cacheMs,
    ...(baseUrl ? { baseUrl } : {}),
  });
  opened.push(gateways);
  return { gateways, loads: () => loads };
}

it('gives each merchant its own gateway', async () => {
  const other = { ...settings, merchant: { ...merchant, mchid: '1900000110' } };
  const { gateways } = gatewaysOver(
    new Map([
      ['1900000109', settings],
      ['1900000110', other],
    ]),
    5_000,
  );
  expect((await gateways.merchantGateway('1900000109')).mchid).toBe('1900000109');
  expect((await gateways.merchantGateway('1900000110')).mchid).toBe('1900000110');
});

it('loads a merchant once while it is fresh, also when many ask at once', async () => {
  const { gateways, loads } = gatewaysOver(new Map([['1900000109', settings]]), 5_000);
  const [first, second] = await Promise.all([
    gateways.merchantGateway('1900000109'),
    gateways.merchantGateway('1900000109'),
  ]);
  expect(first).toBe(second);
  expect(await gateways.merchantGateway('1900000109')).toBe(first);
  expect(loads()).toBe(1);
});

it('takes over rotated credentials without a restart', async () => {
  const next = makeSigner('2f1b2c3d4e5f60718293a4b5c6d7e8f901234567');
  const server = await payServer();
  const stored = new Map([['1900000109', settings]]);
  const { gateways } = gatewaysOver(stored, 0, server.origin);
  const serialUsed = async () => {
    await (await gateways.merchantGateway('1900000109')).queryOrder('TC20221119a7Kp2mQ9');
    return /serial_no="([^"]*)"/.exec(server.received.at(-1)?.headers.authorization ?? '')?.[1];
  };

  expect(await serialUsed()).toBe(merchant.serialNo);
  stored.set('1900000109', {
    ...settings,
    merchant: {
      ...merchant,
      serialNo: next.serial,
      privateKeyPem: next.privateKeyPem,
      certificatePem: next.certificatePem,
    },
  });
  expect(await serialUsed()).toBe(next.serial);
});

it('takes over rotated verification keys, also in a gateway somebody holds', async () => {
  const next = makeSigner('1f1b2c3d4e5f60718293a4b5c6d7e8f901234567');
  const server = await payServer(next);
  const stored = new Map([['1900000109', settings]]);
  const { gateways } = gatewaysOver(stored, 0, server.origin);
  const held = await gateways.merchantGateway('1900000109');
  await expect(held.queryOrder('TC20221119a7Kp2mQ9')).rejects.toMatchObject({ code: 'UNKNOWN_SERIAL' });

  stored.set('1900000109', {
    merchant,
    verificationKeys: [publicKey, { serial: next.serial, pem: next.certificatePem }],
  });
  expect(await gateways.merchantGateway('1900000109')).toBe(held);
  expect(await held.queryOrder('TC20221119a7Kp2mQ9')).toMatchObject({ state: 'SUCCESS' });
});

it('refuses an account nobody has, and one that was removed', async () => {
  const stored = new Map([['1900000109', settings]]);
  const { gateways } = gatewaysOver(stored, 0);
  await expect(gateways.merchantGateway('1900000999')).rejects.toThrow(UnknownMerchant);
  await gateways.merchantGateway('1900000109');
  stored.clear();
  await expect(gateways.merchantGateway('1900000109')).rejects.toThrow(UnknownMerchant);
});

it('names the setting of a merchant that cannot be used', async () => {
  const { gateways } = gatewaysOver(
    new Map([['1900000109', { ...settings, merchant: { ...merchant, apiV3Key: 'short' } }]]),
    5_000,
  );
  await expect(gateways.merchantGateway('1900000109')).rejects.toThrow('merchant 1900000109: apiV3Key');
});
