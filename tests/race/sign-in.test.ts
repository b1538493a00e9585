import { createApiClient } from '../../server/demo/api-client';
import { DEMO_PASSWORD } from '../../server/demo/seed';
import type { Loosened } from '../support/loosened';
import { atOnce } from '../support/race';
import { openTwoProcesses, type TwoProcesses } from '../support/two-processes';

jest.setTimeout(60_000);

/*
 * Guesses that are under way when the account is locked, and a phone that is revoked while it enrols. The controls are the
 * same requests to processes that go without the condition, or without the second look.
 */
const GUESSES = 40;
const ROUNDS = 8;

let both: TwoProcesses;

beforeAll(async () => {
  both = await openTwoProcesses();
});
afterAll(() => both?.close());

const sessions = () => both.ground.db.collection<{ _id: string; who: string }>('sessions');
const devices = () => both.ground.db.collection<{ _id: string; revokedAt: Date | null }>('devices');

const signIn = (login: string, password: string) => () =>
  createApiClient(both.stack.apis[0]?.url ?? '').signIn(login, password);

describe('many guesses at once', () => {
  it('five are judged; the right one behind them is not', async () => {
    const wrong = Array.from({ length: GUESSES }, (_, n) => signIn('auditor', `guess ${n}`));
    const { won, lost } = await atOnce([...wrong, signIn('auditor', DEMO_PASSWORD)]);
    expect(won).toEqual([]);
    expect(lost).toEqual({ WRONG_PASSWORD: 4, ACCOUNT_LOCKED: GUESSES - 3 });
  });

  /** The right one was read before the lock fell, and is judged after it. */
  const rightOneLate = (login: string, without: readonly string[]) =>
    both.loosen([{ of: 'users', verb: 'sign-in', without, held: true }], async (meanwhile) => {
      const wrong = Array.from({ length: 5 }, (_, n) => signIn(login, `guess ${n}`));
      const [right, guessed] = await Promise.all([
        atOnce([signIn(login, DEMO_PASSWORD)]),
        meanwhile(() => atOnce(wrong)),
      ]);
      expect(guessed.lost).toEqual({ WRONG_PASSWORD: 4, ACCOUNT_LOCKED: 1 });
      return { letIn: right.won.length === 1, lost: right.lost };
    });

  it('a right one that was under way when the lock fell is judged by the lock', async () => {
    expect(await rightOneLate('operator', [])).toEqual({ letIn: false, lost: { ACCOUNT_LOCKED: 1 } });
  });

  it('control: judged by what was read before the lock fell, the right one is let in', async () => {
    const { letIn } = await rightOneLate('college', ['failedSignIns', 'lockedUntil']);
    expect(letIn).toBe(true);
  });

  it('many sign-ins of one person at once all succeed', async () => {
    const { won, lost } = await atOnce(Array.from({ length: 8 }, () => signIn('support', DEMO_PASSWORD)));
    expect({ won: won.length, lost }).toEqual({ won: 8, lost: {} });
  });
});

describe('a phone that is revoked while it enrols', () => {
  async function issued(): Promise<{ id: string; enrol(): Promise<unknown>; revoke(): Promise<unknown> }> {
    const office = await both.user('office');
    const { device, code } = await office.call('POST /api/console/campaigns/:id/devices', {
      params: { id: both.campaignId },
      body: { label: '三号机', rooms: [] },
    });
    const phone = createApiClient(both.stack.apis[1]?.url ?? '');
    return {
      id: device.id,
      enrol: () => phone.call('POST /api/staff/enrol', { body: { code, label: '三号机' } }),
      revoke: () => office.call('POST /api/console/devices/:id/revoke', { params: { id: device.id } }),
    };
  }
  const sessionsOf = (id: string) => sessions().countDocuments({ who: `device:${id}` });

  it('is signed in nowhere afterwards', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { id, enrol, revoke } = await issued();
      const { lost } = await atOnce([enrol, revoke]);
      expect([{}, { DEVICE_CODE_INVALID: 1 }]).toContainEqual(lost);
      expect((await devices().findOne({ _id: id }))?.revokedAt).not.toBeNull();
      expect(await sessionsOf(id)).toBe(0);
    }
  });

  /** The session begins when the phone has been revoked already. */
  const lateSession = async (look: readonly Loosened[]) => {
    const { id, enrol, revoke } = await issued();
    const late: Loosened = { of: 'sessions', operation: 'insertOne', held: true };
    const { lost } = await both.loosen([late, ...look], (meanwhile) =>
      atOnce<unknown>([enrol, () => meanwhile(revoke)]),
    );
    expect((await devices().findOne({ _id: id }))?.revokedAt).not.toBeNull();
    return { lost, sessions: await sessionsOf(id) };
  };

  it('is signed in nowhere though its session began behind the revocation', async () => {
    expect(await lateSession([])).toEqual({ lost: { DEVICE_CODE_INVALID: 1 }, sessions: 0 });
  });

  it('control: a session that begins behind the revocation, without another look, stays', async () => {
    const look: Loosened = {
      of: 'devices',
      operation: 'findOne',
      by: ['_id', 'revokedAt'],
      without: ['revokedAt'],
    };
    expect(await lateSession([look])).toEqual({ lost: {}, sessions: 1 });
  });
});
