import type { UseCase } from '../crash-everywhere';
import type { CrashWorld } from '../world';
import {
  addressOf,
  approveOnce,
  BOOKING_DAY,
  type Case,
  dayOfItsOwn,
  differenceOf,
  type FinanceDay,
  fetchDay,
  fetchOnce,
  finish,
  found,
  keepFetchingToOurselves,
  mchidOf,
  place,
  proposed,
  proposeOnce,
  type Repair,
  repairAll,
  UNTIL_REPAIRED,
  viewOf,
  whenFree,
} from './finance-steps';
import { type Booker, bookedBooking } from './steps';

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
