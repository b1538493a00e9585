import { createApiClient } from '../../server/demo/api-client';
import { DEMO_PASSWORD, DEMO_USERS, type Demo, firstApi, phase, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { withWorld } from '../../server/demo/with-world';
import type { ConsoleRole } from '../../server/http/actor';
import { createUser } from '../../server/modules/accounts/create-user';
import { createSchool } from '../../server/modules/campaigns/save-campaign';
import { type ContractKey, contract } from '../../shared/contract';
import type { Endpoint } from '../../shared/contract/endpoint';
import {
  type Answer,
  askEndpoint,
  consoleHeaders,
  idsFor,
  layThings,
  type Parts,
  type Things,
} from '../support/every-endpoint';
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

type SignedIn = Awaited<ReturnType<typeof consoleHeaders>>;

let stack: Stack;
let demo: Demo;
const ours = new Map<ConsoleRole, SignedIn>();
const theirs = new Map<ConsoleRole, SignedIn>();
let ourThings: Things;
/** Of these it is enough that they are ours: whoever looks at anything else before has looked too far. */
const BARE: Readonly<Record<string, string>> = {
  '/refund-batches/:id': 'refund_batches',
  '/differences/:id': 'differences',
  '/conflicts/:id': 'binding_conflicts',
  '/payment-notices/:noticeId': 'orphan_notifications',
};
const BARE_ID = 'f'.repeat(24);

beforeAll(async () => {
  stack = await startTestStack();
  demo = await seedDemo(stack, 20);
  await stack.sandbox.setClock(phase('open'));
  ourThings = await layThings(stack, demo);
  await withWorld(stack, async (world) => {
    for (const name of Object.values(BARE)) {
      const records = world.connection.collection<{ _id: string; schoolId: string }>(name);
      await records.insertOne({ _id: BARE_ID, schoolId: demo.campaign.schoolId });
    }
    const school = await createSchool(world, '另一所大学');
    for (const role of CONSOLE_ROLES) {
      const facts = { schoolId: school._id, login: `other-${role}`, name: '外校人员', role };
      await createUser(world, 'system', { ...facts, password: DEMO_PASSWORD, colleges: ['水利学院'] });
    }
  });
  for (const role of CONSOLE_ROLES) {
    const login = DEMO_USERS.find((user) => user.role === role)?.login ?? '';
    ours.set(role, await consoleHeaders(stack, login, DEMO_PASSWORD));
    theirs.set(role, await consoleHeaders(stack, `other-${role}`, DEMO_PASSWORD));
  }
});
afterAll(() => stack?.stop());

const ask = (key: ContractKey, headers: Record<string, string>, parts: Parts = {}): Promise<Answer> =>
  askEndpoint(firstApi(stack), key, headers, parts);

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
    const headers = signedIn(ours, role);
    expect(await ask(key, headers)).toMatchObject({ status: 403, code: 'NOT_ALLOWED' });
  });

  it('gets past the door where the contract lets them in, so that the refusals above mean something', async () => {
    for (const key of CONSOLE_KEYS.filter((candidate) => !isEnding(candidate))) {
      for (const role of CONSOLE_ROLES.filter((candidate) => mayCall(key, candidate))) {
        const { code } = await ask(key, signedIn(ours, role));
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
      const params = ourIds(key) ?? {};
      const { body, query, secondFactor }: Endpoint = contract[key];
      const filled = body && sampleOf(body);
      const parts = {
        params,
        body: secondFactor ? withoutApproving(filled) : filled,
        query: query && sampleOf(query),
      };
      for (const role of CONSOLE_ROLES.filter((candidate) => mayCall(key, candidate))) {
        const answer = await ask(key, signedIn(theirs, role), parts);
        expect({ key, role, ...answer }).toMatchObject({ status: 404, code: 'NOT_FOUND' });
      }
    },
  );

  it('is asked about things that there are, but for an identity, which is reached through a student', () => {
    const keys = CONSOLE_KEYS.filter((key) => key.includes('/:') && ourIds(key) === null);
    expect(keys).toEqual(['POST /api/console/identities/:id/reset-attempts']);
  });

  const readable = CONSOLE_KEYS.filter((key) => key.startsWith('GET ') && key.includes('/:'));
  it('control: we ourselves find what they do not', async () => {
    const found: string[] = [];
    for (const key of readable) {
      const params = ourIds(key) ?? {};
      const names = [...key.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
      const isBare = Object.values(params).includes(BARE_ID);
      if (isBare || names.some((name) => !(name in params))) continue;
      const { query }: Endpoint = contract[key];
      const role = CONSOLE_ROLES.find((candidate) => mayCall(key, candidate)) ?? 'office';
      const { status } = await ask(key, signedIn(ours, role), {
        params,
        query: query && sampleOf(query),
      });
      expect({ key, status }).not.toMatchObject({ status: 404 });
      found.push(key);
    }
    expect(found.length).toBeGreaterThan(readable.length / 2);
  });

  it.each(CONSOLE_KEYS.filter((key) => key.startsWith('GET ') && !key.includes('/:')))(
    'sees nothing of ours in the list: %s',
    async (key) => {
      const { query }: Endpoint = contract[key];
      // A filter is given only where there must be one: it could hide what must not be there.
      const asked = query && !query.safeParse({}).success ? { query: sampleOf(query) } : {};
      for (const role of CONSOLE_ROLES.filter((candidate) => mayCall(key, candidate))) {
        const { status, text } = await ask(key, signedIn(theirs, role), asked);
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
    const list = await secretary.call('POST /api/console/campaigns/:id/find-students', { ...of, body: {} });
    expect(list).toMatchObject({ total: own.length, all: own.length, colleges: ['水利学院'] });
    const others = await secretary.call('POST /api/console/campaigns/:id/find-students', {
      ...of,
      body: { college: '茶学院' },
    });
    expect(others.students).toEqual([]);
    const { rows } = await secretary.call('GET /api/console/campaigns/:id/progress', of);
    expect(new Set(rows.map(({ college }) => college))).toEqual(new Set(['水利学院']));

    const all = await demo.office.call('POST /api/console/campaigns/:id/find-students', { ...of, body: {} });
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

/** Ids of our school for the places of an address; null when nothing of ours stands there. */
function ourIds(key: ContractKey): Record<string, string> | null {
  const found = idsFor(ourThings, key);
  if (found) return found;
  const bare = Object.keys(BARE).find((place) => key.includes(place));
  return bare ? { id: BARE_ID, noticeId: BARE_ID } : null;
}
