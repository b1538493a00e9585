import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import { wasDone } from '../../platform/mongo/was-done';
import type { World } from '../../world';
import { line } from '../audit/line';
import { Identities, type Identity } from './model';

/** WeChat users who named this document in their last attempt. */
export const identitiesClaiming = (documentIndex: string): Promise<Identity[]> =>
  Identities.find({ claimedIndex: documentIndex }).limit(10).lean<Identity[]>();

/**
 * Gives the bank-check attempts of the last 24 hours back. A card that was refused twice stays out: the bank would
 * lock it.
 *
 * @throws AppError CHANGED_MEANWHILE, ALREADY_VERIFIED
 */
export async function resetAttempts(
  world: World,
  by: UserActor,
  {
    identity,
    version,
    nonce,
    reason,
  }: { identity: Identity; version: number; nonce: string; reason: string },
): Promise<Identity> {
  if (wasDone(identity, nonce)) return identity;
  if (identity.status === 'verified') throw new AppError('ALREADY_VERIFIED');
  const reset = await changeRecord(
    Identities,
    { _id: identity._id, version },
    { $set: { attemptsFrom: world.clock.now() } },
    line(world, actorName(by), 'identity.reset-attempts', { reason, nonce }),
  );
  if (!reset) throw new AppError('CHANGED_MEANWHILE');
  return reset;
}
