import fc, { type AsyncCommand } from 'fast-check';
import { MoneyMap } from '../../server/checker/money/money-map';
import { readOrder } from '../../server/checker/reading/documents';
import { AppError } from '../../server/errors';
import type { UserActor } from '../../server/http/actor';
import { applyPayment } from '../../server/modules/payments/apply-payment';
import { applyRefund } from '../../server/modules/payments/apply-refund';
import { learnFromWeChat } from '../../server/modules/payments/ask-wechat';
import { closeOrder } from '../../server/modules/payments/close-order';
import { decideProposal } from '../../server/modules/payments/decide-proposal';
import { findOrder } from '../../server/modules/payments/find-order';
import { type Order, Orders } from '../../server/modules/payments/model';
import { placesOf } from '../../server/modules/payments/money-places';
import { propose } from '../../server/modules/payments/propose';
import { renewRefund } from '../../server/modules/payments/renew-refund';
import { requestRefund } from '../../server/modules/payments/request-refund';
import { isReversible, reversePayment } from '../../server/modules/payments/reverse-payment';
import {
  ORDER_TRANSITIONS,
  type OrderState,
  REFUND_TRANSITIONS,
  type RefundState,
} from '../../shared/domain/order-state';
import { type MerchantWorld, openMerchantWorld } from '../support/merchant-world';

jest.setTimeout(120_000);

/**
 * Any sequence of what students, staff, time and WeChat do to one order, over the real database and the sandbox. After
 * every step the order is held against rules that are stated here anew.
 */

let shop: MerchantWorld;

beforeAll(async () => {
  shop = await openMerchantWorld();
  await shop.setClock('2027-03-01', '09:00:00');
});
afterAll(() => shop?.close());

/** What the rules remember of the order from one step to the next. */
interface Model {
  before: Order;
  paidThere: boolean;
}
interface Real {
  orderNo: string;
}
type Step = AsyncCommand<Model, Real>;

const step = (
  name: string,
  run: (real: Real, model: Model) => Promise<unknown>,
  check: (model: Readonly<Model>) => boolean = () => true,
): Step => ({
  check,
  async run(model, real) {
    await run(real, model).catch(unlessRefused);
    const after = await orderOf(real);
    holdRules(model.before, after);
    agreeOnPlaces(after);
    model.before = after;
  },
  toString: () => name,
});

/** Being refused is an answer. */
function unlessRefused(error: unknown): void {
  if (!(error instanceof AppError)) throw error;
}

async function orderOf({ orderNo }: Real): Promise<Order> {
  const order = await findOrder(orderNo);
  if (!order) throw new Error('the order is gone');
  return order;
}

const BY_CALLBACK = () => ({ via: 'callback' as const, mchid: shop.merchant.mchid });
const gateway = () => shop.world.pay.merchantGateway(shop.merchant.mchid);
const advance = (ms: number) => shop.sandbox.control('POST', '/clock', { advanceMs: ms });
const sweep = async () => {
  while ((await shop.world.effects.sweep()) > 0);
};
const person = (userId: string): UserActor => ({
  kind: 'user',
  role: 'finance',
  userId,
  login: userId,
  name: userId,
  schoolId: '0'.repeat(24),
  colleges: [],
  mustChangePassword: false,
});

async function callback(orderNo: string): Promise<void> {
  const answer = await (await gateway()).queryOrder(orderNo);
  if (answer.state !== 'SUCCESS' && answer.state !== 'REFUND') return;
  await applyPayment(shop.world, answer, { ...BY_CALLBACK(), eventId: shop.world.ids.id() });
}

async function refundNews(real: Real, at: number, status?: 'PROCESSING'): Promise<void> {
  const order = await orderOf(real);
  const refund = order.refunds[at % Math.max(1, order.refunds.length)];
  if (!refund) return;
  const answer = await (await gateway()).queryRefund(refund.refundNo);
  if (answer.status === 'NOT_EXIST') return;
  const news = status ? { ...answer, status } : answer;
  await applyRefund(shop.world, real.orderNo, news, { ...BY_CALLBACK(), eventId: shop.world.ids.id() });
}

async function settleThere(real: Real, at: number, outcome: string): Promise<void> {
  const { refunds } = await orderOf(real);
  const refund = refunds[at % Math.max(1, refunds.length)];
  if (refund) await shop.sandbox.control('POST', `/refunds/${refund.refundNo}/outcome`, { outcome });
}

