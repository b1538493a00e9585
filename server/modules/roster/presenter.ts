import type { EnrolmentView } from '../../../shared/contract/verification';
import type { Student } from './model';

export const presentEnrolment = (student: Student): EnrolmentView => ({
  id: student._id,
  campaignId: student.campaignId,
  name: student.name,
  documentMasked: student.documentMasked ?? null,
  studentNo: student.studentNo,
  college: student.college,
  major: student.major,
  className: student.className,
  training: student.training,
  graduationType: student.graduationType,
  confirmedAt: student.confirmedAt?.toISOString() ?? null,
  correction: student.correction && {
    status: student.correction.status,
    at: student.correction.at.toISOString(),
    answer: student.correction.answer,
  },
  collectionCodeAt: student.collectionCode?.at.toISOString() ?? null,
  cannotComeSince: student.cannotComeAt?.toISOString() ?? null,
  version: student.version,
});
