import { TRAINING_LABELS } from '../../../../shared/domain/majors';
import type { AnswerOf } from '../../api/send';

export type Correction = AnswerOf<'GET /api/console/campaigns/:id/corrections'>['corrections'][number];

/** What is on the roster now. */
export const currentOf = ({
  field,
  current,
  student,
}: Pick<Correction, 'field' | 'current' | 'student'>): string =>
  field === 'training' ? TRAINING_LABELS[student.training] : current || '空';
