import { setTimeout as sleep } from 'node:timers/promises';
import { prove } from '../../../server/checker/prove';
import type { Rule } from '../../../server/checker/rules';
import { NotReached } from './victim';
import type { CrashWorld } from './world';

/** Something a person or a job does, which may be cut off anywhere. */
export interface UseCase<S = unknown> {
  name: string;
  /** How many subjects must be arranged while booking is open; unset: one at a time, when needed. */
  beforehand?: number;
  /** So many steps every run has; a sweep that comes early adds leases of its own. Unset: as many as the dry run. */
  steps?: number;
  /** What must have happened before; at the time of booking. */
  arrange(world: CrashWorld): Promise<S>;
  /** What must have happened just before, when the moment has come; nobody dies of it. */
  prepare?(world: CrashWorld, subject: S): Promise<void>;
  /** What may not be explained yet right after the crash, because it is what the use case is about. */
  mayBeOpen?: readonly Rule[];
  /** Where its writes and calls are counted: "POST /api/me/bookings", "job effects". */
  scope(subject: S): string;
  /** Does it; a job is waited for. Fails when the process dies. */
  act(world: CrashWorld, subject: S): Promise<unknown>;
  /** The next tap: the same again gives a sane answer, and all ends as if nothing had happened. */
  goOn(world: CrashWorld, subject: S): Promise<void>;
}

export interface Crash {
  useCase: string;
  step: number;
  what: string;
  when: 'before' | 'after';
}

/**
 * A dry run counts the use case's writes and calls; then the process is killed before and after each of them, started
 * again on the same data, proved, and the use case goes on.
 *
 * @param subjects arranged beforehand, one for the dry run and one a crash
 * @returns the crashes that took place
 */
export async function crashEverywhere<S>(
  world: CrashWorld,
  useCase: UseCase<S>,
  subject: () => Promise<S>,
  choose: (crash: Crash, steps: number) => boolean = () => true,
): Promise<Crash[]> {
  const steps = await stepsOf(world, useCase, subject);
  if (steps.length === 0) throw new Error(`${useCase.name}: nothing leaves the process in its scope`);
  const crashes = steps
    .slice(0, useCase.steps)
    .flatMap((what, index) =>
      (['before', 'after'] as const).map((when) => ({ useCase: useCase.name, step: index + 1, what, when })),
    )
    .filter((crash) => choose(crash, steps.length));
  for (const crash of crashes) await crashOnce(world, useCase, subject, crash);
  return crashes;
}

/**
 * A job sweeps when it likes: how often it looks at what is still under way differs from run to run. Of two dry runs the
 * shorter one counts that was not over before the job wrote anything.
 */
async function stepsOf<S>(
  world: CrashWorld,
  useCase: UseCase<S>,
  subject: () => Promise<S>,
): Promise<string[]> {
  const first = await subject();
  const steps = await dryRun(world, useCase, first);
  if (!useCase.scope(first).startsWith('job ')) return steps;
  const again = await dryRun(world, useCase, await subject());
  const seen = [steps, again].filter(({ length }) => length > 0);
  return seen.sort((one, other) => one.length - other.length)[0] ?? [];
}

const ATTEMPTS = 3;

/** @throws when the crash did not take place, for a job in three attempts */
async function crashOnce<S>(
  world: CrashWorld,
  useCase: UseCase<S>,
  subject: () => Promise<S>,
  crash: Crash,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const one = await subject();
    const isJob = useCase.scope(one).startsWith('job ');
    try {
      return await crashAt(world, useCase, one, crash);
    } catch (error) {
      const isMissed = error instanceof Error && error.cause instanceof NotReached;
      if (!isMissed || !isJob || attempt === ATTEMPTS) throw error;
      await world.victim.arm({ scope: useCase.scope(one), step: 0, when: 'before' });
      await useCase.goOn(world, one);
    }
  }
}

async function dryRun<S>(world: CrashWorld, useCase: UseCase<S>, subject: S): Promise<string[]> {
  const { victim } = world;
  await useCase.prepare?.(world, subject);
  await beAtTheConsole(world);
  await victim.arm({ scope: useCase.scope(subject), step: 0, when: 'before' });
  await useCase.act(world, subject);
  const steps = await victim.seen();
  await useCase.goOn(world, subject);
  return steps;
}

async function crashAt<S>(
  world: CrashWorld,
  useCase: UseCase<S>,
  subject: S,
  { step, what, when }: Crash,
): Promise<void> {
  const { victim } = world;
  const where = `${useCase.name}, killed ${when} step ${step} (${what})`;
  try {
    await useCase.prepare?.(world, subject);
    await beAtTheConsole(world);
    await victim.arm({ scope: useCase.scope(subject), step, when });
    // It ends with the process, whatever it answers.
    const acting = useCase.act(world, subject).catch(() => undefined);
    await victim.died();
    await acting;
    await victim.restart();
    await expectProved(world, useCase.mayBeOpen);
    await useCase.goOn(world, subject);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${where}: ${why}`, { cause });
  }
}

/** Once a minute the service notes that somebody is at the console: done now, it is no step of what follows. */
async function beAtTheConsole({ office, maker, checker }: CrashWorld): Promise<void> {
  for (const client of [office, maker, checker]) await client.call('GET /api/console/me');
}

/** @throws with the checker's sentences */
async function expectProved(world: CrashWorld, mayBeOpen: readonly Rule[] = []): Promise<void> {
  const problems = await problemsOf(world, { settled: false, mayBeOpen });
  if (problems.length > 0) throw new Error(`not proved:\n${problems.slice(0, 5).join('\n')}`);
}

const REST_WITHIN_MS = 60_000;

/** Demo time goes by until nothing is on its way any more and all is proved. @throws with what never came to rest */
export async function comeToRest(world: CrashWorld): Promise<void> {
  const deadline = Date.now() + REST_WITHIN_MS;
  for (;;) {
    const problems = await problemsOf(world, { settled: true });
    if (problems.length === 0) return;
    if (Date.now() > deadline) throw new Error(`never at rest:\n${problems.slice(0, 5).join('\n')}`);
    await world.pass(2);
    await sleep(250);
  }
}

async function problemsOf(
  { stack }: CrashWorld,
  { settled, mayBeOpen = [] }: { settled: boolean; mayBeOpen?: readonly Rule[] },
): Promise<string[]> {
  const { problems } = await prove({
    mongodbUri: stack.mongodbUri,
    sandboxControlUrl: stack.sandboxUrls.control,
    settled,
  });
  return problems
    .filter(({ rule }) => !mayBeOpen.includes(rule))
    .map(({ rule, subject, sentence }) => `${rule}: ${subject} ${sentence}`);
}
