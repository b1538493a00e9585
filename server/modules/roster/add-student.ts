import { readMajor, type Training } from '../../../shared/domain/majors';
import { matchSessions } from '../../../shared/domain/match-sessions';
import { isSameName, normaliseName } from '../../../shared/domain/person-name';
import { checkStudentNo } from '../../../shared/domain/student-no';
import { AppError } from '../../errors';
import { actorName, type StaffActor } from '../../http/actor';
import { duplicateKey } from '../../platform/mongo/failures';
import { changeRecord, insertRecord, newRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { aliasesOf } from '../campaigns/aliases';
import type { Campaign } from '../campaigns/model';
import { documentOf } from './enrolment-fields';
import { studentByNumber, studentsByDocument } from './find-student';
import { groupsOf, secondDegreePlan } from './match-students';
import { type Student, Students } from './model';
import { readTypedDocument } from './typed-document';

export interface NewStudent {
  name: string;
  studentNo: string;
  /** Empty when the student has none at hand. */
  documentNumber: string;
  college: string;
  major: string;
  className: string;
  training: Training;
}

/**
 * Puts somebody on the roster who stands at the desk and is not on it. Whoever is there already under this number and
 * name is found instead; so asking twice adds once.
 *
 * @throws AppError BAD_REQUEST, DOCUMENT_INVALID, STUDENT_KNOWN when number or document belong to somebody else
 */
export async function addStudent(
  world: World,
  by: StaffActor,
  { campaign, facts }: { campaign: Campaign; facts: NewStudent },
): Promise<Student> {
  const checked = checkStudentNo(facts.studentNo);
  if (!checked.ok) throw new AppError('BAD_REQUEST', { fields: { studentNo: checked.message } });
  const { studentNo } = checked;
  const document = facts.documentNumber === '' ? undefined : readTypedDocument(facts.documentNumber);
  const _id = world.ids.id();
  const { college, major, className, training } = facts;
  if (document) await refuseKnownDocument(world, campaign._id, document, studentNo);
  try {
    return await insertRecord(Students, {
      ...newRecord(_id, line(world, actorName(by), 'student.add-on-site')),
      schoolId: campaign.schoolId,
      campaignId: campaign._id,
      studentNo,
      name: normaliseName(facts.name),
      ...documentOf(world, _id, document ? { document } : {}),
      college,
      major,
      className,
      training,
      graduationType: 'regular',
      sessionId: await ownSession(campaign, facts),
      unmatchedBecause: null,
      binding: null,
      confirmedAt: null,
      correction: null,
      removedAt: null,
    });
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    return findAgain(world, by, campaign._id, { studentNo, name: facts.name });
  }
}

async function refuseKnownDocument(
  world: World,
  campaignId: string,
  { type, number }: ReturnType<typeof readTypedDocument>,
  studentNo: string,
): Promise<void> {
  const holders = await studentsByDocument(campaignId, world.blindIndex.candidates(type, number));
  if (holders.some((holder) => holder.studentNo !== studentNo))
    throw new AppError('STUDENT_KNOWN', { what: '证件号' });
}

async function ownSession(campaign: Campaign, facts: NewStudent): Promise<string | null> {
  const { name: majorName, direction } = readMajor(facts.major, aliasesOf(campaign));
  const student = { studentId: facts.studentNo, majorName, direction, ...facts };
  const { assignments } = matchSessions(
    await groupsOf(campaign),
    [student],
    await secondDegreePlan(campaign._id),
  );
  return assignments[0]?.sessionId ?? null;
}

/** Whoever was taken off the roster and stands at the desk all the same is put back. */
async function findAgain(
  world: World,
  by: StaffActor,
  campaignId: string,
  { studentNo, name }: { studentNo: string; name: string },
): Promise<Student> {
  const removed = await Students.findOne({ campaignId, studentNo, removedAt: { $ne: null } }).lean<Student>();
  if (removed && isSameName(removed.name, name)) {
    await changeRecord(
      Students,
      { _id: removed._id, version: removed.version },
      { $set: { removedAt: null } },
      line(world, actorName(by), 'student.put-back'),
    );
  }
  const known = await studentByNumber(campaignId, studentNo);
  if (!known || !isSameName(known.name, name)) throw new AppError('STUDENT_KNOWN', { what: '学号' });
  return known;
}
