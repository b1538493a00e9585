import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { Authenticators } from './authenticator-model';

/**
 * Somebody's phone is lost or new: the office takes the second factor away, and the person enrols another. Their
 * sign-ins end, so that whoever found the phone is not signed in either.
 *
 * @throws AppError NOT_FOUND, NOT_YOURSELF
 */
export async function resetAuthenticator(
  world: World,
  by: UserActor,
  { id, reason }: { id: string; reason: string },
): Promise<void> {
  if (by.userId === id) throw new AppError('NOT_YOURSELF');
  const end = world.effects.planned('end-sessions', 'end-sessions');
  const reset = await changeRecord(
    Authenticators,
    { _id: id, schoolId: by.schoolId },
    { $set: { secret: null, since: null, offered: null, usedSteps: [], wrongTries: 0, lockedUntil: null } },
    line(world, actorName(by), 'authenticator.reset', { reason }),
    [end],
  );
  if (!reset) throw new AppError('NOT_FOUND');
  await world.effects.runNow(Authenticators, id, end);
}
