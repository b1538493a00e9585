import { type ApiClient, createApiClient } from '../../server/demo/api-client';
import { DEMO_PASSWORD } from '../../server/demo/seed';
import type { Loosened } from '../support/loosened';
import { atOnce } from '../support/race';
import { eventually } from '../support/stack';
import { openTwoProcesses, type TwoProcesses } from '../support/two-processes';

jest.setTimeout(60_000);

/*
 * A school's last office user cannot be shut out, not even by two who shut out each other at the same moment on two
 * processes. In the control nobody looks again, which is all that there once was.
 */
const ROUNDS = 6;
const TWIN = 'f'.repeat(24);

interface Officer {
  id: string;
  login: string;
  api: ApiClient;
}

let both: TwoProcesses;

beforeAll(async () => {
  both = await openTwoProcesses();
});
afterAll(() => both?.close());

const users = () =>
  both.ground.db.collection<{
    _id: string;
    login: string;
    role: string;
    version: number;
    disabledAt: Date | null;
    effects: unknown[];
  }>('users');

const active = () => users().find({ role: 'office', disabledAt: null }).toArray();

/** Exactly two, each signed in at a process of their own unless told otherwise. */
async function twoOfficers(at: readonly [number, number] = [0, 1]): Promise<[Officer, Officer]> {
  await users().updateMany({ role: 'office' }, { $set: { disabledAt: null } });
  const [first] = await active();
  if (!first) throw new Error('no office user');
  await users().deleteMany({ role: 'office', _id: { $ne: first._id } });
  await users().insertOne({ ...first, _id: TWIN, login: 'office-two', effects: [] });
  const signedIn = async ({ _id: id, login }: { _id: string; login: string }, n: number) => ({
    id,
    login,
    api: await signedInAt(n, login),
  });
  return [await signedIn(first, at[0]), await signedIn({ _id: TWIN, login: 'office-two' }, at[1])];
}

async function signedInAt(n: number, login: string): Promise<ApiClient> {
  const api = createApiClient(both.stack.apis[n]?.url ?? '');
  await api.signIn(login, DEMO_PASSWORD);
  return api;
}

async function disabling(by: Officer, whom: Officer): Promise<() => Promise<unknown>> {
  const { version = 0 } = (await users().findOne({ _id: whom.id })) ?? {};
  return () =>
    by.api.call('POST /api/console/users/:id/disable', { params: { id: whom.id }, body: { version } });
}

it('two who disable each other: one at least stays, and nobody who stays was told of being gone', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const [one, two] = await twoOfficers();
    const { won, lost } = await atOnce([await disabling(one, two), await disabling(two, one)]);
    const staying = (await active()).length;
    expect(staying).toBeGreaterThanOrEqual(1);
    // Whose change was taken back heard so; a change that was taken back by nobody stands.
    expect(staying).toBe(2 - won.length);
    expect(['LAST_OFFICE_USER', 'NOT_SIGNED_IN']).toEqual(expect.arrayContaining(Object.keys(lost)));
  }
});

it('both have looked, both write, and both processes die: the sweep brings one back', async () => {
  const [one, two] = await twoOfficers();
  const disabledAt = await both.stack.sandbox.now();
  const wish = { key: 'keep-an-office', kind: 'keep-an-office', dueAt: disabledAt, attempts: 0, payload: {} };
  for (const { id } of [one, two])
    await users().updateOne({ _id: id }, { $set: { disabledAt, effects: [wish] }, $inc: { version: 1 } });
  await eventually('an office user again', async () => ((await active()).length > 0 ? true : null));
});

/** Both have looked before either writes: at one process, where they can meet. */
async function disabledAtTheSameInstant(after: readonly Loosened[]) {
  const [one, two] = await twoOfficers([0, 0]);
  const together: Loosened = { of: 'users', verb: 'user.disable', meet: 2 };
  const fight = [await disabling(one, two), await disabling(two, one)];
  const { won } = await both.loosen([together, ...after], () => atOnce(fight));
  return { told: won.length, staying: (await active()).length };
}

it('at the same instant: whose change was taken back hears so', async () => {
  const { told, staying } = await disabledAtTheSameInstant([]);
  expect(staying).toBeGreaterThanOrEqual(1);
  expect(told).toBe(2 - staying);
});

it('control: where nobody looks again, nobody is left', async () => {
  const blind: Loosened = { of: 'users', verb: 'user.keep-office', never: true };
  expect(await disabledAtTheSameInstant([blind])).toEqual({ told: 2, staying: 0 });
});
