import { readMajor } from '../../../shared/domain/majors';
import { type MatchResult, matchSessions, type SessionGroup } from '../../../shared/domain/match-sessions';
import { sessionsOf } from '../campaigns/find-campaign';
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
  const result = matchSessions(groups, students.map(toMatch), SECOND_DEGREE_PLAN);
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

/** Second-degree students go with the others of their major, until the office says otherwise. */
export const SECOND_DEGREE_PLAN = 'with_same_major';

function toMatch({ _id, major, training, college, className }: Matchable) {
  const { name, direction } = readMajor(major);
  return { studentId: _id, majorName: name, direction, training, college, className };
}
