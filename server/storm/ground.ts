import mongoose from 'mongoose';
import { record, type SeededGround, type SeededStudent, seedSession, seedStudents } from '../bench/ground';
import { DEMO_CAMPAIGN } from '../demo/notice-2023';
import { phase } from '../demo/seed';
import type { Stack } from '../demo/stack';
import { readEnv } from '../env';
import { createMerchant } from '../modules/campaigns/merchants';
import { createSealer } from '../platform/crypto/sealer';
import { randomIds } from '../platform/ids';
import { connectMongo } from '../platform/mongo/connect';

export interface StormStudent extends SeededStudent {
  sessionId: string;
  /** Another session, for those who change their mind. */
  otherSessionId: string;
}

export interface StormGround extends SeededGround {
  students: StormStudent[];
}

const SCHOOL = 'bench';
/** Fewer seats than students: the last ones are fought for, and what is given back is taken again. */
const STUDENTS_A_SESSION = 60;
const SEATS_A_SESSION = 57;
const SESSIONS_AT_ONCE = 20;

/**
 * A campaign that is open, with its merchant at the sandbox and confirmed, signed-in students, laid straight into the
 * database. The API processes must be up: they make the indexes.
 */
export async function layStormGround(stack: Stack, count: number): Promise<StormGround> {
  await stack.sandbox.setClock(phase('open'), true);
  await connectMongo(stack.mongodbUri);
  const { db } = mongoose.connection;
  if (!db) throw new Error('no database');
  const campaignId = randomIds.id();
  await db.collection<ReturnType<typeof record>>('campaigns').insertOne({
    ...record(campaignId),
    ...{
      ...DEMO_CAMPAIGN,
      rules: { ...DEMO_CAMPAIGN.rules, allowOtherSessions: true },
      merchantId: await layMerchant(stack),
      schoolId: SCHOOL,
      schoolName: SCHOOL,
      timetable: 'bench',
      bookingOpensAt: null,
      bookingClosesAt: null,
      openedAt: phase('open'),
      collectionClosedAt: null,
      majorAliases: {},
    },
  });
  const ground: SeededGround = { db, campaignId };
  const sessions: string[] = [];
  for (let n = 0; n * STUDENTS_A_SESSION < count; n += 1)
    sessions.push(await seedSession(ground, SEATS_A_SESSION));
  const bySession: StormStudent[][] = [];
  for (const [n, sessionId] of sessions.entries()) {
    const otherSessionId = sessions[(n + 1) % sessions.length] ?? sessionId;
    const seeded = await seedStudents(ground, sessionId, STUDENTS_A_SESSION);
    bySession.push(seeded.map((student) => ({ ...student, sessionId, otherSessionId })));
  }
  return { ...ground, students: inTurn(bySession) };
}

/** As students of several groups press at once: those of twenty sessions in turn, then of the next twenty. */
function inTurn(bySession: readonly StormStudent[][]): StormStudent[] {
  const order: StormStudent[] = [];
  for (let first = 0; first < bySession.length; first += SESSIONS_AT_ONCE) {
    const wave = bySession.slice(first, first + SESSIONS_AT_ONCE);
    for (let n = 0; n < STUDENTS_A_SESSION; n += 1) order.push(...wave.flatMap((of) => of[n] ?? []));
  }
  return order;
}

async function layMerchant(stack: Stack): Promise<string> {
  const [account] = (await stack.sandbox.credentials()).merchants;
  if (!account) throw new Error('the sandbox has no merchant');
  const { mchid, appid, serialNo, apiV3Key, certificate, privateKey, platform } = account;
  const env = readEnv(stack.env);
  const merchant = await createMerchant(
    {
      ids: randomIds,
      clock: { now: () => phase('open') },
      sealer: createSealer({ setting: 'DATA_KEYS', keys: env.DATA_KEYS }),
    },
    'system',
    {
      schoolId: SCHOOL,
      mchid,
      name: SCHOOL,
      appid,
      serialNo,
      certificatePem: certificate,
      apiV3Key,
      privateKeyPem: privateKey,
      verificationKeys: [
        { serial: platform.publicKeyId, pem: platform.publicKey },
        { serial: platform.certificateSerial, pem: platform.certificate },
      ],
    },
  );
  return merchant._id;
}
