import { createApiClient } from '../../server/demo/api-client';
import { createSandboxClient, type SandboxClient } from '../../server/demo/sandbox-client';
import { DEMO_PASSWORD } from '../../server/demo/seed';
import type { UserActor } from '../../server/http/actor';
import { type Authenticator, Authenticators } from '../../server/modules/accounts/authenticator-model';
import { createUser } from '../../server/modules/accounts/create-user';
import { takeCode } from '../../server/modules/accounts/take-code';
import { Users } from '../../server/modules/accounts/user-model';
import { createSchool } from '../../server/modules/campaigns/save-campaign';
import type { ContractKey } from '../../shared/contract';
import { openPaymentWorld, type PaymentWorld } from '../support/payment-world';

let w: PaymentWorld;
let phones: SandboxClient;
beforeAll(async () => {
  w = await openPaymentWorld();
  phones = createSandboxClient(w.sandbox.urls.control);
});
afterAll(() => w.close());
/** Every test begins in a half-minute whose codes nobody has used, with all of it to go. */
beforeEach(async () => {
  await w.advance(60_000);
  const { secondsLeft } = await phones.authenticator('finance2');
  await w.advance(secondsLeft * 1000);
});

interface Ask {
  params?: Record<string, string>;
  body?: unknown;
  code?: string;
}

