import type { Training } from '../../../shared/domain/majors';
import type { UserActor } from '../../http/actor';
import { ordersOf, presentPlaceOf, sessionsById } from './presenter';
import { inScope, standingsOf } from './standings';

interface Group {
  college: string;
  major: string;
  training: Training;
  sessionId: string | null;
  students: number;
}

/** Which majors of a college come when, in the order of the day. */
export async function collegeTimetables(by: UserActor, campaignId: string) {
  const [standings, sessions] = await Promise.all([standingsOf(campaignId), sessionsById(campaignId)]);
  const groups = new Map<string, Group>();
  for (const { student } of standings) {
    if (student.removedAt !== null || !inScope(by, student)) continue;
    const { college, major, training, sessionId } = student;
    const key = JSON.stringify([college, major, training, sessionId]);
    const group = groups.get(key) ?? { college, major, training, sessionId, students: 0 };
    groups.set(key, { ...group, students: group.students + 1 });
  }
  const orders = ordersOf(sessions);
  const orderOf = ({ sessionId }: Group) => orders.get(sessionId ?? '') ?? '\uffff';
  return [...groups.values()]
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
    .map(({ sessionId, ...group }) => ({ ...group, session: presentPlaceOf(sessions.get(sessionId ?? '')) }));
}
