import { setTimeout as sleep } from 'node:timers/promises';
import { type ApiClient, createApiClient } from '../../../../server/demo/api-client';
import { type Row, record } from '../../../../server/demo/ground';
import { DEMO_PASSWORD } from '../../../../server/demo/seed';
import type { UseCase } from '../crash-everywhere';
import type { CrashWorld } from '../world';
import { bookedBooking } from './steps';

/** Money that fits no order of ours. */
interface Notice {
  noticeId: string;
}

const merchantOf = async ({ stack }: CrashWorld) => {
  const [merchant] = (await stack.sandbox.credentials()).merchants;
  if (!merchant) throw new Error('the sandbox has no merchant');
  return merchant;
};

async function kept(world: CrashWorld): Promise<Notice> {
  const { ground, stack } = world;
  const { mchid } = await merchantOf(world);
  const row = record();
  await ground.db.collection<Row>('orphan_notifications').insertOne({
    ...row,
    schoolId: ground.schoolId,
    mchid,
    kind: 'payment',
    outTradeNo: `library-${row._id}`,
    outRefundNo: null,
    transactionId: row._id,
    amountFen: 800,
    reason: 'unknown',
    at: await stack.sandbox.now(),
    resolvedAt: null,
    resolvedBy: null,
    note: null,
  });
  return { noticeId: row._id };
}

const resolveNotice: UseCase<Notice> = {
  name: 'money that fits no order is explained',
  mayBeOpen: ['notice-unresolved'],
  arrange: kept,
  scope: ({ noticeId }) => `POST /api/console/payment-notices/${noticeId}/resolve`,
  act: ({ maker }, { noticeId }) =>
    maker.call('POST /api/console/payment-notices/:noticeId/resolve', {
      params: { noticeId },
      body: { note: '图书馆赔书款，已转交' },
    }),
  async goOn(world, subject) {
    // The answer was lost with the process: whoever asked says it again.
    await resolveNotice.act(world, subject);
    const notice = await world.ground.db
      .collection<Row>('orphan_notifications')
      .findOne({ _id: subject.noticeId });
    expect(notice).toMatchObject({ note: '图书馆赔书款，已转交', resolvedBy: { name: '财务处王会计' } });
  },
};

/** Longer than a process goes by the keys that it has read. */
const KEYS_KNOWN_MS = 5_100;

/** The operator, who has the account's keys at hand. */
interface Keys {
  operator: ApiClient;
  merchantId: string;
}

const rotateKeys: UseCase<Keys> = {
  name: 'the keys of a merchant account rotated',
  async arrange({ ground, victim }) {
    const operator = createApiClient(victim.url);
    await operator.signIn('operator', DEMO_PASSWORD);
    return { operator, merchantId: ground.merchantId };
  },
  async prepare(world, { operator }) {
    await operator.call('GET /api/console/me');
    const { mchid } = await merchantOf(world);
    await world.stack.sandbox.rotateKey(mchid, 'certificate');
  },
  scope: ({ merchantId }) => `PUT /api/console/merchants/${merchantId}/keys`,
  async act(world, { operator, merchantId }) {
    const { platform, serialNo, certificate, privateKey, apiV3Key } = await merchantOf(world);
    return operator.call('PUT /api/console/merchants/:merchantId/keys', {
      params: { merchantId },
      body: {
        serialNo,
        certificatePem: certificate,
        privateKeyPem: privateKey,
        apiV3Key,
        verificationKeys: [{ serial: platform.publicKeyId, pem: platform.publicKey }],
      },
    });
  },
  async goOn(world, subject) {
    const { mchid, serialNo, platform } = await merchantOf(world);
    expect(await rotateKeys.act(world, subject)).toEqual({
      mchid,
      serialNo,
      verificationSerials: [platform.publicKeyId],
    });
    // WeChat takes nothing from the old ones, which a process may know for a while.
    await sleep(KEYS_KNOWN_MS);
    await bookedBooking(world);
  },
};

export const MONEY_TASK_CASES = [resolveNotice, rotateKeys] as UseCase[];
