import { createApiClient } from '../../server/demo/api-client';
import { DEMO_PASSWORD, DEMO_USERS, type Demo, firstApi, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { withWorld } from '../../server/demo/with-world';
import type { ConsoleRole } from '../../server/http/actor';
import { createUser } from '../../server/modules/accounts/create-user';
import { createSchool } from '../../server/modules/campaigns/save-campaign';
import { type ContractKey, contract } from '../../shared/contract';
import type { Endpoint } from '../../shared/contract/endpoint';
import { sampleOf } from '../support/sample';
import { startTestStack } from '../support/stack';

jest.setTimeout(120_000);

/** Every endpoint of the console against every role and against another school, over HTTP. */
const CONSOLE_KEYS = (Object.keys(contract) as ContractKey[]).filter((key) => {
  const { who }: Endpoint = contract[key];
  return who.some((role) => role !== 'anyone' && role !== 'student' && role !== 'staff');
});
const CONSOLE_ROLES: readonly ConsoleRole[] = [
  'office',
  'college',
  'support',
  'finance',
  'auditor',
  'operator',
];

interface SignedIn {
  cookie: string;
  csrfToken: string;
}

let stack: Stack;
let demo: Demo;
const ours = new Map<ConsoleRole, SignedIn>();
const theirs = new Map<ConsoleRole, SignedIn>();

beforeAll(async () => {
  stack = await startTestStack();
  demo = await seedDemo(stack, 20);
  await withWorld(stack, async (world) => {
    const school = await createSchool(world, '另一所大学');
    for (const role of CONSOLE_ROLES) {
      const facts = { schoolId: school._id, login: `other-${role}`, name: '外校人员', role };
      await createUser(world, 'system', { ...facts, password: DEMO_PASSWORD, colleges: ['水利学院'] });
    }
  });
  for (const role of CONSOLE_ROLES) {
    ours.set(role, await signIn(DEMO_USERS.find((user) => user.role === role)?.login ?? ''));
    theirs.set(role, await signIn(`other-${role}`));
  }
});
afterAll(() => stack?.stop());

async function signIn(login: string): Promise<SignedIn> {
  const response = await fetch(`${firstApi(stack)}/api/console/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password: DEMO_PASSWORD }),
  });
  const { csrfToken } = (await response.json()) as { csrfToken: string };
  const [cookie = ''] = response.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
  return { cookie, csrfToken };
}

async function ask(
  key: ContractKey,
  headers: Record<string, string>,
  parts: { params?: Record<string, string>; query?: unknown; body?: unknown } = {},
): Promise<{ status: number; code: string | null; text: string }> {
  const [method = 'GET', path = ''] = key.split(' ');
  const filled = path.replace(/:(\w+)/g, (_, name: string) => parts.params?.[name] ?? '0'.repeat(24));
  const search = new URLSearchParams(Object(parts.query));
  const { upload }: Endpoint = contract[key];
  const body = upload ? aFile() : JSON.stringify(parts.body ?? {});
  const response = await fetch(`${firstApi(stack)}${filled}?${search}`, {
    method,
    headers: { ...headers, ...(method === 'GET' || upload ? {} : { 'content-type': 'application/json' }) },
    ...(method === 'GET' ? {} : { body }),
  });
  const text = await response.text();
  const code = response.ok ? null : (JSON.parse(text).error.code as string);
  return { status: response.status, code, text };
}

function aFile(): FormData {
  const form = new FormData();
  form.set('file', new File(['姓名,学号,专业\n'], '名单.csv'));
  return form;
}

const as = ({ cookie, csrfToken }: SignedIn) => ({ cookie, 'x-csrf-token': csrfToken });
const mayCall = (key: ContractKey, role: ConsoleRole): boolean => {
  const { who }: Endpoint = contract[key];
  return who.includes(role);
};
/** A stranger without a code is sent away before anything is looked for: tests/api/second-factor.test.ts. */
const asksFirst = (key: ContractKey): boolean => {
  const { secondFactor }: Endpoint = contract[key];
  return secondFactor === 'always';
};
const withoutApproving = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && 'decision' in body && body.decision === 'approve'
    ? { ...body, decision: 'reject' }
    : body;
/** Asked with nothing filled in, such a call would end the session that asks. */
const isEnding = (key: ContractKey) => key === 'POST /api/console/logout';

describe('who is not signed in', () => {
  it.each(CONSOLE_KEYS)('is refused: %s', async (key) => {
    expect(await ask(key, {})).toMatchObject({ status: 401, code: 'NOT_SIGNED_IN' });
  });
});

describe('who carries the cookie without the CSRF token', () => {
  it.each(CONSOLE_KEYS.filter((key) => !key.startsWith('GET ')))('is refused: %s', async (key) => {
    for (const [role, { cookie }] of ours) {
      const answer = await ask(key, { cookie, 'x-csrf-token': 'guessed' });
      expect({ role, ...answer }).toMatchObject({ status: 401, code: 'NOT_SIGNED_IN' });
    }
  });
});

describe('who has another role', () => {
  const cases = CONSOLE_KEYS.flatMap((key) =>
    CONSOLE_ROLES.filter((role) => !mayCall(key, role)).map((role) => [role, key] as const),
  );
  it.each(cases)('%s is refused: %s', async (role, key) => {
    const headers = as(signedIn(ours, role));
    expect(await ask(key, headers)).toMatchObject({ status: 403, code: 'NOT_ALLOWED' });
  });

  it('gets past the door where the contract lets them in, so that the refusals above mean something', async () => {
    for (const key of CONSOLE_KEYS.filter((candidate) => !isEnding(candidate))) {
      for (const role of CONSOLE_ROLES.filter((candidate) => mayCall(key, candidate))) {
        const { code } = await ask(key, as(signedIn(ours, role)));
        expect({ key, role, code }).not.toMatchObject({ code: 'NOT_ALLOWED' });
        expect({ key, role, code }).not.toMatchObject({ code: 'NOT_SIGNED_IN' });
      }
    }
  });
});

describe('who is of another school', () => {
  it.each(CONSOLE_KEYS.filter((key) => key.includes('/:') && !asksFirst(key)))(
    'finds nothing of ours: %s',
    async (key) => {
      const params = await ourIds(key);
      const { body, query, secondFactor }: Endpoint = contract[key];
      const filled = body && sampleOf(body);
      const parts = {
        params,
        body: secondFactor ? withoutApproving(filled) : filled,
        query: query && sampleOf(query),
      };
      for (const role of CONSOLE_ROLES.filter((candidate) => mayCall(key, candidate))) {
        const answer = await ask(key, as(signedIn(theirs, role)), parts);
        expect({ key, role, ...answer }).toMatchObject({ status: 404, code: 'NOT_FOUND' });
      }
    },
  );

  it.each(CONSOLE_KEYS.filter((key) => key.startsWith('GET ') && !key.includes('/:')))(
    'sees nothing of ours in the list: %s',
    async (key) => {
      const { query }: Endpoint = contract[key];
      // A filter is given only where there must be one: it could hide what must not be there.
      const asked = query && !query.safeParse({}).success ? { query: sampleOf(query) } : {};
      for (const role of CONSOLE_ROLES.filter((candidate) => mayCall(key, candidate))) {
        const { status, text } = await ask(key, as(signedIn(theirs, role)), asked);
        expect(status).toBe(200);
        expect(text).not.toContain(demo.campaign.schoolId);
        expect(text).not.toContain(demo.campaign.id);
        expect(text).not.toContain('教务处李老师');
      }
    },
  );

  it('is refused the live stream of our board', async () => {
    const url = `${firstApi(stack)}/api/console/campaigns/${demo.campaign.id}/board/events`;
    const headers = { cookie: signedIn(theirs, 'office').cookie };
    expect((await fetch(url, { headers })).status).toBe(404);
    expect((await fetch(url)).status).toBe(401);
  });
});

describe('a college secretary', () => {
  it('sees the own college only: in the list, in its counts, by id, in the progress', async () => {
    const secretary = createApiClient(firstApi(stack));
    await secretary.signIn('college', DEMO_PASSWORD);
    const of = { params: { id: demo.campaign.id } };
    const own = demo.students.filter(({ college }) => college === '水利学院');
    expect(own.length).toBeGreaterThan(0);
    const list = await secretary.call('GET /api/console/campaigns/:id/students', { ...of, query: {} });
    expect(list).toMatchObject({ total: own.length, all: own.length, colleges: ['水利学院'] });
    const others = await secretary.call('GET /api/console/campaigns/:id/students', {
      ...of,
      query: { college: '茶学院' },
    });
    expect(others.students).toEqual([]);
    const { rows } = await secretary.call('GET /api/console/campaigns/:id/progress', of);
    expect(new Set(rows.map(({ college }) => college))).toEqual(new Set(['水利学院']));

    const all = await demo.office.call('GET /api/console/campaigns/:id/students', { ...of, query: {} });
    const stranger = all.students.find(({ college }) => college !== '水利学院');
    await expect(
      secretary.call('GET /api/console/students/:id', { params: { id: stranger?.id ?? '' } }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

function signedIn(people: ReadonlyMap<ConsoleRole, SignedIn>, role: ConsoleRole): SignedIn {
  const found = people.get(role);
  if (!found) throw new Error(`nobody is signed in as ${role}`);
  return found;
}

/** Ids of our school for the places of an address; what there is none of yet is an id that nobody has. */
async function ourIds(key: ContractKey): Promise<Record<string, string>> {
  const { id: campaignId } = demo.campaign;
  if (key.includes('/merchants/:merchantId')) {
    return { merchantId: demo.merchantId, day: '2022-11-15' };
  }
  if (/\/campaigns\/:(id|campaignId)/.test(key)) return { id: campaignId, campaignId };
  if (key.includes('/students/:id')) {
    const { students } = await demo.office.call('GET /api/console/campaigns/:id/students', {
      params: { id: campaignId },
      query: { size: 1 },
    });
    return { id: students[0]?.id ?? '' };
  }
  if (key.includes('/users/:id')) {
    const { users } = await demo.office.call('GET /api/console/users');
    return { id: users[0]?.id ?? '' };
  }
  if (key.includes('/imports/:id')) {
    const opened = await demo.office.call('POST /api/console/campaigns/:id/imports/pasted', {
      params: { id: campaignId },
      body: { kind: 'roster', text: '姓名,学号,专业\n' },
    });
    return { id: opened.import.id, sheet: '0' };
  }
  return {};
}
