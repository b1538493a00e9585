import { ApiError } from '../../../../server/demo/api-client';
import { randomIds } from '../../../../server/platform/ids';
import type { BillDayView, DifferenceView, RepairPreview } from '../../../../shared/contract/reconciliation';
import { addDays } from '../../../../shared/domain/time';
import type { UseCase } from '../crash-everywhere';
import type { CrashWorld } from '../world';
import { type Booker, bookedBooking, passUntil } from './steps';

type Repair = RepairPreview['repair'];

/** A day of the merchant, on which WeChat took money that nobody here knows of. */
interface FinanceDay {
  merchantId: string;
  day: string;
  /** WeChat's, of that money. */
  orderNo: string;
}

/** A difference of a day before booking opened, where many may stand. */
interface Case extends FinanceDay {
  id: string;
  repair: Repair;
}

/** Booking opens on the 15th: the bills of the 13th and before can be had. */
const SHARED_DAY = '2022-11-13';
const BOOKING_DAY = '2022-11-15';
/** Days of their own, backwards from here; WeChat keeps bills for ninety days. */
let next = '2022-11-11';

/** What a difference is about is not explained before it is repaired. */
const UNTIL_REPAIRED = [
  'payment-unknown-here',
  'payment-unknown-there',
  'fund-flow-off',
  'fund-flow-unknown',
] as const;

async function surplusOn({ stack, ground }: CrashWorld, day: string): Promise<FinanceDay> {
  await keepFetchingToOurselves(ground);
  const orderNo = randomIds.number();
  const mchid = await mchidOf(stack);
  const at = `${day}T12:00:00+08:00`;
  await stack.sandbox.ask('POST', '/books/entries', {
    kind: 'payment',
    mchid,
    at,
    totalFen: 4_500,
    outTradeNo: orderNo,
  });
  return { merchantId: ground.merchantId, day, orderNo };
}

/** The job that fetches by itself would do what the use case is about. */
async function keepFetchingToOurselves({ db, merchantId }: CrashWorld['ground']): Promise<void> {
  const [doneTo, nextAt] = ['2099-12-31', new Date('2099-12-31')];
  await db
    .collection<{ _id: string }>('bill_progress')
    .updateOne({ _id: merchantId }, { $set: { doneTo, nextAt } }, { upsert: true });
}

async function mchidOf({ sandbox }: CrashWorld['stack']): Promise<string> {
  const [merchant] = (await sandbox.credentials()).merchants;
  if (!merchant) throw new Error('the sandbox has no merchant');
  return merchant.mchid;
}

const dayOfItsOwn = async (world: CrashWorld): Promise<FinanceDay> => {
  const day = next;
  next = addDays(day, -1);
  return surplusOn(world, day);
};

const place = ({ merchantId, day }: FinanceDay) => ({ merchantId, day });
const addressOf = ({ merchantId, day }: FinanceDay) => `/api/console/merchants/${merchantId}/days/${day}`;

async function viewOf(world: CrashWorld, subject: FinanceDay): Promise<BillDayView | undefined> {
  const { merchantId, day } = subject;
  const { days } = await world.maker.call('GET /api/console/merchants/:merchantId/days', {
    params: { merchantId },
    query: { from: day, to: day },
  });
  return days.find((one) => one.day === day);
}

const fetchDay = (world: CrashWorld, subject: FinanceDay): Promise<BillDayView> =>
  world.maker.call('POST /api/console/merchants/:merchantId/days/:day/fetch', {
    params: place(subject),
  });

/** Whoever died over a day holds it for ten minutes. */
async function whenFree<T>(world: CrashWorld, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'DAY_BUSY') throw error;
    await world.pass(11);
    return work();
  }
}

async function fetchOnce(world: CrashWorld, subject: FinanceDay): Promise<void> {
  const { state } = await whenFree(world, () => fetchDay(world, subject));
  expect(['differences', 'matched']).toContain(state);
}

