import { prove } from '../../checker/prove';
import type { EffectOutcome } from '../../platform/effects/runner';
import type { World } from '../../world';
import { type MoneyProof, MoneyProofs, type StoredProof } from './model';
import { findProof } from './want-proof';

/** Longer than any school takes; who has not ended by then has died. */
const BUSY_MS = 10 * 60_000;
const LOOK_AGAIN_MS = 5_000;

/**
 * Effect `prove-money`: runs the independent proof over one school and keeps what it found. One process at a time; a
 * proof that began after the wish answers it, whoever made it.
 */
export async function proveMoney(world: World, schoolId: string): Promise<EffectOutcome> {
  const record = await findProof(schoolId);
  if (!record || isAnswered(record)) return 'done';
  const begunAt = world.clock.now();
  const busyUntil = new Date(begunAt.getTime() + BUSY_MS);
  const held = await MoneyProofs.findOneAndUpdate(
    { _id: schoolId, $or: [{ busyUntil: null }, { busyUntil: { $lte: begunAt } }] },
    { $set: { busyUntil } },
  ).lean<MoneyProof>();
  if (!held) return { againAt: new Date(begunAt.getTime() + LOOK_AGAIN_MS) };
  try {
    const latest = await proofOf(world, schoolId, { begunAt, by: held.wantedBy });
    await keep(schoolId, busyUntil, { latest, trouble: null });
    if (latest.unexplainedFen > 0)
      world.log.error({ school: schoolId, fen: latest.unexplainedFen }, 'money unexplained');
    return 'done';
  } catch (error) {
    await keep(schoolId, busyUntil, { trouble: '这次没有核完，系统会自动再试' });
    throw error;
  }
}

const isAnswered = ({ latest, wantedAt }: MoneyProof): boolean =>
  latest !== null && latest.begunAt >= wantedAt;

async function proofOf(
  { env, clock }: World,
  schoolId: string,
  { begunAt, by }: Pick<StoredProof, 'begunAt' | 'by'>,
): Promise<StoredProof> {
  const { places, days, money, problems } = await prove({
    mongodbUri: env.MONGODB_URI,
    schoolId,
    now: begunAt,
    ...(env.SANDBOX_CONTROL_URL ? { sandboxControlUrl: env.SANDBOX_CONTROL_URL } : {}),
  });
  return {
    begunAt,
    endedAt: clock.now(),
    by,
    places,
    days,
    inTransitFen: money.inTransit,
    unexplainedFen: money.unexplained,
    problems: problems.filter(({ kind }) => kind === 'unexplained'),
  };
}

/** What came of it; unless somebody else, taking this one for dead, has begun anew. */
const keep = (schoolId: string, busyUntil: Date, found: Partial<Pick<MoneyProof, 'latest' | 'trouble'>>) =>
  MoneyProofs.updateOne(
    { _id: schoolId, busyUntil },
    { $set: { ...found, busyUntil: null }, $inc: { version: 1 } },
  );
