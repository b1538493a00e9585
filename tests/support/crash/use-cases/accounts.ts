import { type ApiClient, ApiError, createApiClient } from '../../../../server/demo/api-client';
import type { UserView } from '../../../../shared/contract/accounts';
import { eventually } from '../../stack';
import type { UseCase } from '../crash-everywhere';
import type { CrashWorld } from '../world';
import { passUntil } from './steps';

/** Somebody at the console, with the password that the office gave, or one of their own. */
interface Colleague {
  id: string;
  login: string;
  password: string;
}

let colleagues = 0;
const OWN = 'lan-cang-jiang';

const newLogin = (): string => {
  colleagues += 1;
  return `colleague-${colleagues}`;
};

const addUser = ({ office }: CrashWorld, login: string) =>
  office.call('POST /api/console/users', { body: { login, name: '小李', role: 'finance', colleges: [] } });

async function given(world: CrashWorld): Promise<Colleague> {
  const login = newLogin();
  const { user, password } = await addUser(world, login);
  return { id: user.id, login, password };
}

async function signedIn({ victim }: CrashWorld, { login, password }: Colleague): Promise<ApiClient> {
  const client = createApiClient(victim.url);
  await client.signIn(login, password);
  return client;
}

/** Has a password that nobody else knows. */
async function settled(world: CrashWorld): Promise<Colleague> {
  const colleague = await given(world);
  const client = await signedIn(world, colleague);
  await client.call('POST /api/console/me/password', { body: { current: colleague.password, next: OWN } });
  return { ...colleague, password: OWN };
}

async function viewOf({ office }: CrashWorld, login: string): Promise<UserView> {
  const { users } = await office.call('GET /api/console/users');
  const user = users.find((one) => one.login === login);
  if (!user) throw new Error(`no user ${login}`);
  return user;
}

/** @returns whether it was refused with one of these codes */
async function isRefused(codes: readonly ApiError['code'][], work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return false;
  } catch (error) {
    if (error instanceof ApiError && codes.includes(error.code)) return true;
    throw error;
  }
}

async function maySignIn(world: CrashWorld, colleague: Colleague): Promise<ApiClient> {
  const client = await signedIn(world, colleague);
  expect(await client.call('GET /api/console/me')).toMatchObject({ user: { id: colleague.id } });
  return client;
}

const create: UseCase<{ login: string }> = {
  name: 'a new person at the console',
  arrange: async () => ({ login: newLogin() }),
  scope: () => 'POST /api/console/users',
  act: (world, { login }) => addUser(world, login),
  async goOn(world, { login }) {
    await isRefused(['LOGIN_TAKEN'], () => addUser(world, login));
    // The password was in an answer that is lost: the office gives another one.
    const { id, version } = await viewOf(world, login);
    const { password } = await world.office.call('POST /api/console/users/:id/reset-password', {
      params: { id },
      body: { version },
    });
    await maySignIn(world, { id, login, password });
  },
};

const signIn: UseCase<Colleague> = {
  name: 'sign-in at the console',
  arrange: settled,
  scope: () => 'POST /api/console/login',
  act: signedIn,
  async goOn(world, colleague) {
    await maySignIn(world, colleague);
  },
};

interface AtDesk extends Colleague {
  client: ApiClient;
}

async function atDesk(world: CrashWorld): Promise<AtDesk> {
  const colleague = await settled(world);
  return { ...colleague, client: await signedIn(world, colleague) };
}

const signOut: UseCase<AtDesk> = {
  name: 'sign-out',
  arrange: atDesk,
  scope: () => 'POST /api/console/logout',
  act: (_, { client }) => client.call('POST /api/console/logout'),
  async goOn(world, subject) {
    await isRefused(['NOT_SIGNED_IN'], () => subject.client.call('POST /api/console/logout'));
    // The process may know a session for five seconds.
    await eventually('the session has ended', async () =>
      (await isRefused(['NOT_SIGNED_IN'], () => subject.client.call('GET /api/console/campaigns')))
        ? true
        : null,
    );
    await maySignIn(world, subject);
  },
};

const NEXT = 'nu-jiang-he-jin-sha-jiang';