async function differenceOf(world: CrashWorld, subject: FinanceDay): Promise<DifferenceView> {
  const { differences } = await world.maker.call(
    'GET /api/console/merchants/:merchantId/days/:day/differences',
    { params: place(subject) },
  );
  const found = differences.filter(({ orderNo }) => orderNo === subject.orderNo);
  expect(found).toHaveLength(1);
  const [one] = found;
  if (!one) throw new Error('the difference is not there');
  return one;
}

async function proposeOnce(world: CrashWorld, subject: FinanceDay, repair: Repair): Promise<void> {
  const { id, status, version } = await differenceOf(world, subject);
  if (status !== 'open') return;
  await world.maker.call('POST /api/console/differences/:id/propose', {
    params: { id },
    body: { version, repair, note: '已电话核实' },
  });
}

async function approveOnce(world: CrashWorld, subject: FinanceDay): Promise<void> {
  const { id, status, version } = await differenceOf(world, subject);
  if (status !== 'to_review') return;
  await world.checker.call('POST /api/console/differences/:id/decide', {
    params: { id },
    body: { version, decision: 'approve' },
  });
}

/** To the end: one proposes, another agrees, it is carried out once. */
async function repairAll(world: CrashWorld, subject: FinanceDay, repair: Repair = 'refund'): Promise<void> {
  await proposeOnce(world, subject, repair);
  await approveOnce(world, subject);
  await passUntil(
    world,
    'the difference is settled',
    async () => (await differenceOf(world, subject)).status === 'settled',
  );
  expect(await differenceOf(world, subject)).toMatchObject({ resolution: { repair } });
}

async function repairedDay(world: CrashWorld): Promise<FinanceDay> {
  const subject = await dayOfItsOwn(world);
  await fetchOnce(world, subject);
  await repairAll(world, subject);
  return subject;
}

async function askOnce(world: CrashWorld, subject: FinanceDay, kind: 'close' | 'reopen'): Promise<void> {
  const view = await viewOf(world, subject);
  const isDone = (view?.state === 'closed') === (kind === 'close');
  if (!view || view.signOff || isDone) return;
  await world.maker.call('POST /api/console/merchants/:merchantId/days/:day/sign-off', {
    params: place(subject),
    body: { kind, version: view.version, note: '账已对平' },
  });
}

async function decideOnce(world: CrashWorld, subject: FinanceDay): Promise<void> {
  await whenFree(world, async () => {
    const view = await viewOf(world, subject);
    if (!view?.signOff) return;
    await world.checker.call('POST /api/console/merchants/:merchantId/days/:day/sign-off/decide', {
      params: place(subject),
      body: { version: view.version, decision: 'approve' },
    });
  });
}

async function closeAll(world: CrashWorld, subject: FinanceDay): Promise<void> {
  await askOnce(world, subject, 'close');
  await decideOnce(world, subject);
  expect(await viewOf(world, subject)).toMatchObject({
    state: 'closed',
    signOff: null,
    differences: 0,
    closed: { by: '财务处王会计', approvedBy: '财务处赵主管' },
  });
}

async function reopenAll(world: CrashWorld, subject: FinanceDay): Promise<void> {
  await askOnce(world, subject, 'reopen');
  await decideOnce(world, subject);
  expect(await viewOf(world, subject)).toMatchObject({ state: 'matched', signOff: null, closed: null });
}

const fetching: UseCase<FinanceDay> = {
  name: 'bills: fetch and match a day',
  mayBeOpen: UNTIL_REPAIRED,
  arrange: dayOfItsOwn,
  scope: (subject) => `POST ${addressOf(subject)}/fetch`,
  act: fetchDay,
  async goOn(world, subject) {
    await fetchOnce(world, subject);
    expect(await viewOf(world, subject)).toMatchObject({
      state: 'differences',
      differences: 1,
      trouble: null,
    });
    await repairAll(world, subject);
  },
};

