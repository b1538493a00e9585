import type { OpenSession } from '../../../shared/contract/bookings';
import type { World } from '../../world';
import { findCampaign, sessionsOf } from '../campaigns/find-campaign';
import { presentSession } from '../campaigns/presenter';
import type { Student } from '../roster/model';
import { withoutReserve } from './bookable-seats';
import { currentBooking } from './find-booking';
import { maySit } from './group-rule';
import { placesLeft } from './seats';

/** Sessions with live places: the own one first, then what may be chosen, then why the rest is closed. */
export async function openSessions(world: World, student: Student): Promise<OpenSession[]> {
  const campaign = await findCampaign(student.campaignId);
  const now = world.clock.now();
  const mine = await currentBooking(student.campaignId, student._id);
  const mySession = mine?.active ? mine.sessionId : null;
  const views = (await sessionsOf(campaign._id)).map(async (session): Promise<OpenSession> => {
    const allowed = maySit(campaign, session, student);
    const left = allowed ? await placesLeft(withoutReserve(session, campaign)) : 0;
    return {
      ...presentSession(session, campaign.rules.lineUpLeadMinutes),
      left,
      own: session._id === student.sessionId,
      closedBecause: closedBecause({
        allowed,
        left,
        over: session.startsAt <= now,
        mine: session._id === mySession,
      }),
    };
  });
  const sessions = await Promise.all(views);
  return sessions.sort((a, b) => rank(a) - rank(b));
}

function closedBecause(facts: {
  allowed: boolean;
  left: number;
  over: boolean;
  mine: boolean;
}): OpenSession['closedBecause'] {
  if (facts.mine) return 'yours_already';
  if (!facts.allowed) return 'not_your_group';
  if (facts.over) return 'over';
  return facts.left === 0 ? 'full' : null;
}

const rank = ({ own, closedBecause: closed }: OpenSession) => (own ? 0 : closed === null ? 1 : 2);