async function proposeAndDecide(real: Real, kind: 'refund' | 'accept', same: boolean): Promise<void> {
  const wish = { kind, reason: 'property', items: null, endsPlace: false };
  const order = await propose(shop.world, person('first'), { order: await orderOf(real), wish });
  const proposalId = order.proposals.at(-1)?.id ?? '';
  const decision = { order, proposalId, decision: 'approve' as const, note: null };
  await decideProposal(shop.world, person(same ? 'first' : 'second'), decision);
}

async function renewClosed(real: Real): Promise<void> {
  const order = await orderOf(real);
  const closed = order.refunds.find(({ state }) => state === 'closed');
  if (closed) await renewRefund(shop.world, person('first'), { order, refundNo: closed.refundNo });
}

const FEE_ITEMS = [
  { code: 'shot', name: '拍摄费', amountFen: 1500 },
  { code: 'web', name: '制作费', amountFen: 1500 },
];
const PLANS = [{}, { wrongAmount: 2900 }, { couponFen: 500 }, { transactionCurrency: 'USD' }];
const OUTCOMES = ['SUCCESS', 'ABNORMAL', 'CLOSED'];

const paidThere = (plan: object) =>
  step(
    `paid there ${JSON.stringify(plan)}`,
    async ({ orderNo }, model) => {
      await shop.pay(orderNo, plan);
      model.paidThere = true;
    },
    (model) => !model.paidThere,
  );
const refundOf = (cause: number, items: string[]) =>
  step(`refund ${cause} of ${items}`, ({ orderNo }) =>
    requestRefund(shop.world, orderNo, { cause: `c${cause}`, reason: 'property', by: 'test', items }),
  );
const becomes = (at: number, outcome: string) =>
  step(`refund ${at} becomes ${outcome}`, (real) => settleThere(real, at, outcome));
const newsOf = (at: number) => step(`news of refund ${at}`, (real) => refundNews(real, at));
const heard = step('callback', ({ orderNo }) => callback(orderNo));

const asideGivenBack = () =>
  step('what was put aside goes back', (real) => proposeAndDecide(real, 'refund', false));

const reversed = (cause: string) =>
  step(`taken back (冲正) ${cause}`, (real) =>
    reversePayment(shop.world, 'test', { orderNo: real.orderNo, cause }),
  );

/** The short way to a refund that has arrived, for the controls. */
const WAY_TO_A_REFUND = [paidThere({}), heard, refundOf(0, ['shot']), becomes(0, 'SUCCESS'), newsOf(0)];

const steps = [
  fc.constantFrom(...PLANS).map(paidThere),
  fc.constant(heard),
  fc.constant(
    step('two callbacks at once', ({ orderNo }) => Promise.all([callback(orderNo), callback(orderNo)])),
  ),
  fc.constant(step('asked', async (real) => learnFromWeChat(shop.world, await orderOf(real)))),
  fc.constant(
    step('closed', async (real) => {
      const order = await orderOf(real);
      if (order.state === 'prepaid') await closeOrder(shop.world, order, await gateway());
    }),
  ),
  fc
    .tuple(fc.nat(2), fc.subarray(['shot', 'web'], { minLength: 1 }))
    .map(([cause, items]) => refundOf(cause, items)),
  fc.tuple(fc.nat(3), fc.constantFrom(...OUTCOMES)).map(([at, outcome]) => becomes(at, outcome)),
  fc.nat(3).map(newsOf),
  fc.nat(3).map((at) => step(`old news of refund ${at}`, (real) => refundNews(real, at, 'PROCESSING'))),
  fc
    .tuple(fc.constantFrom('refund' as const, 'accept' as const), fc.boolean())
    .map(([kind, same]) =>
      step(`${kind} by ${same ? 'one' : 'two'}`, (real) => proposeAndDecide(real, kind, same)),
    ),
  fc.constant(step('a closed refund again', renewClosed)),
  fc.constantFrom('r0', 'r1').map(reversed),
  fc
    .constantFrom(61_000, 16 * 60_000)
    .map((ms) => step(`${ms / 1000} s pass`, () => advance(ms).then(sweep))),
];

const history = () =>
  fc.asyncProperty(fc.commands(steps, { maxCommands: 16, size: 'max' }), async (commands) => {
    const real = { orderNo: await newOrder() };
    await fc.asyncModelRun(
      async () => ({ model: { before: await orderOf(real), paidThere: false }, real }),
      commands,
    );
    await agreeWithWeChat(real);
  });

it('keeps every rule, whatever happens in whatever order', async () => {
  await fc.assert(history(), { numRuns: 100, seed: 20221119 });
});