const ownPassword: UseCase<AtDesk> = {
  name: 'another password of one’s own',
  arrange: atDesk,
  scope: () => 'POST /api/console/me/password',
  act: (_, { client, password }) =>
    client.call('POST /api/console/me/password', { body: { current: password, next: NEXT } }),
  async goOn(world, subject) {
    const next = { ...subject, password: NEXT };
    if (await isRefused(['WRONG_PASSWORD'], () => signedIn(world, next)))
      await ownPassword.act(world, { ...subject, client: await signedIn(world, subject) });
    await signInsEnded(world, subject);
    await maySignIn(world, next);
    expect(await isRefused(['WRONG_PASSWORD'], () => signedIn(world, subject))).toBe(true);
  },
};

/** What the office has before it when it presses a button beside somebody's name. */
interface Seen extends AtDesk {
  version: number;
}

async function seen(world: CrashWorld): Promise<Seen> {
  const subject = await atDesk(world);
  return { ...subject, version: (await viewOf(world, subject.login)).version };
}

const ofUser =
  (verb: string) =>
  ({ id }: Colleague) =>
    `POST /api/console/users/${id}/${verb}`;

const press =
  (verb: 'disable' | 'enable') =>
  (world: CrashWorld, { id, version }: Seen) =>
    world.office.call(`POST /api/console/users/:id/${verb}`, { params: { id }, body: { version } });

/** A change ends the sign-ins there are, after a crash by the sweep; until then it would end a new one as well. */
async function signInsEnded(
  world: CrashWorld,
  { id }: Colleague,
  collection: 'users' | 'authenticators' = 'users',
): Promise<void> {
  const records = world.ground.db.collection<{ _id: string; effects: object[] }>(collection);
  await passUntil(
    world,
    'sign-ins have ended',
    async () => (await records.findOne({ _id: id }))?.effects.length === 0,
  );
}

const countSignIns = ({ ground }: CrashWorld, { id }: Colleague): Promise<number> =>
  ground.db.collection('sessions').countDocuments({ who: `user:${id}` });

const disable: UseCase<Seen> = {
  name: 'a person is disabled',
  arrange: seen,
  scope: ofUser('disable'),
  act: press('disable'),
  async goOn(world, subject) {
    await isRefused(['CHANGED_MEANWHILE'], () => press('disable')(world, subject));
    expect((await viewOf(world, subject.login)).disabledAt).not.toBeNull();
    await signInsEnded(world, subject);
    expect(await countSignIns(world, subject)).toBe(0);
    expect(await isRefused(['WRONG_PASSWORD'], () => signedIn(world, subject))).toBe(true);
  },
};

const enable: UseCase<Seen> = {
  name: 'a person is enabled again',
  async arrange(world) {
    const subject = await seen(world);
    const { version } = await press('disable')(world, subject);
    return { ...subject, version };
  },
  scope: ofUser('enable'),
  act: press('enable'),
  async goOn(world, subject) {
    await isRefused(['CHANGED_MEANWHILE'], () => press('enable')(world, subject));
    expect((await viewOf(world, subject.login)).disabledAt).toBeNull();
    await signInsEnded(world, subject);
    await maySignIn(world, subject);
  },
};

const givePassword = ({ office }: CrashWorld, { id, version }: Pick<Seen, 'id' | 'version'>) =>
  office.call('POST /api/console/users/:id/reset-password', { params: { id }, body: { version } });

const resetPassword: UseCase<Seen> = {
  name: 'a password given anew',
  arrange: seen,
  scope: ofUser('reset-password'),
  act: givePassword,
  async goOn(world, subject) {
    await isRefused(['CHANGED_MEANWHILE'], () => givePassword(world, subject));
    const { password } = await givePassword(world, await viewOf(world, subject.login));
    await signInsEnded(world, subject);
    expect(await countSignIns(world, subject)).toBe(0);
    await maySignIn(world, { ...subject, password });
    expect(await isRefused(['WRONG_PASSWORD'], () => signedIn(world, subject))).toBe(true);
  },
};

const offer = ({ client, password }: AtDesk) =>
  client.call('POST /api/console/me/authenticator', { body: { password } });

async function scanned(world: CrashWorld, subject: AtDesk): Promise<string> {
  const { uri } = await offer(subject);
  await world.stack.sandbox.scanAuthenticator(uri);
  return (await world.stack.sandbox.authenticator(subject.login)).code;
}

const prove = ({ client }: AtDesk, code: string) =>
  client.call('POST /api/console/me/authenticator/prove', { body: { code } });

const since = async ({ client }: AtDesk) => (await client.call('GET /api/console/me/authenticator')).since;

const offerSecret: UseCase<AtDesk> = {
  name: 'a secret for an authenticator',
  arrange: atDesk,
  scope: () => 'POST /api/console/me/authenticator',
  act: (_, subject) => offer(subject),
  async goOn(world, subject) {
    await prove(subject, await scanned(world, subject));
    expect(await since(subject)).not.toBeNull();
  },
};

