import { copy } from '../../copy';
import type { Parts } from '../../services/api';

export type Correctable = Parts<'POST /api/onsite/students/:id/correct'>['body']['field'];

/** What of an enrolment can be wrong, as students and staff are asked for it. */
export const CORRECTABLE: readonly Correctable[] = [
  'name',
  'documentNumber',
  'studentNo',
  'college',
  'major',
  'className',
  'training',
  'graduationType',
];

/** What there is to choose from, where it is not free text. */
export const CHOICES: Partial<Record<Correctable, readonly string[]>> = {
  training: Object.values(copy.trainings),
  graduationType: Object.values(copy.graduations),
};
