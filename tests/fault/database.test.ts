import { type Db, MongoClient } from 'mongodb';
import { type ApiClient, createApiClient } from '../../server/demo/api-client';
import { type Ground, layCampaign, layGround, laySession, layStudents } from '../../server/demo/ground';
import { DEMO_PASSWORD, phase } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { enrolDesk } from '../support/crash/world';
import { eventually, startTestStack } from '../support/stack';

jest.setTimeout(60_000);

/*
 * The database fails in a request (MongoDB's own `failCommand`): what passes is 503 BUSY, to be asked again; what does not
 * is a mistake of ours, 500 INTERNAL. Both leave a line in the log with the request's id and the cause.
 */
const WRITE_CONFLICT = 112;
const BAD_VALUE = 2;

let stack: Stack;
let ground: Ground;
let admin: Db;
let client: MongoClient;
let campaignId: string;
let sessionId: string;
let desk: ApiClient;
const lines: string[] = [];

beforeAll(async () => {
  stack = await startTestStack({
    env: { WORKER: 'off' },
    onLog: (name, line) => name === 'main' && lines.push(line),
  });
  ground = await layGround(stack);
  campaignId = await layCampaign(ground);
  sessionId = await laySession(ground, { campaignId, capacity: 50 });
  const office = createApiClient(url());
  await office.signIn('office', DEMO_PASSWORD);
  desk = await enrolDesk(url(), office, campaignId);
  client = await new MongoClient(stack.mongodbUri).connect();
  admin = client.db('admin');
});
afterAll(async () => {
  await client?.close();
  await ground?.close();
  await stack?.stop();
});

const url = () => stack.apis[0]?.url ?? '';

async function student() {
  const [laid] = await layStudents(ground, { campaignId, sessionId }, 1);
  if (!laid) throw new Error('no student');
  return laid;
}

const failOnce = (command: string, how: { errorCode: number } | { closeConnection: true }) =>
  admin.command({
    configureFailPoint: 'failCommand',
    mode: { times: 1 },
    data: { failCommands: [command], ...how },
  });

/** As a phone sends it. */
async function hold(token: string, requestId: string) {
  const response = await fetch(new URL('/api/me/bookings', url()), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'x-request-id': requestId,
    },
    body: JSON.stringify({ sessionId }),
  });
  const body = (await response.json()) as { place?: string; error?: { code: string; requestId: string } };
  return { status: response.status, retryAfter: response.headers.get('retry-after'), ...body };
}

const logged = (requestId: string) =>
  eventually('the cause is logged', async () => {
    const line = lines.find((one) => one.includes(requestId));
    return line ? (JSON.parse(line) as { code: string; err: { type: string; code?: number } }) : null;
  });

describe('a hold', () => {
  it.each([
    ['a write conflict', { errorCode: WRITE_CONFLICT }],
    ['a cut connection', { closeConnection: true as const }],
  ])('that meets %s is 503 BUSY; pressed again it is made', async (_, how) => {
    const { token } = await student();
    const requestId = `busy-request-${lines.length}`;
    await failOnce('insert', how);
    expect(await hold(token, requestId)).toMatchObject({
      status: 503,
      retryAfter: '1',
      error: { code: 'BUSY', requestId },
    });
    const { code, err } = await logged(requestId);
    expect(code).toBe('BUSY');
    expect(err).toMatchObject('errorCode' in how ? { code: WRITE_CONFLICT } : { type: 'MongoNetworkError' });
    expect(await hold(token, 'asked-again')).toMatchObject({ status: 200, place: 'held' });
  });

  it('that meets a mistake of ours is 500 INTERNAL, and the log says which', async () => {
    const { token } = await student();
    await failOnce('insert', { errorCode: BAD_VALUE });
    expect(await hold(token, 'mistaken-request')).toMatchObject({
      status: 500,
      retryAfter: null,
      error: { code: 'INTERNAL', requestId: 'mistaken-request' },
    });
    expect(await logged('mistaken-request')).toMatchObject({
      code: 'INTERNAL',
      err: { type: 'MongoServerError', code: BAD_VALUE },
    });
  });
});

describe('a scan against a cancellation', () => {
  beforeAll(() => stack.sandbox.setClock(phase('day')));

  const walkIn = (studentId: string, nonce: string) =>
    desk.call('POST /api/onsite/walk-ins', {
      body: { nonce, room: 'C区202', studentId, evidence: 'id_card', payment: 'owed' },
    });

  it('whichever of them the database fails, is BUSY and never an unexplained 500; asked again it goes on', async () => {
    const { id } = await student();
    for (const how of [{ errorCode: WRITE_CONFLICT }, { closeConnection: true as const }]) {
      await failOnce('findAndModify', how);
      await expect(walkIn(id, 'scan-against-cancel')).rejects.toMatchObject({ status: 503, code: 'BUSY' });
    }
    expect(await walkIn(id, 'scan-against-cancel')).toMatchObject({ admitted: true });
  });
});