it('takes a payment back once for a cause, and has it again when WeChat has it after all', async () => {
  const settled = step('its place settles', sweep);
  const back = await play([paidThere({}), heard, settled, reversed('r0'), reversed('r0')]);
  expect([back.state, back.ledger.length]).toEqual(['closed', 2]);
  const again = await play([paidThere({}), heard, settled, reversed('r0'), heard, settled]);
  expect([again.state, again.ledger.length, isReversible(again)]).toEqual(['paid', 3, true]);
});

it('can fail: a refund that begins again and money given back twice are found', async () => {
  const begunAgain = step('an arrived refund begins again', ({ orderNo }) =>
    Orders.updateOne(
      { _id: orderNo, 'refunds.state': 'succeeded' },
      { $set: { 'refunds.$.state': 'accepted' } },
    ),
  );
  const twice = step('more is given back than came', ({ orderNo }) =>
    Orders.updateOne({ _id: orderNo }, { $set: { 'refunds.0.amountFen': 3001 } }),
  );
  const unbooked = step('a refund arrives without an entry', ({ orderNo }) =>
    Orders.updateOne({ _id: orderNo }, { $pop: { ledger: 1 } }),
  );
  await play(WAY_TO_A_REFUND);
  await expect(play([...WAY_TO_A_REFUND, begunAgain])).rejects.toThrow('refund state');
  await expect(play([...WAY_TO_A_REFUND, twice])).rejects.toThrow('more refunded than received');
  await expect(play([...WAY_TO_A_REFUND, unbooked])).rejects.toThrow('the ledger was rewritten');
});

/** A fixed history under the same rules. @returns the order as it is then */
async function play(sequence: readonly Step[]): Promise<Order> {
  const real = { orderNo: await newOrder() };
  const model = { before: await orderOf(real), paidThere: false };
  for (const one of sequence) await one.run(model, real);
  return model.before;
}

describe('money whose refund WeChat closed', () => {
  const closing = (cause: number, items: string[], at: number) => [
    refundOf(cause, items),
    becomes(at, 'CLOSED'),
    newsOf(at),
  ];
  const aside = [paidThere({ wrongAmount: 2900 }), heard, asideGivenBack(), becomes(0, 'CLOSED'), newsOf(0)];
  const paid = [paidThere({}), heard];
  const again = step('a closed refund again', renewClosed);
  // WeChat takes one refund of an order a minute.
  const aMinute = step('a minute passes', () => advance(61_000).then(sweep));
  const accepted = step('accept by two', (real) => proposeAndDecide(real, 'accept', false));
  const BOTH = ['shot', 'web'];

  it.each([
    ['has still to go back', closing(0, ['shot'], 0), ['kept web 1500', 'refused shot 1500']],
    [
      'is on its way once another cause wants all of the order',
      [...closing(0, ['shot'], 0), aMinute, refundOf(1, BOTH)],
      ['accepted shot 1500', 'accepted web 1500'],
    ],
    [
      'is refused once, however often WeChat closed it',
      [...closing(0, ['shot'], 0), aMinute, again, becomes(1, 'CLOSED'), newsOf(1)],
      ['kept web 1500', 'refused shot 1500'],
    ],
    [
      'is refused only as far as nothing later wants it',
      [...closing(0, BOTH, 0), aMinute, refundOf(1, ['shot'])],
      ['accepted shot 1500', 'refused web 1500'],
    ],
  ])('%s', async (_, closed, places) => {
    expect(placesIn(await play([...paid, ...closed]))).toEqual(places);
  });

  it('and was put aside is no longer aside', async () => {
    expect(placesIn(await play(aside))).toEqual(['refused  2900']);
  });

  it('and was put aside is kept once two people accept it', async () => {
    expect(placesIn(await play([...aside, accepted]))).toEqual(['kept shot 1500', 'kept web 1400']);
  });
});

it('can fail: two rules that tell places apart are found', async () => {
  const order = await play([...WAY_TO_A_REFUND]);
  const [refund] = order.refunds;
  if (!refund) throw new Error('no refund');
  const forgotten = { ...order, refunds: [{ ...refund, items: [{ code: 'web', amountFen: 1500 }] }] };
  expect(placesByChecker(forgotten)).not.toEqual(placesIn(order));
});

async function newOrder(): Promise<string> {
  const orderNo = await shop.order(3000);
  await Orders.updateOne({ _id: orderNo }, { $set: { feeItems: FEE_ITEMS } });
  return orderNo;
}

