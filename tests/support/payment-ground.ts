import { createHash } from 'node:crypto';
import { type ApiClient, createApiClient } from '../../server/demo/api-client';
import { DEMO_CAMPAIGN, DEMO_DAY, DEMO_SCHOOL } from '../../server/demo/notice-2023';
import { createSandboxClient } from '../../server/demo/sandbox-client';
import { DEMO_PASSWORD, DEMO_USERS, giveAuthenticator, phase } from '../../server/demo/seed';
import { createUser } from '../../server/modules/accounts/create-user';
import { Sessions } from '../../server/modules/accounts/session-model';
import { createMerchant } from '../../server/modules/campaigns/merchants';
import { Campaigns } from '../../server/modules/campaigns/model';
import { createSchool } from '../../server/modules/campaigns/save-campaign';
import { CollectionSessions } from '../../server/modules/campaigns/session-model';
import { Students } from '../../server/modules/roster/model';
import { insertRecord, newRecord } from '../../server/platform/mongo/record';
import type { World } from '../../server/world';
import type { BookingView } from '../../shared/contract/bookings';
import type { PaymentParameters } from '../../shared/contract/payments';
import { addMinutes, atShanghai } from '../../shared/domain/time';
import type { MerchantCredentials } from '../sandbox/support/sandbox';

/** The sandbox's control API; throws when it refuses. */
export type Control = <T = unknown>(method: string, where: string, body?: unknown) => Promise<T>;

export interface Ground {
  schoolId: string;
  merchantId: string;
  campaignId: string;
}

/** A student's WeChat, past verification: what is about money begins here. */
export interface Payer {
  api: ApiClient;
  openid: string;
  hold(): Promise<BookingView>;
  /** Begins or resumes paying. */
  begin(bookingId: string): Promise<PaymentParameters | null>;
  /** The cashier of WeChat. @returns its errMsg */
  cashier(parameters: PaymentParameters | null, more?: object): Promise<string>;
  check(bookingId: string): Promise<BookingView>;
}

/** School, merchant, users and an open campaign of 30 CNY. */
export async function layGround(world: World, account: MerchantCredentials): Promise<Ground> {
  const sandbox = createSandboxClient(world.env.SANDBOX_CONTROL_URL ?? '');
  const school = await createSchool(world, DEMO_SCHOOL.name);
  const { _id: merchantId } = await createMerchant(world, 'test', merchantFacts(school._id, account));
  for (const user of DEMO_USERS) {
    const facts = { schoolId: school._id, password: DEMO_PASSWORD, ...user };
    await giveAuthenticator(world, sandbox, await createUser(world, 'test', facts));
  }
  const campaign = newRecord(world.ids.id(), lineOf(world, 'campaign.create'));
  await insertRecord(Campaigns, {
    ...campaign,
    ...DEMO_CAMPAIGN,
    merchantId,
    schoolId: school._id,
    schoolName: school.name,
    timetable: 'test',
    bookingOpensAt: null,
    bookingClosesAt: null,
    openedAt: phase('open'),
    collectionClosedAt: null,
    majorAliases: {},
  });
  return { schoolId: school._id, merchantId, campaignId: campaign._id };
}

const merchantFacts = (schoolId: string, account: MerchantCredentials) => ({
  schoolId,
  mchid: account.mchid,
  name: account.name,
  appid: account.appid,
  serialNo: account.serialNo,
  apiV3Key: account.apiV3Key,
  certificatePem: account.certificate,
  privateKeyPem: account.privateKey,
  verificationKeys: [
    { serial: account.platform.publicKeyId, pem: account.platform.publicKey },
    { serial: account.platform.certificateSerial, pem: account.platform.certificate },
  ],
});

export async function addSession(
  world: World,
  { schoolId, campaignId }: Ground,
  capacity: number,
): Promise<string> {
  const session = newRecord(world.ids.id(), lineOf(world, 'session.create'));
  const startsAt = atShanghai(DEMO_DAY, '09:00');
  await insertRecord(CollectionSessions, {
    ...session,
    schoolId,
    campaignId,
    timetable: 'test',
    building: '',
    room: 'C区202',
    day: DEMO_DAY,
    startsAt,
    endsAt: addMinutes(startsAt, 60),
    title: '农学',
    groups: [{ major: '农学', direction: '', trainings: ['undergraduate'], college: '' }],
    remark: '',
    headcount: capacity,
    capacity,
  });
  return session._id;
}

export async function addPayer(
  { world, origin, control }: { world: World; origin: string; control: Control },
  { schoolId, campaignId }: Ground,
  sessionId: string,
): Promise<Payer> {
  const [accountId, token, now] = [world.ids.id(), world.ids.number(), world.clock.now()];
  const student = newRecord(world.ids.id(), lineOf(world, 'student.import'));
  await insertRecord(Students, {
    ...student,
    schoolId,
    campaignId,
    studentNo: student._id,
    name: '王芳',
    college: '农学院',
    major: '农学',
    className: '农学1901',
    training: 'undergraduate',
    graduationType: 'regular',
    sessionId,
    unmatchedBecause: null,
    binding: { accountId, level: 'verified', at: now },
    confirmedAt: now,
    correction: null,
    removedAt: null,
  });
  const openid = `o${accountId}`;
  await Sessions.create({
    _id: createHash('sha256').update(token).digest('base64url'),
    actor: { kind: 'student', role: 'student', accountId, openid },
    who: `student:${accountId}`,
    createdAt: now,
    expiresAt: new Date('2030-01-01'),
  });
  const api = createApiClient(origin);
  api.carryToken(token);
  return {
    api,
    openid,
    hold: () => api.call('POST /api/me/bookings', { body: { sessionId } }),
    begin: async (id) => (await api.call('POST /api/me/bookings/:id/pay', { params: { id } })).payment,
    async cashier(parameters, more = {}) {
      const visit = { ...parameters, openid, outcome: 'pay', ...more };
      return (await control<{ errMsg: string }>('POST', '/pay/cashier', visit)).errMsg;
    },
    check: (id) => api.call('POST /api/me/bookings/:id/payment-check', { params: { id } }),
  };
}

const lineOf = (world: World, verb: string) => ({
  id: world.ids.id(),
  at: world.clock.now(),
  actor: 'test',
  verb,
  facts: {},
});
