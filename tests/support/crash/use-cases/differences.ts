import { ApiError } from '../../../../server/demo/api-client';
import type { UseCase } from '../crash-everywhere';
import type { CrashWorld } from '../world';
import {
  type Case,
  dayOfItsOwn,
  differenceOf,
  fetchOnce,
  finish,
  found,
  UNTIL_REPAIRED,
  viewOf,
} from './finance-steps';
import { passUntil } from './steps';

/** A difference as finance has it on its screen. */
interface Seen extends Case {
  version: number;
}

/** Who presses again after it was done is told that the page is old. */
async function unlessDone(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const isDone =
      error instanceof ApiError && ['CHANGED_MEANWHILE', 'DIFFERENCE_STATE'].includes(error.code);
    if (!isDone) throw error;
  }
}

const takeUp = ({ maker }: CrashWorld, { id, version }: Seen) =>
  maker.call('POST /api/console/differences/:id/own', { params: { id }, body: { version, mine: true } });

const own: UseCase<Seen> = {
  name: 'difference: taken into hand',
  mayBeOpen: UNTIL_REPAIRED,
  async arrange(world) {
    const subject = await found(world, 'refund');
    return { ...subject, version: (await differenceOf(world, subject)).version };
  },
  scope: ({ id }) => `POST /api/console/differences/${encodeURIComponent(id)}/own`,
  act: takeUp,
  async goOn(world, subject) {
    await unlessDone(() => takeUp(world, subject));
    expect((await differenceOf(world, subject)).owner).toMatchObject({ mine: true });
    await finish(world, subject);
  },
};

const openAgain = ({ maker }: CrashWorld, { id, version }: Seen) =>
  maker.call('POST /api/console/differences/:id/reopen', {
    params: { id },
    body: { version, note: '银行回单对不上' },
  });

/** The count of its day follows, after a crash by the sweep; then it is put down once more. */
const reopen: UseCase<Seen> = {
  name: 'difference: open again',
  mayBeOpen: UNTIL_REPAIRED,
  async arrange(world) {
    const day = await dayOfItsOwn(world);
    await fetchOnce(world, day);
    const subject: Case = { ...day, repair: 'suspend', id: (await differenceOf(world, day)).id };
    await finish(world, subject);
    return { ...subject, version: (await differenceOf(world, subject)).version };
  },
  scope: ({ id }) => `POST /api/console/differences/${encodeURIComponent(id)}/reopen`,
  act: openAgain,
  async goOn(world, subject) {
    await unlessDone(() => openAgain(world, subject));
    expect(await differenceOf(world, subject)).toMatchObject({ status: 'open', resolution: null });
    await passUntil(
      world,
      'the day counts it again',
      async () => (await viewOf(world, subject))?.differences === 1,
    );
    await finish(world, subject);
    expect(await viewOf(world, subject)).toMatchObject({ state: 'matched', differences: 0 });
  },
};

export const DIFFERENCE_CASES = [own, reopen] as UseCase[];
