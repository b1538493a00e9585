import { type AliasTable, readMajor } from '../../../shared/domain/majors';
import {
  type MatchResult,
  matchSessions,
  type SecondDegreePlan,
  type SessionGroup,
} from '../../../shared/domain/match-sessions';
import { aliasesOf } from '../campaigns/aliases';
import { findCampaign, sessionsOf } from '../campaigns/find-campaign';
import type { Campaign } from '../campaigns/model';
import { type Student, Students } from './model';

const BATCH = 1_000;

type Matchable = Pick<
  Student,
  '_id' | 'major' | 'training' | 'college' | 'className' | 'sessionId' | 'unmatchedBecause'
>;

/**
 * Gives every student of a campaign the session of the own group. Derived data: run again after every change of
 * roster, timetable or aliases, it changes what has changed. Whom the office has placed stays there.
 */
export async function matchStudents(campaignId: string): Promise<MatchResult> {
  const campaign = await findCampaign(campaignId);
  const aliases = aliasesOf(campaign);
  const before = new Map<string, Pick<Student, 'sessionId' | 'unmatchedBecause'>>();
  const same = new Map<string, string>();
  const students = [];
  const found = Students.find(
    { campaignId, removedAt: null, placedByOffice: { $ne: true } },
    { major: 1, training: 1, college: 1, className: 1, sessionId: 1, unmatchedBecause: 1 },
  )
    .lean<Matchable>()
    .cursor({ batchSize: BATCH });
  for await (const student of found) {
    const shared = shareTexts(student, same);
    before.set(shared._id, { sessionId: shared.sessionId, unmatchedBecause: shared.unmatchedBecause });
    students.push(toMatch(shared, aliases));
  }
  const result = matchSessions(await groupsOf(campaign), students, await secondDegreePlan(campaignId));
  const now = [
    ...result.assignments.map(({ studentId, sessionId }) => ({
      studentId,
      sessionId,
      unmatchedBecause: null,
    })),
    ...result.unmatched.map(({ studentId, message }) => ({
      studentId,
      sessionId: null,
      unmatchedBecause: message,
    })),
  ];
  const moved = now.filter(({ studentId, sessionId, unmatchedBecause }) => {
    const was = before.get(studentId);
    return was?.sessionId !== sessionId || was.unmatchedBecause !== unmatchedBecause;
  });
  for (let start = 0; start < moved.length; start += BATCH) {
    await Students.bulkWrite(
      moved.slice(start, start + BATCH).map(({ studentId, sessionId, unmatchedBecause }) => ({
        updateOne: {
          // The office may have placed the student while this ran.
          filter: { _id: studentId, placedByOffice: { $ne: true } },
          update: { $set: { sessionId, unmatchedBecause } },
        },
      })),
    );
  }
  return result;
}

/** Effect `match-students` of a student: what was corrected may mean another session. */
export async function matchAgain(studentId: string): Promise<'done'> {
  const student = await Students.findById(studentId, { campaignId: 1 }).lean<Pick<Student, 'campaignId'>>();
  if (student) await matchStudents(student.campaignId);
  return 'done';
}

/** A hundred thousand students have a few hundred majors and classes: every text is kept once. */
function shareTexts(student: Matchable, same: Map<string, string>): Matchable {
  const once = (text: string): string => {
    const known = same.get(text);
    if (known === undefined) same.set(text, text);
    return known ?? text;
  };
  return {
    ...student,
    major: once(student.major),
    college: once(student.college),
    className: once(student.className),
    sessionId: student.sessionId && once(student.sessionId),
    unmatchedBecause: student.unmatchedBecause && once(student.unmatchedBecause),
  };
}

/** Every group of every session, as the matching rules know them. */
export async function groupsOf(campaign: Campaign): Promise<SessionGroup[]> {
  const aliases = aliasesOf(campaign);
  return (await sessionsOf(campaign._id)).flatMap((session) =>
    session.groups.map(({ major, direction, trainings, college }) => ({
      sessionId: session._id,
      // An alias may be younger than the timetable.
      majorName: aliases.get(major) ?? major,
      direction: aliases.get(direction) ?? direction,
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

function toMatch({ _id, major, training, college, className }: Matchable, aliases: AliasTable) {
  const { name, direction } = readMajor(major, aliases);
  return { studentId: _id, majorName: name, direction, training, college, className };
}
