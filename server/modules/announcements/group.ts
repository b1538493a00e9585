import type { AnnouncementGroup } from '../../../shared/contract/announcements';
import { sessionOf } from '../office/list-students';
import { type Standing, standingsOf } from '../office/standings';

/** Who is in the group now. */
export const studentsInGroup = async (campaignId: string, group: AnnouncementGroup): Promise<Standing[]> =>
  (await standingsOf(campaignId)).filter((standing) => isInGroup(standing, group));

export function isInGroup(
  standing: Standing,
  { standing: key, college, sessionId }: AnnouncementGroup,
): boolean {
  if (key !== undefined && !standing.keys.has(key)) return false;
  if (college !== undefined && standing.student.college !== college) return false;
  return sessionId === undefined || sessionOf(standing) === sessionId;
}
