import { CALLER_FACTS, type CallerFacts } from '../../../shared/contract/office';
import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import type { World } from '../../world';
import { recordLook, wasLookedAt } from '../audit/record-look';
import { bookingsOfStudent } from '../bookings/thin-bookings';
import type { Campaign } from '../campaigns/model';
import { ordersByNumber } from '../payments/find-order';
import { endsDocument } from '../roster/ends-document';
import { findStudent, findStudents, studentByNumber } from '../roster/find-student';
import type { Student } from '../roster/model';
import { standingsOf } from './standings';

const FACTS_NEEDED = 2;
/** So long the file of an identified caller stays open to the one who identified them. */
const OPEN_MINUTES = 30;
/** A class of a Chinese university is smaller. */
const MOST_IN_CLASS = 300;

/**
 * Finds the student who is calling by at least two things that only they should know. Whoever asks is written down
 * before anything is answered, found or not; and one answer serves "nobody" and "several", so that nothing can be tried
 * out.
 *
 * @throws AppError CALLER_FACTS_MISSING, CALLER_NOT_IDENTIFIED
 */
export async function identifyCaller(
  world: World,
  by: UserActor,
  { campaign, facts }: { campaign: Campaign; facts: CallerFacts },
): Promise<Student> {
  const told = CALLER_FACTS.filter((name) => facts[name] !== undefined);
  if (told.length < FACTS_NEEDED) throw new AppError('CALLER_FACTS_MISSING');
  const found = await candidates(campaign, facts);
  const fitting: Student[] = [];
  for (const student of found) if (await fits(world, student, facts)) fitting.push(student);
  const [student] = fitting.length === 1 ? fitting : [];
  await recordLook(world, by, {
    verb: student ? 'student.identify-caller' : 'campaign.caller-not-identified',
    subject: student ? `student:${student._id}` : `campaign:${campaign._id}`,
    facts: { by: told },
  });
  if (!student) throw new AppError('CALLER_NOT_IDENTIFIED');
  return student;
}

/**
 * What 客服 sees and changes of one student, they see and change for the caller whom they have identified a short time
 * ago, since they signed in. The office answers for itself.
 *
 * @throws AppError CALLER_UNKNOWN
 */
export async function requireIdentified(
  world: World,
  by: UserActor,
  student: Pick<Student, '_id'>,
): Promise<void> {
  if (by.role !== 'support') return;
  const opened = world.clock.now().getTime() - OPEN_MINUTES * 60_000;
  const since = new Date(Math.max(opened, by.signedInAt?.getTime() ?? 0));
  const look = { actor: actorName(by), verb: 'student.identify-caller', subject: `student:${student._id}` };
  if (!(await wasLookedAt(look, since))) throw new AppError('CALLER_UNKNOWN');
}

/** Those whom the first of the facts that finds people finds; the others have to fit. */
async function candidates(
  { _id, schoolId }: Campaign,
  { studentNo, className, orderNo }: CallerFacts,
): Promise<Student[]> {
  if (studentNo) {
    const student = await studentByNumber(_id, studentNo);
    return student ? [student] : [];
  }
  if (className) {
    const wanted = plain(className);
    const inClass = (await standingsOf(_id)).filter(({ student }) => plain(student.className) === wanted);
    return findStudents(inClass.slice(0, MOST_IN_CLASS).map(({ student }) => student._id));
  }
  const orders = orderNo ? await ordersByNumber(schoolId, orderNo) : [];
  const students = await Promise.all(orders.map(({ studentId }) => findStudent(studentId)));
  return students.flatMap((student) => (student?.campaignId === _id ? [student] : []));
}

async function fits(world: World, student: Student, facts: CallerFacts): Promise<boolean> {
  const { studentNo, className, documentEnd, orderNo } = facts;
  if (student.removedAt !== null) return false;
  if (studentNo && student.studentNo !== studentNo) return false;
  if (className && plain(student.className) !== plain(className)) return false;
  if (documentEnd && !endsDocument(world, student, documentEnd)) return false;
  return !orderNo || (await hasOrder(student, orderNo));
}

/** The number as it stands on the phone, or its end as it is read out. */
async function hasOrder({ _id }: Student, orderNo: string): Promise<boolean> {
  const bookings = await bookingsOfStudent(_id);
  const numbers = bookings.flatMap(({ orderNos }) => orderNos);
  return numbers.some((number) => number.toLowerCase().endsWith(orderNo.toLowerCase()));
}

/** "计科 2019-1 班" and "计科2019-1班" are one class. */
const plain = (className: string): string => className.replace(/\s/g, '').replace(/班$/, '').toLowerCase();
