import { TRAINING_LABELS } from '../../../../shared/domain/majors';
import { GRADUATION_LABELS } from '../../../../shared/domain/roster-row';
import type { AnswerOf } from '../../api/send';

export type Correction = AnswerOf<'GET /api/console/campaigns/:id/corrections'>['corrections'][number];

/** What is on the roster now. */
export function currentOf({
  field,
  current,
  student,
}: Pick<Correction, 'field' | 'current' | 'student'>): string {
  if (field === 'training') return TRAINING_LABELS[student.training];
  if (field === 'graduationType') return GRADUATION_LABELS[student.graduationType];
  return current || '空';
}
