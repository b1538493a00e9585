import { AppError } from '../../errors';
import type { World } from '../../world';
import { sessionsOf, timetabledSession } from './find-campaign';
import { keptMakeUpSession, keptMakeUpSessions, offeredMakeUpSessions } from './make-up-sessions';
import type { Campaign } from './model';
import type { CollectionSession } from './session-model';

/** Of the timetable and of make-up days: every session that a booking can name. */
export async function allSessionsOf(campaignId: string): Promise<readonly CollectionSession[]> {
  const [sessions, makeUps] = await Promise.all([sessionsOf(campaignId), keptMakeUpSessions(campaignId)]);
  return makeUps.length === 0 ? sessions : [...sessions, ...makeUps];
}

/** The session of a booking; null for none. */
export async function sessionOfBooking({
  campaignId,
  sessionId,
}: {
  campaignId: string;
  sessionId: string | null;
}): Promise<CollectionSession | null> {
  if (sessionId === null) return null;
  const known = (await allSessionsOf(campaignId)).find(({ _id }) => _id === sessionId);
  if (known) return known;
  return (await keptMakeUpSession(campaignId, sessionId)) ?? timetabledSession(campaignId, sessionId);
}

/** @throws AppError NOT_FOUND */
export async function findSession(campaignId: string, sessionId: string): Promise<CollectionSession> {
  const session = await sessionOfBooking({ campaignId, sessionId });
  if (!session) throw new AppError('NOT_FOUND');
  return session;
}

/**
 * One to be booked: of the timetable, or a make-up slot that is offered now, kept or not.
 *
 * @throws AppError NOT_FOUND, MAKE_UP_SLOT_CLOSED for a slot that is no longer offered
 */
export async function findBookable(
  world: World,
  campaign: Campaign,
  sessionId: string,
): Promise<CollectionSession> {
  const offered = (await offeredMakeUpSessions(world, campaign)).find(({ _id }) => _id === sessionId);
  if (offered) return offered;
  const session = await findSession(campaign._id, sessionId);
  if (session.kind === 'make_up') throw new AppError('MAKE_UP_SLOT_CLOSED');
  return session;
}