/** Somebody at the console, who says themselves which code they send. */
async function desk(login: string, password = DEMO_PASSWORD) {
  const signIn = await fetch(`${w.url}/api/console/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  });
  const { csrfToken } = (await signIn.json()) as { csrfToken: string };
  const [cookie = ''] = signIn.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
  return async (key: ContractKey, { params = {}, body, code }: Ask = {}) => {
    const [method = '', path = ''] = key.split(' ');
    const response = await fetch(
      `${w.url}${path.replace(/:(\w+)/g, (_, name: string) => params[name] ?? '')}`,
      {
        method,
        headers: {
          cookie,
          'x-csrf-token': csrfToken,
          'content-type': 'application/json',
          ...(code === undefined ? {} : { 'x-code': code }),
        },
        ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
      },
    );
    const text = await response.text();
    const answer = text === '' ? {} : JSON.parse(text);
    return response.ok
      ? { answer, said: 'done', details: {} }
      : { answer: {}, said: answer.error.code as string, details: answer.error.details ?? {} };
  };
}
type Desk = Awaited<ReturnType<typeof desk>>;

/** A refund that nobody asked for: whoever gets past the second factor is told that it is not there. */
const approve = (at: Desk, code?: string, decision: 'approve' | 'reject' = 'approve') =>
  at('POST /api/console/orders/:orderNo/proposals/:proposalId/decide', {
    params: { orderNo: 'A'.repeat(24), proposalId: '0'.repeat(24) },
    body: { decision },
    ...(code === undefined ? {} : { code }),
  });
const PAST_IT = { said: 'NOT_FOUND' };

const shown = async (login: string) => (await phones.authenticator(login)).code;
/** Six digits that are not the phone's, before or after either. */
async function wrongCode(login: string): Promise<string> {
  const { code, next } = await phones.authenticator(login);
  const guesses = ['000000', '111111', '222222', '333333', '444444'];
  return guesses.find((guess) => guess !== code && guess !== next) ?? '555555';
}

const idOf = async (login: string): Promise<string> => (await Users.findOne({ login }).lean())?._id ?? '';

async function auditOf(subject: string): Promise<{ verb: string; facts: Record<string, unknown> }[]> {
  await w.settle();
  const { lines } = await w.auditor.call('GET /api/console/audit', { query: { subject } });
  return lines.map(({ verb, facts }) => ({ verb, facts }));
}

describe('whoever approves', () => {
  it('is asked for a code, and whoever rejects is not', async () => {
    const checker = await desk('finance2');
    expect(await approve(checker)).toMatchObject({ said: 'CODE_NEEDED' });
    expect(await approve(checker, undefined, 'reject')).toMatchObject(PAST_IT);
    expect(await approve(checker, await shown('finance2'))).toMatchObject(PAST_IT);
  });

  it('has the money moved by an approval with a code, and leaves in the audit log what it was for', async () => {
    const { orderNo, payer, parameters, id } = await w.paying(await w.session());
    await payer.cashier(parameters);
    await payer.check(id);
    const [maker, checker] = w.finance;
    const { proposals } = await maker.call('POST /api/console/orders/:orderNo/proposals', {
      params: { orderNo },
      body: { kind: 'refund', reason: '重复付款' },
    });
    await checker.call('POST /api/console/orders/:orderNo/proposals/:proposalId/decide', {
      params: { orderNo, proposalId: proposals[0]?.id ?? '' },
      body: { decision: 'approve' },
    });
    expect(await w.truth(orderNo)).toMatchObject({ refunds: [{ fen: 3000 }] });
    expect((await auditOf(`authenticator:${await idOf('finance2')}`))[0]).toEqual({
      verb: 'authenticator.confirm',
      facts: { purpose: 'POST /api/console/orders/:orderNo/proposals/:proposalId/decide' },
    });
  });
});

describe('a code', () => {
  it('counts once', async () => {
    const checker = await desk('finance2');
    const code = await shown('finance2');
    expect(await approve(checker, code)).toMatchObject(PAST_IT);
    expect(await approve(checker, code)).toMatchObject({ said: 'CODE_USED' });
    const { secondsLeft } = await phones.authenticator('finance2');
    await w.advance(secondsLeft * 1000);
    expect(await approve(checker, code)).toMatchObject({ said: 'CODE_USED' });
    expect(await approve(checker, await shown('finance2'))).toMatchObject(PAST_IT);
  });

  it('counts once among ten at the same moment', async () => {
    const checker = await desk('finance2');
    const code = await shown('finance2');
    const answers = await Promise.all(Array.from({ length: 10 }, () => approve(checker, code)));
    expect(answers.map(({ said }) => said).sort()).toEqual([...Array(9).fill('CODE_USED'), 'NOT_FOUND']);
  });

  it('counts twice where the version is not compared: the control', async () => {
    const { by, authenticator } = await read('finance2');
    const given = { code: await shown('finance2'), sealed: authenticator.secret ?? '', verb: 'test' };
    const first = await takeCode(w.world, by, authenticator, given);
    // Read before the first wrote, and written as if the version did not matter.
    const version = first?.version ?? 0;
    expect(await takeCode(w.world, by, { ...authenticator, version }, given)).not.toBeNull();
    expect(await takeCode(w.world, by, authenticator, given)).toBeNull();
  });

  it('counts half a minute early or late, for clocks that differ, and no more', async () => {
    const checker = await desk('finance2');
    const { code, next } = await phones.authenticator('finance2');
    await w.advance(30_000);
    const later = await phones.authenticator('finance2');
    expect(later.code).toBe(next);
    expect(await approve(checker, code)).toMatchObject(PAST_IT);
    expect(await approve(checker, later.next)).toMatchObject(PAST_IT);
    await w.advance(60_000);
    expect(await approve(checker, next)).toMatchObject({ said: 'CODE_WRONG' });
  });

  it('of somebody else does not count', async () => {
    expect(await approve(await desk('finance2'), await shown('finance1'))).toMatchObject({
      said: 'CODE_WRONG',
    });
  });
});

describe('wrong codes', () => {
  it('lock approving for a quarter of an hour after five, also for the right code; a right one in between forgives', async () => {
    const checker = await desk('finance2');
    const wrong = await wrongCode('finance2');
    expect(await approve(checker, wrong)).toMatchObject({ said: 'CODE_WRONG' });
    expect(await approve(checker, await shown('finance2'))).toMatchObject(PAST_IT);
    for (const left of [4, 3, 2, 1]) {
      expect(await approve(checker, wrong)).toMatchObject({ said: 'CODE_WRONG', details: { left } });
    }
    expect(await approve(checker, wrong)).toMatchObject({ said: 'CODE_LOCKED', details: { minutes: 15 } });
    await w.advance(14 * 60_000);
    expect(await approve(checker, await shown('finance2'))).toMatchObject({ said: 'CODE_LOCKED' });
    expect(await approve(checker, undefined, 'reject')).toMatchObject(PAST_IT);
    await w.advance(60_000);
    expect(await approve(checker, await shown('finance2'))).toMatchObject(PAST_IT);
  });

  it('get five tries also when twenty come at the same moment', async () => {
    const checker = await desk('finance2');
    const wrong = await wrongCode('finance2');
    const answers = await Promise.all(Array.from({ length: 20 }, () => approve(checker, wrong)));
    const count = (code: string) => answers.filter(({ said }) => said === code).length;
    expect([count('CODE_WRONG'), count('CODE_LOCKED')]).toEqual([4, 16]);
    await w.advance(15 * 60_000);
  });
});

describe('enrolling', () => {
  const enrol = 'POST /api/console/me/authenticator';
  const prove = 'POST /api/console/me/authenticator/prove';

  async function newApprover(login: string): Promise<Desk> {
    const { schoolId } = (await Users.findOne({ login: 'finance1' }).lean()) ?? { schoolId: '' };
    await createUser(w.world, 'test', {
      schoolId,
      login,
      name: '财务处新同事',
      role: 'finance',
      password: DEMO_PASSWORD,
    });
    return desk(login);
  }

  it('begins with the password, and is done with the first code', async () => {
    const fresh = await newApprover('fresh1');
    expect(await approve(fresh, '123456')).toMatchObject({ said: 'AUTHENTICATOR_MISSING' });
    expect(await fresh(enrol, { body: { password: 'guessed-it-2022' } })).toMatchObject({
      said: 'WRONG_PASSWORD',
    });
    const { answer } = await fresh(enrol, { body: { password: DEMO_PASSWORD } });
    await phones.scanAuthenticator(answer.uri);
    // Scanned and not proved: it does not count.
    expect(await approve(fresh, await shown('fresh1'))).toMatchObject({ said: 'AUTHENTICATOR_MISSING' });
    expect((await fresh('GET /api/console/me/authenticator')).answer).toEqual({ since: null });
    expect(await fresh(prove, { body: { code: await wrongCode('fresh1') } })).toMatchObject({
      said: 'CODE_WRONG',
    });
    const code = await shown('fresh1');
    expect((await fresh(prove, { body: { code } })).answer).toEqual({ since: expect.any(String) });
    // The first code has been used.
    expect(await approve(fresh, code)).toMatchObject({ said: 'CODE_USED' });
    expect(await approve(fresh, (await phones.authenticator('fresh1')).next)).toMatchObject(PAST_IT);
  });

  it('keeps the secret sealed, and gives it to nobody again', async () => {
    const fresh = await newApprover('fresh2');
    const { answer } = await fresh(enrol, { body: { password: DEMO_PASSWORD } });
    await phones.scanAuthenticator(answer.uri);
    const offered = JSON.stringify(await Authenticators.findById(await idOf('fresh2')).lean());
    expect((await fresh(prove, { body: { code: await shown('fresh2') } })).said).toBe('done');
    const kept = JSON.stringify(await Authenticators.findById(await idOf('fresh2')).lean());
    expect(answer.secret).toMatch(/^[A-Z2-7]{32}$/);
    for (const stored of [offered, kept]) expect(stored).not.toContain(answer.secret);
    expect(JSON.stringify(await auditOf(`authenticator:${await idOf('fresh2')}`))).not.toContain(
      answer.secret,
    );
  });

  it('does not wait longer than ten minutes for the first code', async () => {
    const fresh = await newApprover('fresh3');
    const { answer } = await fresh(enrol, { body: { password: DEMO_PASSWORD } });
    await phones.scanAuthenticator(answer.uri);
    await w.advance(10 * 60_000);
    expect(await fresh(prove, { body: { code: await shown('fresh3') } })).toMatchObject({
      said: 'AUTHENTICATOR_NOT_OFFERED',
    });
  });

  it('of another phone asks for a code of the former, which counts until the new one is proved', async () => {
    const maker = await desk('finance1');
    expect(await maker(enrol, { body: { password: DEMO_PASSWORD } })).toMatchObject({ said: 'CODE_NEEDED' });
    const old = await phones.authenticator('finance1');
    const { answer } = await maker(enrol, { body: { password: DEMO_PASSWORD }, code: old.code });
    expect(await approve(maker, old.next)).toMatchObject(PAST_IT);
    await phones.scanAuthenticator(answer.uri);
    await w.advance(60_000);
    expect(await approve(maker, await shown('finance1'))).toMatchObject({ said: 'CODE_WRONG' });
    expect((await maker(prove, { body: { code: await shown('finance1') } })).said).toBe('done');
    await w.advance(60_000);
    expect(await approve(maker, await shown('finance1'))).toMatchObject(PAST_IT);
  });

  it('is for those who approve', async () => {
    const auditor = await desk('auditor');
    expect(await auditor(enrol, { body: { password: DEMO_PASSWORD } })).toMatchObject({
      said: 'NOT_ALLOWED',
    });
  });
});

describe('a lost phone', () => {
  const reset = 'POST /api/console/users/:id/reset-authenticator';
  const reason = { reason: '手机丢失' };

  it('is made good by the office, with a code of its own; the person enrols again', async () => {
    const office = await desk('office');
    const checker = await desk('finance2');
    const params = { id: await idOf('finance2') };
    expect(await office(reset, { params, body: reason })).toMatchObject({ said: 'CODE_NEEDED' });
    const lost = await shown('finance2');
    expect((await office(reset, { params, body: reason, code: await shown('office') })).said).toBe('done');
    // Whoever has the phone is signed in no more, and its codes are none.
    const { users } = await w.office.call('GET /api/console/users');
    expect(users.find(({ login }) => login === 'finance2')).toMatchObject({ authenticatorSince: null });
    const again = await desk('finance2');
    expect(await approve(again, lost)).toMatchObject({ said: 'AUTHENTICATOR_MISSING' });
    const [line] = await auditOf(`authenticator:${params.id}`);
    expect(line).toEqual({ verb: 'authenticator.reset', facts: reason });
    // A session that was cached lives five seconds at most.
    await w.advance(5_000);
    await new Promise((resolve) => setTimeout(resolve, 5_100));
    expect(await approve(checker, lost)).toMatchObject({ said: 'NOT_SIGNED_IN' });

    const { answer } = await again('POST /api/console/me/authenticator', {
      body: { password: DEMO_PASSWORD },
    });
    await phones.scanAuthenticator(answer.uri);
    const first = await phones.authenticator('finance2');
    await again('POST /api/console/me/authenticator/prove', { body: { code: first.code } });
    expect(await approve(again, first.next)).toMatchObject(PAST_IT);
  });

  it('is not for oneself, nor for people of another school', async () => {
    const office = await desk('office');
    expect(
      await office(reset, {
        params: { id: await idOf('office') },
        body: reason,
        code: await shown('office'),
      }),
    ).toMatchObject({ said: 'NOT_YOURSELF' });
    const school = await createSchool(w.world, '另一所大学');
    const stranger = await createUser(w.world, 'test', {
      schoolId: school._id,
      login: 'stranger',
      name: '外校财务',
      role: 'finance',
      password: DEMO_PASSWORD,
    });
    const theirs = createApiClient(w.url);
    await theirs.signIn('stranger', DEMO_PASSWORD);
    const { uri } = await theirs.call('POST /api/console/me/authenticator', {
      body: { password: DEMO_PASSWORD },
    });
    await phones.scanAuthenticator(uri);
    await theirs.call('POST /api/console/me/authenticator/prove', {
      body: { code: await shown('stranger') },
    });
    expect(
      await office(reset, {
        params: { id: stranger._id },
        body: reason,
        code: (await phones.authenticator('office')).next,
      }),
    ).toMatchObject({ said: 'NOT_FOUND' });
    expect((await Authenticators.findById(stranger._id).lean())?.secret).not.toBeNull();
  });
});

async function read(login: string): Promise<{ by: UserActor; authenticator: Authenticator }> {
  const user = await Users.findOne({ login }).lean();
  const authenticator = await Authenticators.findById(user?._id).lean<Authenticator>();
  if (!user || !authenticator) throw new Error(`no authenticator of ${login}`);
  const { _id: userId, ...facts } = user;
  return { by: { kind: 'user', userId, ...facts }, authenticator };
}
