import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import mongoose from 'mongoose';
import { addMinutes, atShanghai } from '../../shared/domain/time';
import { type Child, startChild } from '../demo/child-process';
import { DEMO_CAMPAIGN, DEMO_DAY } from '../demo/notice-2023';
import { phase } from '../demo/seed';
import type { Stack } from '../demo/stack';
import { readEnv } from '../env';
import { createMerchant } from '../modules/campaigns/merchants';
import { createSealer } from '../platform/crypto/sealer';
import { randomIds } from '../platform/ids';
import { connectMongo } from '../platform/mongo/connect';

/** What every case stands on: the stack, the bare process, and rows laid straight into the database. */
export interface Ground {
  stack: Stack;
  apiUrl: string;
  bare: Child<{ url: string }>;
  campaignId: string;
  /** The key that callbacks of the bench's own merchant are signed with. */
  platformKey: KeyObject;
  mchid: string;
  apiV3Key: string;
  appid: string;
  db: mongoose.mongo.Db;
}

export const PLATFORM_SERIAL = 'PUB_KEY_ID_0000000000000001';

/** The bench lays rows as they are stored, whatever the models say. */
export interface Row {
  _id: string;
  [field: string]: unknown;
}

const trailOf = () => ({
  version: 1,
  trail: [{ id: randomIds.id(), at: phase('open'), actor: 'system', verb: 'bench.seed', facts: {} }],
  trailProjected: 1,
  effects: [],
});

export const record = (id = randomIds.id()) => ({ _id: id, ...trailOf() });

export async function layGround(stack: Stack, bareFile: string): Promise<Ground> {
  const [api] = stack.apis;
  if (!api) throw new Error('the stack runs no API');
  await stack.sandbox.setClock(phase('open'), true);
  await connectMongo(stack.mongodbUri);
  const { db } = mongoose.connection;
  if (!db) throw new Error('no database');
  const [account] = (await stack.sandbox.credentials()).merchants;
  if (!account) throw new Error('the sandbox has no merchant');
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const publicKey = keys.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const bare = await startChild<{ url: string }>(bareFile, [], {
    env: { MONGODB_URI: stack.mongodbUri, VERIFY_KEY: publicKey, NODE_ENV: 'production' },
  });
  const { id: merchantId } = await seedMerchant(stack, { ...account, publicKey });
  const campaignId = randomIds.id();
  await db.collection<Row>('campaigns').insertOne({
    ...record(campaignId),
    ...DEMO_CAMPAIGN,
    merchantId,
    schoolId: 'bench',
    schoolName: 'bench',
    timetable: 'bench',
    bookingOpensAt: null,
    bookingClosesAt: null,
    openedAt: phase('open'),
    collectionClosedAt: null,
    majorAliases: {},
  });
  return {
    stack,
    apiUrl: api.url,
    bare,
    campaignId,
    platformKey: keys.privateKey,
    mchid: account.mchid,
    apiV3Key: account.apiV3Key,
    appid: account.appid,
    db,
  };
}

async function seedMerchant(
  stack: Stack,
  account: Awaited<ReturnType<Stack['sandbox']['credentials']>>['merchants'][number] & { publicKey: string },
): Promise<{ id: string }> {
  const env = readEnv(stack.env);
  const world = {
    ids: randomIds,
    clock: { now: () => phase('open') },
    sealer: createSealer({ setting: 'DATA_KEYS', keys: env.DATA_KEYS }),
  };
  const merchant = await createMerchant(world, 'system', {
    schoolId: 'bench',
    mchid: account.mchid,
    name: 'bench',
    appid: account.appid,
    serialNo: account.serialNo,
    certificatePem: account.certificate,
    apiV3Key: account.apiV3Key,
    privateKeyPem: account.privateKey,
    verificationKeys: [{ serial: PLATFORM_SERIAL, pem: account.publicKey }],
  });
  return { id: merchant._id };
}

/** What rows are laid into. */
export type SeededGround = Pick<Ground, 'db' | 'campaignId'>;

/** A session with so many seats. @returns its id */
export async function seedSession({ db, campaignId }: SeededGround, capacity: number): Promise<string> {
  const session = record();
  const startsAt = atShanghai(DEMO_DAY, '09:00');
  await db.collection<Row>('collection_sessions').insertOne({
    ...session,
    schoolId: 'bench',
    campaignId,
    timetable: 'bench',
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

export interface SeededStudent {
  id: string;
  accountId: string;
  token: string;
}

/** Signed-in students who have confirmed their data, of one session. */
export async function seedStudents(
  { db, campaignId }: SeededGround,
  sessionId: string,
  count: number,
): Promise<SeededStudent[]> {
  const students = Array.from(
    { length: count },
    (): SeededStudent => ({ id: randomIds.id(), accountId: randomIds.id(), token: randomIds.number() }),
  );
  const now = phase('open');
  for (let start = 0; start < count; start += 1000) {
    const part = students.slice(start, start + 1000);
    await db.collection<Row>('students').insertMany(
      part.map(({ id, accountId }) => ({
        ...record(id),
        schoolId: 'bench',
        campaignId,
        studentNo: id,
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
      })),
    );
    await db.collection<Row>('sessions').insertMany(
      part.map(({ accountId, token }) => ({
        _id: createHash('sha256').update(token).digest('base64url'),
        actor: { kind: 'student', role: 'student', accountId, openid: `o${accountId}` },
        who: `student:${accountId}`,
        createdAt: now,
        expiresAt: new Date('2030-01-01'),
      })),
    );
  }
  return students;
}

/** Documents for the bare routes, as large as a booking. */
export async function seedBare({ db }: Ground, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomIds.id());
  const filler = { text: 'x'.repeat(700), trail: trailOf() };
  for (let start = 0; start < count; start += 1000) {
    await db
      .collection<Row>('bare')
      .insertMany(ids.slice(start, start + 1000).map((_id) => ({ _id, key: _id, counter: 0, filler })));
  }
  return ids;
}
