import type { Actor } from '../../http/actor';
import { actorName } from '../../http/actor';
import { systemClock } from '../../platform/clock';
import { hashSessionToken, newSessionToken } from '../../platform/crypto/session-token';
import type { EffectOutcome } from '../../platform/effects/runner';
import type { World } from '../../world';
import { Sessions } from './session-model';

const DAY_MS = 24 * 3_600_000;
/** Students come back after 40 days for the photo check; a console session ends with the working week. */
const LIFETIME_DAYS = { student: 60, device: 30, user: 7 } as const;

/** Begins a session. @returns the token for the client, which is nowhere else */
export async function beginSession(world: World, actor: Actor): Promise<{ token: string; expiresAt: Date }> {
  const token = newSessionToken();
  const now = world.clock.now();
  const expiresAt = new Date(now.getTime() + LIFETIME_DAYS[actor.kind] * DAY_MS);
  await Sessions.create({
    _id: hashSessionToken(token),
    actor,
    who: actorName(actor),
    createdAt: now,
    expiresAt,
    ...(actor.kind === 'user' ? { usedAt: systemClock.now() } : {}),
  });
  return { token, expiresAt };
}

/** Ends every session of an actor, by its name; every instance notices within its cache time of 5 s. */
async function endSessionsNamed(who: string): Promise<void> {
  await Sessions.deleteMany({ who });
}

/** Effect `end-sessions` of a user who is no longer what the sessions say. */
export async function endSessionsOfUser(userId: string): Promise<EffectOutcome> {
  await endSessionsNamed(`user:${userId}`);
  return 'done';
}

/** Effect `end-sessions` of a staff phone that was revoked. */
export async function endSessionsOfDevice(deviceId: string): Promise<EffectOutcome> {
  await endSessionsNamed(`device:${deviceId}`);
  return 'done';
}

export async function endSession(token: string): Promise<void> {
  await Sessions.deleteOne({ _id: hashSessionToken(token) });
}
