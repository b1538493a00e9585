import { phase } from '../../server/demo/seed';
import { comeToRest, crashEverywhere, type UseCase } from '../support/crash/crash-everywhere';
import { BOOKING_CASES } from '../support/crash/use-cases/booking';
import { FINANCE_CASES } from '../support/crash/use-cases/finance';
import { ONSITE_CASES } from '../support/crash/use-cases/onsite';
import { PAYMENT_CASES } from '../support/crash/use-cases/payment';
import { TIMETABLE_CASES } from '../support/crash/use-cases/timetable';
import { TWO_PEOPLE_CASES } from '../support/crash/use-cases/two-people';
import { type CrashWorld, openCrashWorld } from '../support/crash/world';

jest.setTimeout(120_000);

/* A few of the crashes of tests/long/crashes: the writes that a place and its money hang on. */
let world: CrashWorld;
const scanned: unknown[] = [];
const scan = named(ONSITE_CASES, 'scan');

beforeAll(async () => {
  world = await openCrashWorld();
  for (let n = 0; n < 3; n += 1) scanned.push(await scan.arrange(world));
});
afterAll(() => world?.close());

function named(cases: readonly UseCase[], name: string): UseCase {
  const found = cases.find((useCase) => useCase.name === name);
  if (!found) throw new Error(`no use case "${name}"`);
  return found;
}

it('a hold: killed before and after its only write', async () => {
  const hold = named(BOOKING_CASES, 'hold');
  const crashes = await crashEverywhere(world, hold, () => hold.arrange(world));
  expect(crashes.map(({ what, when }) => `${when} ${what}`)).toEqual([
    'before insert bookings',
    'after insert bookings',
  ]);
});

it('a payment: killed while WeChat waits for the answer to its callback, and before the place is booked', async () => {
  const callback = named(PAYMENT_CASES, 'payment callback');
  const crashes = await crashEverywhere(
    world,
    callback,
    () => callback.arrange(world),
    ({ step, when }) => when === (step === 1 ? 'after' : 'before'),
  );
  expect(crashes.map(({ what }) => what)).toEqual(['findAndModify orders', 'findAndModify bookings']);
  await comeToRest(world);
});

it('a refund: killed after WeChat took it, before we knew', async () => {
  const cancel = named(BOOKING_CASES, 'cancel a paid place');
  const [crash] = await crashEverywhere(
    world,
    cancel,
    () => cancel.arrange(world),
    ({ what, when }) => what.startsWith('POST ') && when === 'after',
  );
  expect(crash?.what).toBe('POST /v3/refund/domestic/refunds');
  await comeToRest(world);
});

it('the first hold of a campaign: killed between keeping the timetable and taking the place', async () => {
  const first = named(TIMETABLE_CASES, "a campaign's first hold");
  const crashes = await crashEverywhere(
    world,
    first,
    () => first.arrange(world),
    ({ step, when }) => step === 1 && when === 'after',
  );
  expect(crashes.map(({ what }) => what)).toEqual(['update campaigns']);
});

it('a timetable change: killed once it counts, before any session or student knows', async () => {
  const change = named(TIMETABLE_CASES, 'timetable change');
  const crashes = await crashEverywhere(
    world,
    change,
    () => change.arrange(world),
    ({ what, when }) => what === 'findAndModify campaigns' && when === 'after',
  );
  expect(crashes).toHaveLength(1);
  await comeToRest(world);
});

it('a refund of two people: killed once it is approved, before WeChat was asked', async () => {
  const approve = named(TWO_PEOPLE_CASES, 'refund: approved by another');
  const [crash] = await crashEverywhere(
    world,
    approve,
    () => approve.arrange(world),
    ({ what, when }) => what === 'findAndModify orders' && when === 'after',
  );
  expect(crash?.what).toBe('findAndModify orders');
  await comeToRest(world);
});

it('the bills of a day: killed while they are stored, and before what was found is', async () => {
  const fetching = named(FINANCE_CASES, 'bills: fetch and match a day');
  const crashes = await crashEverywhere(
    world,
    fetching,
    () => fetching.arrange(world),
    ({ what, when }) =>
      (when === 'after' && what === 'insert bill_chunks') ||
      (when === 'before' && what === 'insert differences'),
  );
  expect(crashes.map(({ what }) => what)).toEqual([
    'insert bill_chunks',
    'insert bill_chunks',
    'insert differences',
  ]);
  await comeToRest(world);
});

it('a repair that two people agreed on: killed after WeChat took the refund, before we knew', async () => {
  const repair = named(FINANCE_CASES, 'difference: agree, the money goes back');
  const [crash] = await crashEverywhere(
    world,
    repair,
    () => repair.arrange(world),
    ({ what, when }) => what.startsWith('POST ') && when === 'after',
  );
  expect(crash?.what).toBe('POST /v3/refund/domestic/refunds');
  await comeToRest(world);
});

it('a day that is being closed: killed before the write that closes it', async () => {
  const close = named(FINANCE_CASES, 'day: close');
  const [crash] = await crashEverywhere(
    world,
    close,
    () => close.arrange(world),
    ({ step, when }, steps) => step === steps && when === 'before',
  );
  expect(crash?.what).toBe('findAndModify bill_days');
  await comeToRest(world);
});

it('a scan: killed before and after the arrival, and the phone asks again', async () => {
  await world.stack.sandbox.setClock(phase('day'));
  await comeToRest(world);
  const crashes = await crashEverywhere(world, scan, async () => scanned.pop());
  expect(crashes.map(({ what }) => what)).toEqual(['findAndModify bookings', 'findAndModify bookings']);
  await comeToRest(world);
});
