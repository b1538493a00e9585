import type { ProgressRow } from '../../../shared/contract/office';
import type { UserActor } from '../../http/actor';
import { inScope, type Standing, standingsOf } from './standings';

type Counts = Omit<ProgressRow, 'college' | 'major' | 'className'>;

/** How far each college, each of its majors and each of their classes has come. */
export async function progressOf(
  by: UserActor,
  campaignId: string,
): Promise<{ rows: ProgressRow[]; total: Counts }> {
  const students = (await standingsOf(campaignId)).filter(
    ({ student }) => student.removedAt === null && inScope(by, student),
  );
  const rows = new Map<string, ProgressRow>();
  const total = nothing();
  for (const standing of students) {
    const { college, major, className } = standing.student;
    add(total, standing);
    add(rowOf(rows, { college, major: null, className: null }), standing);
    add(rowOf(rows, { college, major, className: null }), standing);
    if (className !== '') add(rowOf(rows, { college, major, className }), standing);
  }
  return { rows: [...rows.values()], total };
}

function rowOf(
  rows: Map<string, ProgressRow>,
  place: Pick<ProgressRow, 'college' | 'major' | 'className'>,
): ProgressRow {
  const key = JSON.stringify([place.college, place.major, place.className]);
  const known = rows.get(key) ?? { ...place, ...nothing() };
  rows.set(key, known);
  return known;
}

function add(counts: Counts, { student, booking, keys }: Standing): void {
  counts.students += 1;
  if (student.binding?.level === 'verified') counts.verified += 1;
  if (student.confirmedAt) counts.confirmed += 1;
  if (!booking?.active) return;
  if (booking.place === 'booked') counts.booked += 1;
  if (booking.payment === 'paid') counts.paid += 1;
  if (keys.has('shot')) counts.shot += 1;
}

const nothing = (): Counts => ({ students: 0, verified: 0, confirmed: 0, booked: 0, paid: 0, shot: 0 });
