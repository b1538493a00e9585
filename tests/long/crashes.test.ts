import { phase } from '../../server/demo/seed';
import { type Crash, comeToRest, crashEverywhere, type UseCase } from '../support/crash/crash-everywhere';
import { BOOKING_CASES } from '../support/crash/use-cases/booking';
import { OFFICE_CASES } from '../support/crash/use-cases/office';
import { ONSITE_CASES } from '../support/crash/use-cases/onsite';
import { PAYMENT_CASES } from '../support/crash/use-cases/payment';
import { SETTLEMENT_CASES } from '../support/crash/use-cases/settlement';
import { type CrashWorld, openCrashWorld } from '../support/crash/world';

jest.setTimeout(900_000);

/*
 * The process is killed before and after every database write and every call to the outside of every use case, started
 * again on the same data, and the next tap goes on. What is done on the day is booked beforehand.
 */
let world: CrashWorld;
const crashes: Crash[] = [];
const booked = new Map<UseCase, unknown[]>();

beforeAll(async () => {
  world = await openCrashWorld();
  for (const useCase of [...ONSITE_CASES, ...SETTLEMENT_CASES]) booked.set(useCase, await subjects(useCase));
});
afterAll(async () => {
  await world?.close();
  console.log(
    crashes.map(({ useCase, step, when, what }) => `${useCase} · ${step} ${when} ${what}`).join('\n'),
  );
});

async function subjects(useCase: UseCase): Promise<unknown[]> {
  const arranged: unknown[] = [];
  for (let n = 0; n < (useCase.beforehand ?? 0); n += 1) arranged.push(await useCase.arrange(world));
  return arranged;
}

async function everywhere(useCase: UseCase): Promise<void> {
  const beforehand = booked.get(useCase);
  const done = await crashEverywhere(world, useCase, async () => {
    if (!beforehand) return useCase.arrange(world);
    if (beforehand.length === 0)
      throw new Error(`too few subjects of "${useCase.name}" were booked beforehand`);
    return beforehand.pop();
  });
  expect(done.length).toBeGreaterThan(0);
  crashes.push(...done);
  await comeToRest(world);
}

async function goTo(moment: 'day' | 'closing'): Promise<void> {
  await world.stack.sandbox.setClock(phase(moment));
  await comeToRest(world);
}

const named = (cases: readonly UseCase[]) => cases.map((useCase) => [useCase.name, useCase] as const);

describe('while booking is open', () => {
  it.each(named([...OFFICE_CASES, ...BOOKING_CASES, ...PAYMENT_CASES]))('%s', (_, useCase) =>
    everywhere(useCase),
  );
});

describe('on the day', () => {
  beforeAll(() => goTo('day'));
  it.each(named(ONSITE_CASES))('%s', (_, useCase) => everywhere(useCase));
});

describe('when the collection is over', () => {
  beforeAll(() => goTo('closing'));
  it.each(named(SETTLEMENT_CASES))('%s', (_, useCase) => everywhere(useCase));
});
