import { readMajor } from '../../../shared/domain/majors';
import { findCampaign, sessionsOf } from './find-campaign';
import { presentSession } from './presenter';

const LIMIT = 200;

/** Sessions whose major contains the words, spelling and brackets aside; all of them for no words. */
export async function searchTimetable(campaignId: string, q: string) {
  const { rules } = await findCampaign(campaignId);
  const sessions = await sessionsOf(campaignId);
  const wanted = readMajor(q).name;
  const hits = sessions.filter(
    ({ title, groups }) => title.includes(q) || groups.some(({ major }) => major.includes(wanted)),
  );
  return {
    hits: hits.slice(0, LIMIT).map((session) => presentSession(session, rules.lineUpLeadMinutes)),
    total: hits.length,
  };
}
