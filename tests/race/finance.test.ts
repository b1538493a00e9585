import { type ApiClient, createApiClient } from '../../server/demo/api-client';
import { DEMO_PASSWORD } from '../../server/demo/seed';
import { randomIds } from '../../server/platform/ids';
import type { DifferenceView } from '../../shared/contract/reconciliation';
import { atOnce, brokenRules } from '../support/race';
import { eventually } from '../support/stack';
import { openTwoProcesses, type TwoProcesses } from '../support/two-processes';

jest.setTimeout(120_000);

/*
 * Two people of finance, each at a process of their own, who act on the same thing at the same moment. The guard is the
 * version of the record; each control is the same two requests without it.
 */

/** Its bills can be had when booking opens. */
const DAY = '2022-11-13';
const SURPLUSES = 12;

let both: TwoProcesses;
let maker: ApiClient;
let checker: ApiClient;
/** The checker's second window. */
let window: ApiClient;
let surpluses: string[];

beforeAll(async () => {
  both = await openTwoProcesses();
  [maker, checker, window] = [await at(0, 'finance1'), await at(1, 'finance2'), await at(0, 'finance2')];
  const { db, merchantId, stack } = { ...both.ground, stack: both.stack };
  // The job that fetches bills by itself would come in between.
  await db
    .collection<{ _id: string }>('bill_progress')
    .updateOne(
      { _id: merchantId },
      { $set: { doneTo: '2099-12-31', nextAt: new Date('2099-12-31') } },
      { upsert: true },
    );
  const [merchant] = (await stack.sandbox.credentials()).merchants;
  surpluses = Array.from({ length: SURPLUSES }, () => randomIds.number());
  for (const outTradeNo of surpluses) {
    await stack.sandbox.ask('POST', '/books/entries', {
      kind: 'payment',
      mchid: merchant?.mchid,
      at: `${DAY}T12:00:00+08:00`,
      totalFen: 4_500,
      outTradeNo,
    });
  }
  await maker.call('POST /api/console/merchants/:merchantId/days/:day/fetch', { params: place() });
});
afterAll(() => both?.close());

const place = () => ({ merchantId: both.ground.merchantId, day: DAY });

async function at(n: number, login: string): Promise<ApiClient> {
  const client = createApiClient(both.stack.apis[n]?.url ?? '');
  await client.signIn(login, DEMO_PASSWORD);
  return client;
}

async function seen(orderNo: string): Promise<DifferenceView> {
  const { differences } = await maker.call('GET /api/console/merchants/:merchantId/days/:day/differences', {
    params: place(),
  });
  const found = differences.find((one) => one.orderNo === orderNo);
  if (!found) throw new Error(`no difference about ${orderNo}`);
  return found;
}

const own = (by: ApiClient, { id, version }: DifferenceView) =>
  by.call('POST /api/console/differences/:id/own', { params: { id }, body: { version, mine: true } });
const propose = (by: ApiClient, { id, version }: DifferenceView, repair: 'refund' | 'suspend') =>
  by.call('POST /api/console/differences/:id/propose', {
    params: { id },
    body: { version, repair, note: '已电话核实' },
  });
const decide = (by: ApiClient, { id, version }: DifferenceView, decision: 'approve' | 'reject') =>
  by.call('POST /api/console/differences/:id/decide', { params: { id }, body: { version, decision } });

const nextSurplus = (): string => {
  const orderNo = surpluses.pop();
  if (!orderNo) throw new Error('every surplus has been somebody’s');
  return orderNo;
};

const proposed = async (): Promise<DifferenceView> => propose(maker, await seen(nextSurplus()), 'refund');

/** Both have read the difference before either writes, and neither compares what it read: at one process, where they can meet. */
const unguarded = <T>(verbs: readonly string[], attempts: readonly (() => Promise<T>)[]) =>
  both.loosen(
    [{ of: 'differences', verb: verbs, without: ['version', 'status'], meet: attempts.length }],
    () => atOnce(attempts),
  );

describe('two people on one difference', () => {
  it('both take it at once: one has it, the other is told that it has changed', async () => {
    const one = await seen(nextSurplus());
    const { won, lost } = await atOnce([() => own(maker, one), () => own(checker, one)]);
    expect(won).toHaveLength(1);
    expect(lost).toEqual({ CHANGED_MEANWHILE: 1 });
  });

  it('both propose at once, each something else: one proposal stands', async () => {
    const one = await seen(nextSurplus());
    const { won, lost } = await atOnce([
      () => propose(maker, one, 'refund'),
      () => propose(checker, one, 'suspend'),
    ]);
    expect(won).toHaveLength(1);
    expect(lost).toEqual({ CHANGED_MEANWHILE: 1 });
    expect((await seen(one.orderNo ?? '')).proposal?.repair).toBe(won[0]?.proposal?.repair);
  });

  it('control: without the version in the guard both have it, and both proposals are said to stand', async () => {
    const one = await seen(nextSurplus());
    const owned = await unguarded(['difference.own'], [() => own(maker, one), () => own(window, one)]);
    expect(owned.won).toHaveLength(2);
    const two = await seen(nextSurplus());
    const { won } = await unguarded(
      ['difference.propose'],
      [() => propose(maker, two, 'refund'), () => propose(window, two, 'suspend')],
    );
    const stands = (await seen(two.orderNo ?? '')).proposal?.repair;
    expect(won.map(({ proposal }) => proposal?.repair).sort()).toEqual(['refund', 'suspend']);
    expect(won.filter(({ proposal }) => proposal?.repair !== stands)).toHaveLength(1);
  });
});

