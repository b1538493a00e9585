import { ApiError } from '../../../../server/demo/api-client';
import { randomIds } from '../../../../server/platform/ids';
import type { BillDayView, DifferenceView, RepairPreview } from '../../../../shared/contract/reconciliation';
import { addDays } from '../../../../shared/domain/time';
import type { CrashWorld } from '../world';
import { passUntil } from './steps';

export type Repair = RepairPreview['repair'];

/** A day of the merchant, on which WeChat took money that nobody here knows of. */
export interface FinanceDay {
  merchantId: string;
  day: string;
  /** WeChat's, of that money. */
  orderNo: string;
}

/** A difference of a day before booking opened, where many may stand. */
export interface Case extends FinanceDay {
  id: string;
  repair: Repair;
}

/** Booking opens on the 15th: the bills of the 13th and before can be had. */
export const SHARED_DAY = '2022-11-13';
export const BOOKING_DAY = '2022-11-15';
/** Days of their own, backwards from here; WeChat keeps bills for ninety days. */
let next = '2022-11-11';

/** What a difference is about is not explained before it is repaired. */
export const UNTIL_REPAIRED = [
  'payment-unknown-here',
  'payment-unknown-there',
  'fund-flow-off',
  'fund-flow-unknown',
] as const;

export async function surplusOn({ stack, ground }: CrashWorld, day: string): Promise<FinanceDay> {
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
export async function keepFetchingToOurselves({ db, merchantId }: CrashWorld['ground']): Promise<void> {
  const [doneTo, nextAt] = ['2099-12-31', new Date('2099-12-31')];
  await db
    .collection<{ _id: string }>('bill_progress')
    .updateOne({ _id: merchantId }, { $set: { doneTo, nextAt } }, { upsert: true });
}

export async function mchidOf({ sandbox }: CrashWorld['stack']): Promise<string> {
  const [merchant] = (await sandbox.credentials()).merchants;
  if (!merchant) throw new Error('the sandbox has no merchant');
  return merchant.mchid;
}

/** One that no other use case works on. */
export function freeDay(): string {
  const day = next;
  next = addDays(day, -1);
  return day;
}

export const dayOfItsOwn = (world: CrashWorld): Promise<FinanceDay> => surplusOn(world, freeDay());

export const place = ({ merchantId, day }: FinanceDay) => ({ merchantId, day });
export const addressOf = ({ merchantId, day }: FinanceDay) =>
  `/api/console/merchants/${merchantId}/days/${day}`;

export async function viewOf(world: CrashWorld, subject: FinanceDay): Promise<BillDayView | undefined> {
  const { merchantId, day } = subject;
  const { days } = await world.maker.call('GET /api/console/merchants/:merchantId/days', {
    params: { merchantId },
    query: { from: day, to: day },
  });
  return days.find((one) => one.day === day);
}

export const fetchDay = (world: CrashWorld, subject: FinanceDay): Promise<BillDayView> =>
  world.maker.call('POST /api/console/merchants/:merchantId/days/:day/fetch', {
    params: place(subject),
  });

/** Whoever died over a day holds it for ten minutes. */
export async function whenFree<T>(world: CrashWorld, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'DAY_BUSY') throw error;
    await world.pass(11);
    return work();
  }
}

export async function fetchOnce(world: CrashWorld, subject: FinanceDay): Promise<void> {
  const { state } = await whenFree(world, () => fetchDay(world, subject));
  expect(['differences', 'matched']).toContain(state);
}

export async function differenceOf(world: CrashWorld, subject: FinanceDay): Promise<DifferenceView> {
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

export async function proposeOnce(world: CrashWorld, subject: FinanceDay, repair: Repair): Promise<void> {
  const { id, status, version } = await differenceOf(world, subject);
  if (status !== 'open') return;
  await world.maker.call('POST /api/console/differences/:id/propose', {
    params: { id },
    body: { version, repair, note: '已电话核实' },
  });
}

export async function approveOnce(world: CrashWorld, subject: FinanceDay): Promise<void> {
  const { id, status, version } = await differenceOf(world, subject);
  if (status !== 'to_review') return;
  await world.checker.call('POST /api/console/differences/:id/decide', {
    params: { id },
    body: { version, decision: 'approve' },
  });
}

/** To the end: one proposes, another agrees, it is carried out once. */
export async function repairAll(
  world: CrashWorld,
  subject: FinanceDay,
  repair: Repair = 'refund',
): Promise<void> {
  await proposeOnce(world, subject, repair);
  await approveOnce(world, subject);
  await passUntil(
    world,
    'the difference is settled',
    async () => (await differenceOf(world, subject)).status === 'settled',
  );
  expect(await differenceOf(world, subject)).toMatchObject({ resolution: { repair } });
}

/** A difference of the shared day, fetched. */
export async function found(world: CrashWorld, repair: Repair): Promise<Case> {
  const subject = await surplusOn(world, SHARED_DAY);
  await fetchOnce(world, subject);
  return { ...subject, repair, id: (await differenceOf(world, subject)).id };
}

export async function proposed(world: CrashWorld, repair: Repair): Promise<Case> {
  const subject = await found(world, repair);
  await proposeOnce(world, subject, repair);
  return subject;
}

export const finish = (world: CrashWorld, subject: Case) => repairAll(world, subject, subject.repair);
