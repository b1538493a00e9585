import { readMajor } from '../../../shared/domain/majors';
import {
  type MatchResult,
  matchSessions,
  type SecondDegreePlan,
  type SessionGroup,
} from '../../../shared/domain/match-sessions';
import { findCampaign, sessionsOf } from '../campaigns/find-campaign';
import { type Student, Students } from './model';

const BATCH = 1_000;

type Matchable = Pick<
  Student,
  '_id' | 'major' | 'training' | 'college' | 'className' | 'sessionId' | 'unmatchedBecause'
>;

/**
 * Gives every student of a campaign the session of the own group. Derived data: run again after every import of
 * roster or timetable, it changes what has changed.
 */
export async function matchStudents(campaignId: string): Promise<MatchResult> {
  const groups = await groupsOf(campaignId);
  const students = await Students.find(
    { campaignId, removedAt: null, placedByOffice: { $ne: true } },
    { major: 1, training: 1, college: 1, className: 1, sessionId: 1, unmatchedBecause: 1 },
  ).lean<Matchable[]>();
  const result = matchSessions(groups, students.map(toMatch), await secondDegreePlan(campaignId));
  const sessionOf = new Map(result.assignments.map(({ studentId, sessionId }) => [studentId, sessionId]));
  const reasonOf = new Map(result.unmatched.map(({ studentId, message }) => [studentId, message]));
  const moved = students
    .map(({ _id, ...before }) => ({
      _id,
      before,
      sessionId: sessionOf.get(_id) ?? null,
      unmatchedBecause: reasonOf.get(_id) ?? null,
    }))
    .filter(
      ({ before, sessionId, unmatchedBecause }) =>
        before.sessionId !== sessionId || before.unmatchedBecause !== unmatchedBecause,
    );
  for (let start = 0; start < moved.length; start += BATCH) {
    await Students.bulkWrite(
      moved.slice(start, start + BATCH).map(({ _id, sessionId, unmatchedBecause }) => ({
        updateOne: { filter: { _id }, update: { $set: { sessionId, unmatchedBecause } } },
      })),
    );
  }
  return result;
}

/** Every group of every session, as the matching rules know them. */
export async function groupsOf(campaignId: string): Promise<SessionGroup[]> {
  return (await sessionsOf(campaignId)).flatMap((session) =>
    session.groups.map(({ major, direction, trainings, college }) => ({
      sessionId: session._id,
      majorName: major,
      direction,
      trainings,
      college,
      headcount: session.headcount,
    })),
  );
}

/** Where the office puts second-degree students. A session that a newer timetable no longer has is no place. */
export async function secondDegreePlan(campaignId: string): Promise<SecondDegreePlan> {
  const { secondDegree } = (await findCampaign(campaignId)).rules;
  if (typeof secondDegree === 'string') return secondDegree;
  const isThere = (await sessionsOf(campaignId)).some(({ _id }) => _id === secondDegree.sessionId);
  return isThere ? secondDegree : 'not_placed';
}

function toMatch({ _id, major, training, college, className }: Matchable) {
  const { name, direction } = readMajor(major);
  return { studentId: _id, majorName: name, direction, training, college, className };
}