describe('approve against reject', () => {
  it.each([
    ['of the same person in two windows', () => window],
    ['against the proposer who takes it back', () => maker],
  ])('%s: one stands, and the money follows it', async (_, other) => {
    const one = await proposed();
    const { won, lost } = await atOnce([
      () => decide(checker, one, 'approve'),
      () => decide(other(), one, 'reject'),
    ]);
    expect(won).toHaveLength(1);
    expect(Object.values(lost)).toEqual([1]);
    expect(Object.keys(lost)[0]).toMatch(/^(CHANGED_MEANWHILE|DIFFERENCE_STATE)$/);
    const isApproved = won[0]?.status !== 'open';
    const after = await eventually('it has come to rest', async () => {
      const now = await seen(one.orderNo ?? '');
      return now.status === (isApproved ? 'settled' : 'open') ? now : null;
    });
    expect(await refundsOf(one.orderNo ?? '')).toBe(isApproved ? 1 : 0);
    expect(after.proposal === null).toBe(!isApproved);
  });

  it('control: where the version is not compared both are told that theirs stands', async () => {
    const one = await proposed();
    const { won } = await unguarded(
      ['difference.approve', 'difference.reject', 'difference.withdraw'],
      [() => decide(window, one, 'approve'), () => decide(maker, one, 'reject')],
    );
    expect(won).toHaveLength(2);
  });

  it('of a code that two windows send at once: it counts in one of them', async () => {
    const [one, two] = [await proposed(), await proposed()];
    await both.stack.sandbox.advance(60_000);
    const { code } = await both.stack.sandbox.authenticator('finance2');
    const approve = (by: ApiClient, { id, version }: DifferenceView) =>
      by.callWithCode(code, 'POST /api/console/differences/:id/decide', {
        params: { id },
        body: { version, decision: 'approve' },
      });
    const { won, lost } = await atOnce([() => approve(checker, one), () => approve(window, two)]);
    expect(won).toHaveLength(1);
    expect(lost).toEqual({ CODE_USED: 1 });
  });

  it('control: a code whose use does not compare the version counts in both', async () => {
    const [one, two] = [await proposed(), await proposed()];
    await both.stack.sandbox.advance(60_000);
    const { code } = await both.stack.sandbox.authenticator('finance2');
    const together = { of: 'authenticators', verb: 'authenticator.confirm', without: ['version'], meet: 2 };
    const { won } = await both.loosen([together], () =>
      atOnce(
        [one, two].map(
          ({ id, version }) =>
            () =>
              window.callWithCode(code, 'POST /api/console/differences/:id/decide', {
                params: { id },
                body: { version, decision: 'approve' },
              }),
        ),
      ),
    );
    expect(won).toHaveLength(2);
  });
});

describe('closing a day', () => {
  const askedToClose = async (day: string) => {
    const params = { ...place(), day };
    const { version } = await emptyDay(day);
    const asked = await maker.call('POST /api/console/merchants/:merchantId/days/:day/sign-off', {
      params,
      body: { kind: 'close', version },
    });
    return (by: ApiClient, decision: 'approve' | 'reject') => () =>
      by.call('POST /api/console/merchants/:merchantId/days/:day/sign-off/decide', {
        params,
        body: { version: asked.version, decision },
      });
  };

  const stored = (day: string) =>
    both.ground.db
      .collection<{ _id: string; state: string; signOff: object | null }>('bill_days')
      .findOne({ _id: `${both.ground.merchantId}:${day}` });

  it('approved and refused at once: it is closed, or open without a sign-off', async () => {
    const day = '2022-11-10';
    const say = await askedToClose(day);
    const { won, lost } = await atOnce([say(checker, 'approve'), say(window, 'reject')]);
    expect(won).toHaveLength(1);
    expect(Object.values(lost)).toEqual([1]);
    const after = await stored(day);
    expect(after?.signOff).toBeNull();
    expect(after?.state).toBe(won[0]?.state);
  });

  it('control: where the version is not compared both are told that theirs stands, and it is closed', async () => {
    const day = '2022-11-09';
    const say = await askedToClose(day);
    const verb = ['bill.close', 'bill.refuse-close'];
    const { won } = await both.loosen([{ of: 'bill_days', verb, without: ['version'], meet: 2 }], () =>
      atOnce([say(window, 'approve'), say(window, 'reject')]),
    );
    expect(won).toHaveLength(2);
    expect((await stored(day))?.state).toBe('closed');
  });
});

it('leaves nothing that the independent checker cannot explain, but for what nobody has repaired', async () => {
  const broken = await brokenRules(both.stack);
  expect(broken.filter((rule) => rule !== 'payment-unknown-here')).toEqual([]);
});

const emptyDay = (day: string) =>
  maker.call('POST /api/console/merchants/:merchantId/days/:day/fetch', { params: { ...place(), day } });

/** How many refunds WeChat was asked for. */
async function refundsOf(orderNo: string): Promise<number> {
  const { items } = await both.stack.sandbox.ask<{ items: { outTradeNo: string }[] }>(
    'GET',
    '/books/refunds?limit=1000',
  );
  return items.filter(({ outTradeNo }) => outTradeNo === orderNo).length;
}
