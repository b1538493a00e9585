import { LRUCache } from 'lru-cache';
import { AppError } from '../../errors';
import type { StudentActor } from '../../http/actor';
import { readById, readTogether } from '../../platform/mongo/by-id';
import { type Student, Students } from './model';

/** The student whom this WeChat account acts for in a campaign. @throws AppError NOT_ON_ROSTER */
export async function studentOf(by: StudentActor, campaignId: string): Promise<Student> {
  const student = await boundStudent(by.accountId, campaignId);
  if (!student) throw new AppError('NOT_ON_ROSTER', { contact: '学校教务处' });
  return student;
}

/** @throws AppError NOT_FOUND, also for another person's */
export async function ownStudent(by: StudentActor, studentId: string): Promise<Student> {
  const student = await findStudent(studentId);
  if (student?.binding?.accountId !== by.accountId) throw new AppError('NOT_FOUND');
  return student;
}

/** Whom these accounts act for in a campaign. */
export const studentsOfAccounts = (campaignId: string, accountIds: readonly string[]): Promise<Student[]> =>
  Students.find({ campaignId, 'binding.accountId': { $in: [...accountIds] } }).lean<Student[]>();

/** Of the campaigns that are asked about just now; an entry is only a way to ask. */
const boundIn = new LRUCache<string, (accountId: string) => Promise<Student | null>>({
  max: 100,
  memoMethod: (campaignId) =>
    readTogether(
      (accountIds) => studentsOfAccounts(campaignId, accountIds),
      ({ binding }) => binding?.accountId ?? '',
    ),
});

export const boundStudent = (accountId: string, campaignId: string): Promise<Student | null> =>
  boundIn.memo(campaignId)(accountId);

/** Newest first, over all campaigns. */
export const boundStudents = (accountId: string): Promise<Student[]> =>
  Students.find({ 'binding.accountId': accountId }).sort({ _id: -1 }).limit(20).lean<Student[]>();

export const findStudent = readById<Student>(Students);

export const findStudents = (ids: readonly string[]): Promise<Student[]> =>
  Students.find({ _id: { $in: [...ids] } }).lean<Student[]>();

/** Only what a list shows: thousands at once. */
export const studentNames = (
  ids: readonly string[],
): Promise<Pick<Student, '_id' | 'name' | 'studentNo' | 'className'>[]> =>
  Students.find({ _id: { $in: [...ids] } }, { name: 1, studentNo: 1, className: 1 }).lean<
    Pick<Student, '_id' | 'name' | 'studentNo' | 'className'>[]
  >();

/** By document, through the blind index. */
export const studentsByDocument = (campaignId: string, indexes: readonly string[]): Promise<Student[]> =>
  Students.find({ campaignId, documentIndex: { $in: [...indexes] }, removedAt: null })
    .limit(5)
    .lean<Student[]>();

export const studentByNumber = (campaignId: string, studentNo: string): Promise<Student | null> =>
  Students.findOne({ campaignId, studentNo, removedAt: null }).lean<Student>();

/** Over several campaigns, with who was taken off a list. */
export const studentsByNumber = (campaignIds: readonly string[], studentNo: string): Promise<Student[]> =>
  Students.find({ campaignId: { $in: [...campaignIds] }, studentNo })
    .sort({ _id: -1 })
    .limit(20)
    .lean<Student[]>();

const SEARCH_LIMIT = 20;

/** By student number or the beginning of a name. */
export async function searchStudents(
  campaignId: string,
  q: string,
): Promise<{ students: Student[]; more: boolean }> {
  const filter = /^\d/.test(q)
    ? { studentNo: { $gte: q, $lt: `${q}\uffff` } }
    : { name: { $gte: q, $lt: `${q}\uffff` } };
  const students = await Students.find({ campaignId, removedAt: null, ...filter })
    .sort({ _id: 1 })
    .limit(SEARCH_LIMIT + 1)
    .lean<Student[]>();
  return { students: students.slice(0, SEARCH_LIMIT), more: students.length > SEARCH_LIMIT };
}

export const countStudents = (campaignId: string): Promise<number> =>
  Students.countDocuments({ campaignId, removedAt: null });

export const countCannotCome = (campaignId: string): Promise<number> =>
  Students.countDocuments({ campaignId, cannotComeAt: { $exists: true } });

export const countMatched = (campaignId: string): Promise<number> =>
  Students.countDocuments({ campaignId, removedAt: null, sessionId: { $ne: null } });

/** Only what a report of money names: thousands at once. */
export const studentsOnReport = (
  ids: readonly string[],
): Promise<Pick<Student, '_id' | 'name' | 'studentNo' | 'college'>[]> =>
  Students.find({ _id: { $in: [...ids] } }, { name: 1, studentNo: 1, college: 1 }).lean<
    Pick<Student, '_id' | 'name' | 'studentNo' | 'college'>[]
  >();
