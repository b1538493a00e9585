import { phase } from '../../../server/demo/seed';
import { type Crash, comeToRest, crashEverywhere, type UseCase } from './crash-everywhere';
import { type CrashWorld, openCrashWorld } from './world';

/**
 * One test a use case: the process is killed before and after every database write and every call to the outside,
 * started again on the same data, and the next tap goes on. At the end the list of crashes is printed.
 *
 * @param moment what is done on the day or later is booked beforehand
 * @param settings of the process that is killed
 * @param when only the crashes before, or after, each step: for use cases of many steps, two files share them
 */
export function describeCrashes(
  cases: readonly UseCase[],
  moment?: 'day' | 'closing',
  when?: Crash['when'],
  settings: Record<string, string> = {},
): void {
  let world: CrashWorld;
  const crashes: Crash[] = [];
  const booked = new Map<UseCase, unknown[]>();

  beforeAll(async () => {
    world = await openCrashWorld(settings);
    if (!moment) return;
    for (const useCase of cases)
      if (useCase.beforehand) booked.set(useCase, await arrangeAll(world, useCase));
    await world.stack.sandbox.setClock(phase(moment));
    await comeToRest(world);
  });
  afterAll(async () => {
    await world?.close();
    console.log(
      crashes.map(({ useCase, step, when, what }) => `${useCase} · ${step} ${when} ${what}`).join('\n'),
    );
  });

  it.each(cases.map((useCase) => [useCase.name, useCase] as const))('%s', async (_, useCase) => {
    const beforehand = booked.get(useCase);
    const subject = async () => {
      if (!beforehand) return useCase.arrange(world);
      if (beforehand.length > 0) return beforehand.pop();
      throw new Error(`too few subjects of "${useCase.name}" were booked beforehand`);
    };
    const done = await crashEverywhere(
      world,
      useCase,
      subject,
      (crash) => when === undefined || crash.when === when,
    );
    expect(done.length).toBeGreaterThan(0);
    crashes.push(...done);
    await comeToRest(world);
  });
}

async function arrangeAll(world: CrashWorld, useCase: UseCase): Promise<unknown[]> {
  const arranged: unknown[] = [];
  for (let n = 0; n < (useCase.beforehand ?? 0); n += 1) arranged.push(await useCase.arrange(world));
  return arranged;
}