const proveSecret: UseCase<AtDesk & { code: string }> = {
  name: 'the first code of an authenticator',
  async arrange(world) {
    const subject = await atDesk(world);
    return { ...subject, code: await scanned(world, subject) };
  },
  scope: () => 'POST /api/console/me/authenticator/prove',
  act: (_, subject) => prove(subject, subject.code),
  async goOn(_, subject) {
    await isRefused(['AUTHENTICATOR_NOT_OFFERED'], () => prove(subject, subject.code));
    expect(await since(subject)).not.toBeNull();
  },
};

const takeAway = ({ office }: CrashWorld, { id }: Colleague) =>
  office.call('POST /api/console/users/:id/reset-authenticator', {
    params: { id },
    body: { reason: '手机丢失' },
  });

const resetAuthenticator: UseCase<AtDesk> = {
  name: 'an authenticator taken away',
  async arrange(world) {
    const subject = await atDesk(world);
    await prove(subject, await scanned(world, subject));
    return subject;
  },
  scope: ofUser('reset-authenticator'),
  act: takeAway,
  async goOn(world, subject) {
    await takeAway(world, subject);
    expect((await viewOf(world, subject.login)).authenticatorSince).toBeNull();
    await signInsEnded(world, subject, 'authenticators');
    const again = { ...subject, client: await maySignIn(world, subject) };
    await prove(again, await scanned(world, again));
    expect(await since(again)).not.toBeNull();
  },
};

/** A staff phone that has not been enrolled yet. */
interface Phone {
  id: string;
  code: string;
}

const LABEL = '三号机';

async function issued({ office, campaignId }: CrashWorld): Promise<Phone> {
  const { device, code } = await office.call('POST /api/console/campaigns/:id/devices', {
    params: { id: campaignId },
    body: { label: LABEL, rooms: [] },
  });
  return { id: device.id, code };
}

async function enrol({ victim }: CrashWorld, { code }: Pick<Phone, 'code'>): Promise<ApiClient> {
  const api = createApiClient(victim.url);
  api.carryToken((await api.call('POST /api/staff/enrol', { body: { code, label: LABEL } })).token);
  return api;
}

/** With this code, or with another one when a lost answer has used it up. */
async function works(world: CrashWorld, phone: Phone): Promise<void> {
  const api = await enrol(world, phone).catch(async (error: unknown) => {
    if (!(error instanceof ApiError) || error.code !== 'DEVICE_CODE_INVALID') throw error;
    return enrol(world, await issued(world));
  });
  expect(await api.call('GET /api/staff/me')).toMatchObject({ label: LABEL, campaignId: world.campaignId });
}

const issueCode: UseCase<{ campaignId: string }> = {
  name: 'a code for a staff phone',
  arrange: async ({ campaignId }) => ({ campaignId }),
  scope: ({ campaignId }) => `POST /api/console/campaigns/${campaignId}/devices`,
  act: issued,
  goOn: async (world) => works(world, await issued(world)),
};

const enrolPhone: UseCase<Phone> = {
  name: 'a staff phone enrolled',
  arrange: issued,
  scope: () => 'POST /api/staff/enrol',
  act: enrol,
  goOn: works,
};

const waive: UseCase<Phone> = {
  name: 'a lost phone is waited for no more',
  async arrange(world) {
    const phone = await issued(world);
    const api = await enrol(world, phone);
    await api.call('GET /api/onsite/snapshot');
    return phone;
  },
  scope: ({ id }) => `POST /api/console/devices/${id}/waive`,
  act: ({ office }, { id }) =>
    office.call('POST /api/console/devices/:id/waive', { params: { id }, body: { reason: '手机丢失' } }),
  async goOn(world, phone) {
    await waive.act(world, phone);
    const { devices } = await world.office.call('GET /api/console/campaigns/:id/devices', {
      params: { id: world.campaignId },
    });
    expect(devices.find(({ id }) => id === phone.id)).toMatchObject({ upload: 'waived' });
  },
};

export const ACCOUNT_CASES = [
  create,
  signIn,
  signOut,
  ownPassword,
  disable,
  enable,
  resetPassword,
] as UseCase[];
export const KEY_CASES = [
  offerSecret,
  proveSecret,
  resetAuthenticator,
  issueCode,
  enrolPhone,
  waive,
] as UseCase[];
