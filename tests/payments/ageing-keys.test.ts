import { setTimeout as sleep } from 'node:timers/promises';
import { certify, makeKeyPair } from '../../server/sandbox/credentials/certificate';
import { onePaymentWorld } from '../support/one-payment-world';
import type { PaymentWorld } from '../support/payment-world';

jest.setTimeout(60_000);

const DAY_MS = 24 * 3_600_000;
/** The keys of an account are read again after five seconds. */
const KEYS_KNOWN_MS = 5_100;

let w: PaymentWorld;
let session: string;

onePaymentWorld((opened, sessionId) => {
  w = opened;
  session = sessionId;
});

const after = (days: number) => new Date(w.world.clock.now().getTime() + days * DAY_MS);

/** A certificate of the merchant's, and its key, that WeChat has never seen. */
async function ending(notAfter: Date) {
  const keys = await makeKeyPair();
  const { serial, pem } = certify(keys, w.merchant.mchid, notAfter);
  return { serialNo: serial, certificatePem: pem, privateKeyPem: keys.privateKey };
}

const rotate = (body: object) =>
  w.operator.call('PUT /api/console/merchants/:merchantId/keys', {
    params: { merchantId: w.merchantId },
    body,
  });

const listed = async () => (await w.auditor.call('GET /api/console/money-tasks')).accounts;

/** As it was at the beginning. */
const sound = () => ({
  serialNo: w.merchant.serialNo,
  certificatePem: w.merchant.certificate,
  privateKeyPem: w.merchant.privateKey,
  verificationKeys: [{ serial: w.merchant.platform.publicKeyId, pem: w.merchant.platform.publicKey }],
});

it.each([
  [31, []],
  [29, [{ what: 'certificate', task: 'ending' }]],
  [-1, [{ what: 'certificate', task: 'ended' }]],
])('%i days before its end a certificate makes %j of the work list', async (days, tasks) => {
  expect(await listed()).toEqual([]);
  const certificate = await ending(after(days));
  await rotate(certificate);
  const { mchid, name } = w.merchant;
  const validTo = expect.stringMatching(/^\d{4}-.*Z$/);
  expect(await listed()).toEqual(
    tasks.map((task) => ({ mchid, name, serial: certificate.serialNo, validTo, ...task })),
  );
  await rotate(sound());
  expect(await listed()).toEqual([]);
});

it('of WeChat’s own certificates only the last one counts, and none beside a public key', async () => {
  const keys = await makeKeyPair();
  const [old, young] = [certify(keys, 'platform', after(3)), certify(keys, 'platform', after(12))];
  const [first, second] = [old, young].map(({ serial, pem }) => ({ serial, pem }));
  await rotate({ verificationKeys: [first, second] });
  expect(await listed()).toMatchObject([{ what: 'platform_certificate', serial: young.serial }]);
  const { platform } = w.merchant;
  await rotate({ verificationKeys: [first, { serial: platform.publicKeyId, pem: platform.publicKey }] });
  expect(await listed()).toEqual([]);
  await rotate(sound());
});

describe.each([
  ['has ended', -1],
  ['is not the one that WeChat knows', 300],
])('a certificate that %s', (_, days) => {
  it('stops paying with a word for the student, asking with a word for finance, and costs no place', async () => {
    const payer = await w.payer(session);
    const { id } = await payer.hold();
    await payer.begin(id);
    const orderNo = await w.lastOrderNo();
    const other = await w.payer(session);
    const { id: fresh } = await other.hold();

    await rotate(await ending(after(days)));
    await sleep(KEYS_KNOWN_MS);
    const told = { status: 502, code: 'PAYING_IMPOSSIBLE', message: expect.stringContaining('没有扣款') };
    await expect(other.begin(fresh)).rejects.toMatchObject(told);
    await expect(payer.check(id)).rejects.toMatchObject(told);
    await expect(
      w.finance[0].call('POST /api/console/orders/:orderNo/check', { params: { orderNo } }),
    ).rejects.toMatchObject({ status: 502, code: 'ACCOUNT_UNUSABLE' });

    await rotate(sound());
    await sleep(KEYS_KNOWN_MS);
    expect(await other.cashier(await other.begin(fresh))).toBe('requestPayment:ok');
    await w.called(await w.lastOrderNo());
    expect(await w.truth(await w.lastOrderNo())).toMatchObject({ place: 'booked', order: 'paid' });
  });
});
