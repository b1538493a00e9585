import type { STUDENT_ORDERS } from '../../../shared/contract/office';
import { STANDINGS, type StandingKey } from '../../../shared/domain/standings';
import type { UserActor } from '../../http/actor';
import { inScope, type Standing, standingsOf } from './standings';

export interface StudentFilter {
  standing?: StandingKey | undefined;
  college?: string | undefined;
  major?: string | undefined;
  className?: string | undefined;
  sessionId?: string | undefined;
  q?: string | undefined;
}

type Order = (typeof STUDENT_ORDERS)[number];

interface Found {
  /** All that fit, in order. */
  found: Standing[];
  /** How many would fit each standing, with everything else as it is. */
  counts: Partial<Record<StandingKey, number>>;
  all: number;
  colleges: string[];
}

/**
 * @param orderOfSession "2022-11-19 08:30 C区202" by session id, so that sessions sort as the day goes
 */
export async function findStudentsOf(
  by: UserActor,
  campaignId: string,
  filter: StudentFilter,
  orderOfSession: ReadonlyMap<string, string>,
  { order, descending }: { order: Order; descending: boolean },
): Promise<Found> {
  const visible = (await standingsOf(campaignId)).filter(({ student }) => inScope(by, student));
  const fitting = visible.filter((standing) => fits(standing, filter));
  const keyOf = KEYS[order](orderOfSession);
  const collate = order === 'name' || order === 'college' ? CHINESE.compare : compare;
  const { standing } = filter;
  const found = fitting.filter(({ keys }) => standing === undefined || keys.has(standing));
  const sorted = found
    .map((one) => ({ one, key: keyOf(one) }))
    .sort((a, b) => collate(a.key, b.key) || compare(a.one.student.studentNo, b.one.student.studentNo))
    .map(({ one }) => one);
  return {
    found: descending ? sorted.reverse() : sorted,
    counts: Object.fromEntries(
      STANDINGS.map((key) => [key, fitting.filter(({ keys }) => keys.has(key)).length]),
    ),
    all: fitting.length,
    colleges: [...new Set(visible.map(({ student }) => student.college))].sort(CHINESE.compare),
  };
}

export const sessionOf = ({ student, booking }: Standing): string | null =>
  (booking?.active ? booking.sessionId : null) ?? student.sessionId;

function fits(standing: Standing, { college, major, className, sessionId, q }: StudentFilter): boolean {
  const { student } = standing;
  if (college !== undefined && student.college !== college) return false;
  if (major !== undefined && student.major !== major) return false;
  if (className !== undefined && student.className !== className) return false;
  if (sessionId !== undefined && sessionOf(standing) !== sessionId) return false;
  if (!q) return true;
  return [student.name, student.studentNo, student.major, student.className].some((text) => text.includes(q));
}

const CHINESE = new Intl.Collator('zh-CN');
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const KEYS: Readonly<
  Record<Order, (orderOfSession: ReadonlyMap<string, string>) => (standing: Standing) => string>
> = {
  studentNo:
    () =>
    ({ student }) =>
      student.studentNo,
  name:
    () =>
    ({ student }) =>
      student.name,
  college:
    () =>
    ({ student }) =>
      `${student.college} ${student.major} ${student.className}`,
  session: (orderOfSession) => (standing) => orderOfSession.get(sessionOf(standing) ?? '') ?? '\uffff',
};
