import type { Context } from 'koa';
import { systemClock } from '../../platform/clock';
import type { World } from '../../world';
import { type Session, Sessions } from './session-model';

/** Sent with what the console asks while somebody moves the mouse or types: pages also ask by themselves. */
const PRESENT = 'x-present';
const MINUTE_MS = 60_000;
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a console session has been left alone for too long. People live in real time, not on the demo clock.
 *
 * @param session of a console user
 */
export const isLeftAlone = ({ env }: Pick<World, 'env'>, { usedAt }: Pick<Session, 'usedAt'>): boolean =>
  usedAt !== undefined &&
  systemClock.now().getTime() - usedAt.getTime() > env.CONSOLE_IDLE_MINUTES * MINUTE_MS;

/** Somebody is at the console: noted once a minute. @returns the session as it stands now */
export async function noteUse(ctx: Context, session: Session): Promise<Session> {
  const isSign = ctx.get(PRESENT) === '1' || !SAFE_METHODS.has(ctx.method);
  const now = systemClock.now();
  if (!isSign || (session.usedAt && now.getTime() - session.usedAt.getTime() < MINUTE_MS)) return session;
  await Sessions.updateOne({ _id: session._id }, { $max: { usedAt: now } });
  return { ...session, usedAt: now };
}
