import { type Student, Students } from './model';

/** What the office's list of students shows of the roster. */
export type ThinStudent = Pick<
  Student,
  | '_id'
  | 'studentNo'
  | 'name'
  | 'college'
  | 'major'
  | 'className'
  | 'training'
  | 'sessionId'
  | 'unmatchedBecause'
  | 'binding'
  | 'confirmedAt'
  | 'correction'
  | 'removedAt'
  | 'paperPhoto'
  | 'version'
>;

/** All students of a campaign, those removed from the roster too. */
export const thinStudentsOf = (campaignId: string): Promise<ThinStudent[]> =>
  Students.find(
    { campaignId },
    {
      studentNo: 1,
      name: 1,
      college: 1,
      major: 1,
      className: 1,
      training: 1,
      sessionId: 1,
      unmatchedBecause: 1,
      binding: 1,
      confirmedAt: 1,
      'correction.status': 1,
      removedAt: 1,
      paperPhoto: 1,
      version: 1,
    },
  ).lean<ThinStudent[]>();
