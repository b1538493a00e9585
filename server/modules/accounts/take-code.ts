import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import { CODE_SECONDS, stepsThatCount, totpStep } from '../../platform/crypto/totp';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { type Authenticator, Authenticators } from './authenticator-model';

const TRIES = 5;
const LOCK_MINUTES = 15;

interface Attempt {
  code: string;
  /** The sealed secret that it is held against. */
  sealed: string;
  /** What else a right code changes, and how that is called. */
  change?: Partial<Authenticator>;
  verb: string;
  facts?: { [name: string]: unknown };
}

/**
 * Takes a code, once. Right and wrong ones are both a compare-and-set on the version: of many at once each is judged
 * after the one before, so that neither a code counts twice nor guesses get more tries than five.
 *
 * @returns the record afterwards; null when another attempt came first, and this one is to be judged anew
 * @throws AppError CODE_WRONG, CODE_USED, CODE_LOCKED
 */
export async function takeCode(
  world: World,
  by: UserActor,
  authenticator: Authenticator,
  { code, sealed, change = {}, verb, facts = {} }: Attempt,
): Promise<Authenticator | null> {
  const now = world.clock.now();
  const { lockedUntil, usedSteps } = authenticator;
  if (lockedUntil && lockedUntil > now) throw locked(lockedUntil, now);
  const step = totpStep(openSecret(world, authenticator, sealed), code, now);
  if (step === null) return countWrong(world, by, authenticator, now);
  if (usedSteps.includes(step)) throw new AppError('CODE_USED', { seconds: secondsToNext(now) });
  const { first, last } = stepsThatCount(now);
  const still = usedSteps.filter((used) => used >= first && used <= last);
  return changeRecord(
    Authenticators,
    { _id: authenticator._id, version: authenticator.version },
    { $set: { ...change, usedSteps: [...still, step], wrongTries: 0, lockedUntil: null } },
    line(world, actorName(by), verb, facts),
  );
}

async function countWrong(
  world: World,
  by: UserActor,
  { _id, version, wrongTries }: Authenticator,
  now: Date,
): Promise<null> {
  const left = TRIES - wrongTries - 1;
  const lockedUntil = left > 0 ? null : new Date(now.getTime() + LOCK_MINUTES * 60_000);
  const counted = await changeRecord(
    Authenticators,
    { _id, version },
    { $set: { wrongTries: left > 0 ? wrongTries + 1 : 0, lockedUntil } },
    line(world, actorName(by), lockedUntil ? 'authenticator.locked' : 'authenticator.wrong-code'),
  );
  if (!counted) return null;
  throw lockedUntil ? locked(lockedUntil, now) : new AppError('CODE_WRONG', { left });
}

const locked = (until: Date, now: Date) =>
  new AppError('CODE_LOCKED', { minutes: Math.ceil((until.getTime() - now.getTime()) / 60_000) });

const secondsToNext = (now: Date): number => CODE_SECONDS - (Math.floor(now.getTime() / 1000) % CODE_SECONDS);

const openSecret = ({ sealer }: World, { _id }: Authenticator, sealed: string): string =>
  sealer.openText(sealed, secretPlace(_id));

/** An offered secret lies in the same place, so that it can become the secret as it is. */
export const secretPlace = (userId: string) => ({
  collection: 'authenticators',
  recordId: userId,
  field: 'secret',
});
