import { majorKey, TRAINING_LABELS, type Training } from './majors';
import type { CheckedRow, NoticeFinding } from './notice-findings';

/** How many students of one kind are on the roster; early graduates count with their major. */
export interface RosterCount {
  majorName: string;
  direction: string;
  training: Training;
  students: number;
}

/** The rows of one major and direction whose trainings overlap: their headcounts can only be compared together. */
interface Group {
  key: string;
  line: number;
  room: string;
  trainings: Set<Training>;
  headcount: number;
  students: number;
}

/** Headcount ≠ roster, rows nobody belongs to, and students no row serves. */
export function compareWithRoster(
  rows: readonly CheckedRow[],
  roster: readonly RosterCount[],
): NoticeFinding[] {
  const groups = groupRows(rows);
  const homeless: RosterCount[] = [];
  for (const count of roster) {
    if (count.students === 0) continue;
    const group = groupFor(groups.get(keyOf(count)) ?? [], count.training);
    if (group) group.students += count.students;
    else homeless.push(count);
  }
  return [
    ...[...groups.values()].flat().flatMap(findingOf),
    ...homeless.map((count) => ({
      code: 'students_without_session' as const,
      severity: 'error' as const,
      message: `名单里有 ${keyOf(count)}${TRAINING_LABELS[count.training]} ${count.students} 人，安排表没有他们的时段，请补一行、改名称或添加别名`,
    })),
  ];
}

function groupRows(rows: readonly CheckedRow[]): Map<string, Group[]> {
  const groups = new Map<string, Group[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const sameMajor = groups.get(key) ?? [];
    const overlapping = sameMajor.filter(({ trainings }) => row.trainings.some((one) => trainings.has(one)));
    const merged: Group = {
      key,
      line: Math.min(row.line, ...overlapping.map(({ line }) => line)),
      room: row.room,
      trainings: new Set([...row.trainings, ...overlapping.flatMap(({ trainings }) => [...trainings])]),
      headcount: overlapping.reduce((sum, { headcount }) => sum + headcount, row.headcount),
      students: 0,
    };
    groups.set(key, [...sameMajor.filter((group) => !overlapping.includes(group)), merged]);
  }
  return groups;
}

/** Second-degree students without a row of their own are counted with the major, where the office usually puts them. */
function groupFor(groups: readonly Group[], training: Training): Group | undefined {
  const serving = groups.find(({ trainings }) => trainings.has(training));
  if (serving || training !== 'second_degree') return serving;
  return groups.find(({ trainings }) => trainings.has('undergraduate'));
}

function findingOf({ key, line, room, trainings, headcount, students }: Group): NoticeFinding[] {
  if (students === headcount) return [];
  const who = `“${key}”（${[...trainings].map((training) => TRAINING_LABELS[training]).join('、')}）`;
  if (students === 0) {
    const message = `安排表有 ${who} ${headcount} 人，名单里一个也没有，请核对专业名称或名单`;
    return [{ code: 'major_without_students', severity: 'warning', line, room, message }];
  }
  const difference = Math.abs(students - headcount);
  const message = `${who}安排表写 ${headcount} 人，名单有 ${students} 人，${students > headcount ? '多' : '少'} ${difference} 人，请核对并调整名额`;
  return [{ code: 'headcount_differs', severity: 'warning', line, room, message }];
}

function keyOf({ majorName, direction }: Pick<RosterCount, 'majorName' | 'direction'>): string {
  return majorKey({ name: majorName, direction });
}