/** A difference of the shared day, fetched. */
async function found(world: CrashWorld, repair: Repair): Promise<Case> {
  const subject = await surplusOn(world, SHARED_DAY);
  await fetchOnce(world, subject);
  return { ...subject, repair, id: (await differenceOf(world, subject)).id };
}

async function proposed(world: CrashWorld, repair: Repair): Promise<Case> {
  const subject = await found(world, repair);
  await proposeOnce(world, subject, repair);
  return subject;
}

const finish = (world: CrashWorld, subject: Case) => repairAll(world, subject, subject.repair);

const propose: UseCase<Case> = {
  name: 'difference: propose a repair',
  mayBeOpen: UNTIL_REPAIRED,
  arrange: (world) => found(world, 'refund'),
  scope: ({ id }) => `POST /api/console/differences/${encodeURIComponent(id)}/propose`,
  act: (world, subject) => proposeOnce(world, subject, 'refund'),
  goOn: finish,
};

const repairing = (name: string, repair: Repair): UseCase<Case> => ({
  name: `difference: agree, ${name}`,
  mayBeOpen: UNTIL_REPAIRED,
  arrange: (world) => proposed(world, repair),
  scope: ({ id }) => `POST /api/console/differences/${encodeURIComponent(id)}/decide`,
  act: approveOnce,
  goOn: finish,
});

/** WeChat has lost a payment of ours: its own booking day is reconciled the next morning, and many times again. */
const reverse: UseCase<Case & { booker: Booker }> = {
  name: 'difference: agree, the payment is taken back',
  mayBeOpen: UNTIL_REPAIRED,
  beforehand: 20,
  async arrange(world) {
    const booker = await bookedBooking(world);
    const { orders } = await booker.student.api.call('GET /api/me/orders');
    const orderNo = orders[0]?.orderNo ?? '';
    return {
      booker,
      merchantId: world.ground.merchantId,
      day: BOOKING_DAY,
      orderNo,
      id: '',
      repair: 'reverse',
    };
  },
  async prepare(world, subject) {
    await keepFetchingToOurselves(world.ground);
    const mchid = await mchidOf(world.stack);
    await world.stack.sandbox.ask('DELETE', `/books/entries/${mchid}/${subject.orderNo}`);
    await fetchOnce(world, subject);
    await proposeOnce(world, subject, 'reverse');
    subject.id = (await differenceOf(world, subject)).id;
  },
  scope: ({ id }) => `POST /api/console/differences/${encodeURIComponent(id)}/decide`,
  act: approveOnce,
  goOn: finish,
};

const askClose: UseCase<FinanceDay> = {
  name: 'day: ask for its closing',
  arrange: repairedDay,
  scope: (subject) => `POST ${addressOf(subject)}/sign-off`,
  act: (world, subject) => askOnce(world, subject, 'close'),
  goOn: closeAll,
};

const close: UseCase<FinanceDay> = {
  name: 'day: close',
  async arrange(world) {
    const subject = await repairedDay(world);
    await askOnce(world, subject, 'close');
    return subject;
  },
  scope: (subject) => `POST ${addressOf(subject)}/sign-off/decide`,
  act: decideOnce,
  goOn: closeAll,
};

const reopen: UseCase<FinanceDay> = {
  name: 'day: open again',
  async arrange(world) {
    const subject = await repairedDay(world);
    await closeAll(world, subject);
    await askOnce(world, subject, 'reopen');
    return subject;
  },
  scope: (subject) => `POST ${addressOf(subject)}/sign-off/decide`,
  act: decideOnce,
  goOn: reopenAll,
};

export const FINANCE_CASES = [
  fetching,
  propose,
  repairing('the money goes back', 'refund'),
  repairing('the money is put aside', 'suspend'),
  askClose,
  close,
  reopen,
] as UseCase[];

export const REVERSAL_CASES = [reverse] as UseCase[];
