import { type ApiClient, createApiClient } from '../../server/demo/api-client';
import { layCampaign } from '../../server/demo/ground';
import { DEMO_PASSWORD } from '../../server/demo/seed';
import { importer } from '../support/importer';
import { atOnce, untilSeen } from '../support/race';
import { openTwoProcesses, type TwoProcesses } from '../support/two-processes';

jest.setTimeout(120_000);

/*
 * Two people write two different rosters into one campaign, on two processes. The guard is the unique index that lets one
 * import of a campaign run at a time; the control drops it.
 */
const STUDENTS = 200;
const ROUNDS = 4;
const MOST_ROUNDS = 10;

let both: TwoProcesses;
let people: ApiClient[];

beforeAll(async () => {
  both = await openTwoProcesses();
  people = await Promise.all(
    ['office', 'office2'].map(async (login, n) => {
      const client = createApiClient(both.stack.apis[n]?.url ?? '');
      await client.signIn(login, DEMO_PASSWORD);
      return client;
    }),
  );
});
afterAll(() => both?.close());

const rosterOf = (prefix: string) =>
  [
    '姓名,学号,学院,专业,班级',
    ...Array.from(
      { length: STUDENTS },
      (_, n) => `李同学,${prefix}${String(n).padStart(5, '0')},农学院,农学,农学1901`,
    ),
  ].join('\n');

/** @returns how either import ended, who was told at once, and whose students are on the roster */
async function fight() {
  const campaignId = await layCampaign(both.ground);
  const prepared = await Promise.all(
    people.map(async (by, n) => {
      const steps = importer(by, campaignId);
      const opened = await steps.paste('roster', rosterOf(`2019${n}`));
      return { steps, opened, preview: await steps.roster(opened) };
    }),
  );
  const { lost } = await atOnce(
    prepared.map(
      ({ steps, opened, preview }) =>
        () =>
          steps.commit(opened, preview),
    ),
  );
  const ends = await Promise.all(prepared.map(({ steps, opened }) => steps.ended(opened.import.id)));
  const of = (n: number) =>
    both.ground.db
      .collection('students')
      .countDocuments({ campaignId, removedAt: null, studentNo: { $regex: `^2019${n}` } });
  const lookAgain = async (n: number) => {
    const late = prepared[n];
    if (!late) throw new Error('no such import');
    return late.steps.roster(late.opened);
  };
  return { lost, states: ends.map(({ state }) => state), counts: [await of(0), await of(1)], lookAgain };
}

it('one of them is written whole, the other is told and writes nothing', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const { lost, states, counts, lookAgain } = await fight();
    expect(['IMPORT_RUNNING']).toEqual(expect.arrayContaining(Object.keys(lost)));
    const winner = states.indexOf('done');
    const loser = 1 - winner;
    expect(['stopped', 'previewed']).toContain(states[loser]);
    expect(counts[winner]).toBe(STUDENTS);
    expect(counts[loser]).toBe(0);
    // Whoever was told looks again, and may then decide otherwise.
    expect(await lookAgain(loser)).toMatchObject({ added: STUDENTS, removed: STUDENTS });
  }
});

it('control: without the index both run, both say that theirs was written, and nobody is told of the other', async () => {
  await both.withoutIndex(
    'one_import_at_a_time',
    async () => {
      await untilSeen(async () => {
        const { lost, states } = await fight();
        if (states.some((state) => state !== 'done')) return false;
        expect(lost).toEqual({});
        return true;
      }, MOST_ROUNDS);
    },
    'table_imports',
  );
});
