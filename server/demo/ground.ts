import { createHash } from 'node:crypto';
import { type Db, MongoClient } from 'mongodb';
import { addMinutes, atShanghai } from '../../shared/domain/time';
import { randomIds } from '../platform/ids';
import { DEMO_CAMPAIGN, DEMO_DAY } from './notice-2023';
import { createOwners, phase } from './seed';
import type { Stack } from './stack';

/**
 * School, merchant, users, and rows laid straight into the database: for loads and races that need thousands of
 * signed-in students and are not about how those came to be.
 */
export interface Ground {
  stack: Stack;
  db: Db;
  schoolId: string;
  merchantId: string;
  close(): Promise<void>;
}

/** Rows as they are stored, whatever the models say. */
export interface Row {
  _id: string;
  [field: string]: unknown;
}

/** The parts that every record has. */
export const record = (id = randomIds.id()) => ({
  _id: id,
  version: 1,
  trail: [{ id: randomIds.id(), at: phase('open'), actor: 'system', verb: 'ground.lay', facts: {} }],
  trailProjected: 1,
  effects: [],
});

/** From now on it is the first hour of booking on the demo clock. */
export async function layGround(stack: Stack): Promise<Ground> {
  await stack.sandbox.setClock(phase('open'), true);
  const owners = await createOwners(stack);
  const client = await new MongoClient(stack.mongodbUri).connect();
  return { stack, db: client.db(), ...owners, close: () => client.close() };
}

/**
 * A campaign that is open and lets everybody choose among its sessions.
 *
 * @param timetableKeptUntil so long a hold is one write alone: nobody has to keep the timetable first
 * @returns its id
 */
export async function layCampaign(
  { db, schoolId, merchantId }: Ground,
  { timetableKeptUntil }: { timetableKeptUntil?: Date } = {},
): Promise<string> {
  const campaign = record();
  await db.collection<Row>('campaigns').insertOne({
    ...campaign,
    ...DEMO_CAMPAIGN,
    rules: { ...DEMO_CAMPAIGN.rules, allowOtherSessions: true },
    schoolId,
    schoolName: '',
    merchantId,
    timetable: campaign._id,
    ...(timetableKeptUntil ? { timetableKeptUntil } : {}),
    bookingOpensAt: null,
    bookingClosesAt: null,
    openedAt: phase('open'),
    collectionClosedAt: null,
    majorAliases: {},
  });
  return campaign._id;
}

/** A session of the demo's day; the service may see it up to five seconds late. @returns its id */
export async function laySession(
  { db, schoolId }: Ground,
  { campaignId, capacity, room = 'C区202' }: { campaignId: string; capacity: number; room?: string },
): Promise<string> {
  const session = record();
  const startsAt = atShanghai(DEMO_DAY, '09:00');
  await db.collection<Row>('collection_sessions').insertOne({
    ...session,
    schoolId,
    campaignId,
    timetable: campaignId,
    building: '',
    room,
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

export interface LaidStudent {
  id: string;
  accountId: string;
  openid: string;
  token: string;
}

const AT_ONCE = 1_000;

/** Signed-in students who have confirmed their data, all of one session. */
export async function layStudents(
  ground: Ground,
  of: { campaignId: string; sessionId: string },
  count: number,
): Promise<LaidStudent[]> {
  const students = Array.from({ length: count }, (): LaidStudent => {
    const accountId = randomIds.id();
    return { id: randomIds.id(), accountId, openid: `o${accountId}`, token: randomIds.number() };
  });
  for (let start = 0; start < count; start += AT_ONCE) {
    const part = students.slice(start, start + AT_ONCE);
    await ground.db
      .collection<Row>('students')
      .insertMany(part.map((student) => studentRow(ground, of, student)));
    await ground.db.collection<Row>('accounts').insertMany(part.map(accountRow));
    await ground.db.collection<Row>('sessions').insertMany(part.map(sessionRow));
  }
  return students;
}

const studentRow = (
  { schoolId }: Ground,
  of: { campaignId: string; sessionId: string },
  { id, accountId }: LaidStudent,
): Row => ({
  ...record(id),
  ...of,
  schoolId,
  studentNo: id,
  name: '王芳',
  college: '农学院',
  major: '农学',
  className: '农学1901',
  training: 'undergraduate',
  graduationType: 'regular',
  unmatchedBecause: null,
  binding: { accountId, level: 'verified', at: phase('open') },
  confirmedAt: phase('open'),
  correction: null,
  removedAt: null,
});

const accountRow = ({ accountId, openid }: LaidStudent): Row => ({
  _id: accountId,
  openid,
  createdAt: phase('open'),
});

const sessionRow = ({ accountId, openid, token }: LaidStudent): Row => ({
  _id: createHash('sha256').update(token).digest('base64url'),
  actor: { kind: 'student', role: 'student', accountId, openid },
  who: `student:${accountId}`,
  createdAt: phase('open'),
  expiresAt: new Date('2030-01-01'),
});