function holdRules(before: Order, after: Order): void {
  const off = (what: string): never => {
    throw new Error(`${what}: ${JSON.stringify({ before, after })}`);
  };
  // Two people may take back what WeChat does not have; nothing of it has been given back by then.
  const takenBack = after.reversed?.cause !== before.reversed?.cause;
  const transitions = takenBack ? { ...ORDER_TRANSITIONS, paid: ['closed' as const] } : ORDER_TRANSITIONS;
  if (!reachable(transitions, before.state, after.state)) off('order state');
  if (takenBack && (after.state !== 'closed' || after.refunds.length > 0)) off('taken back');
  for (const old of before.refunds) {
    const now = after.refunds.find(({ refundNo }) => refundNo === old.refundNo);
    if (!now || !reachable(REFUND_TRANSITIONS, old.state, now.state)) off(`refund state ${old.refundNo}`);
  }
  // Append-only: what was written stays as it was.
  if (JSON.stringify(after.ledger.slice(0, before.ledger.length)) !== JSON.stringify(before.ledger)) {
    off('the ledger was rewritten');
  }
  const balance = (belongs: (account: string) => boolean) =>
    sum(
      after.ledger
        .flatMap(({ lines }) => lines)
        .filter(({ account }) => belongs(account))
        .map(({ fen }) => fen),
    );
  if (after.ledger.some(({ lines }) => sum(lines.map(({ fen }) => fen)) !== 0))
    off('an entry is off balance');

  const of = (...states: RefundState[]) =>
    sum(after.refunds.filter(({ state }) => states.includes(state)).map(({ amountFen }) => amountFen));
  const came = after.state === 'paid' || after.state === 'quarantined';
  const received = came ? (after.quarantine?.receivedFen ?? after.totalFen) : 0;
  const onTheirWay = of('requested', 'accepted', 'abnormal');
  if (of('succeeded') + onTheirWay > received) off('more refunded than received');
  if (balance((account) => account === 'channel') !== received - of('succeeded')) off('channel');
  if (balance((account) => account === 'refund_payable') !== -onTheirWay) off('refund_payable');
  const kept = balance((account) => account === 'suspense' || account.startsWith('income:'));
  if (kept !== -(received - of('succeeded') - onTheirWay)) off('income and suspense');
}

const placesIn = (order: Order): string[] =>
  placesOf(order)
    .map(({ place, code, fen }) => `${place} ${code} ${fen}`)
    .sort();

/** As the independent proof has it, from the document as it is stored. */
function placesByChecker(order: Order): string[] {
  const read = readOrder({ ...order });
  if (!read.ok) throw new Error(`the checker cannot read it: ${read.complaint}`);
  const map = new MoneyMap();
  map.add(read.value);
  return map
    .all()
    .map(({ place, code, fen }) => `${place} ${code} ${fen}`)
    .sort();
}

/** The service's lists and the checker's map put every fen in the same place, and each fen in one. */
function agreeOnPlaces(order: Order): void {
  const [ours, theirs] = [placesIn(order), placesByChecker(order)];
  if (JSON.stringify(ours) !== JSON.stringify(theirs)) throw new Error(`places: ${ours} and ${theirs}`);
  const came = order.state === 'paid' || order.state === 'quarantined';
  const received = came ? (order.quarantine?.receivedFen ?? order.totalFen) : 0;
  const placed = placesOf(order);
  if (sum(placed.map(({ fen }) => fen)) !== received || placed.some(({ fen }) => fen < 0))
    throw new Error(`${received} fen came, and are ${ours}`);
}

function reachable<S extends OrderState | RefundState>(
  transitions: Readonly<Record<S, readonly S[]>>,
  from: S,
  to: S,
  seen: readonly S[] = [],
): boolean {
  if (from === to) return true;
  return transitions[from].some(
    (next) => !seen.includes(next) && reachable(transitions, next, to, [...seen, from]),
  );
}

/** In the end WeChat has given back no more than it took, and no more than we say. */
async function agreeWithWeChat(real: Real): Promise<void> {
  const order = await orderOf(real);
  const { body } = await shop.sandbox.control<{
    items: { outTradeNo: string; status: string; refundFen: number }[];
  }>('GET', '/books/refunds?limit=100000');
  const there = body.items.filter(({ outTradeNo }) => outTradeNo === real.orderNo);
  const givenBack = sum(there.filter(({ status }) => status === 'SUCCESS').map(({ refundFen }) => refundFen));
  const ours = sum(order.refunds.filter(({ state }) => state !== 'closed').map(({ amountFen }) => amountFen));
  if (givenBack > ours) throw new Error(`WeChat gave back ${givenBack}, we asked for ${ours}`);
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
