import { majorKey, type Training } from './majors';

/** A group of students that a session expects; a session may have several. */
export interface SessionGroup {
  sessionId: string;
  /** Normalised: see `readMajor` */
  majorName: string;
  direction: string;
  trainings: readonly Training[];
  /** Empty when the timetable names none */
  college: string;
  headcount: number;
}

export interface StudentToMatch {
  studentId: string;
  majorName: string;
  direction: string;
  training: Training;
  college: string;
  className: string;
}

/** Where second-degree students go whose major has no row for them: with the major's others, to one session, or open. */
export type SecondDegreePlan = 'with_same_major' | 'not_placed' | { sessionId: string };

export type MatchReason =
  | 'major_missing'
  | 'no_such_major'
  | 'no_such_direction'
  | 'no_such_training'
  | 'second_degree_not_placed';

export interface MatchResult {
  assignments: { studentId: string; sessionId: string }[];
  unmatched: { studentId: string; reason: MatchReason; message: string }[];
}

/**
 * Gives every student the session of the own group: same major with its direction, and a row that serves the training.
 * Several rows of one group are filled class by class, the emptiest first, so that classes stay together; the college
 * only chooses among rows that fit anyway. Early graduates go with their major. The result does not depend on the
 * order of the students.
 */
export function matchSessions(
  groups: readonly SessionGroup[],
  students: readonly StudentToMatch[],
  secondDegree: SecondDegreePlan = 'not_placed',
): MatchResult {
  const timetable = new Timetable(groups);
  const result: MatchResult = { assignments: [], unmatched: [] };
  for (const classmates of byClass(students)) {
    const found = timetable.candidatesFor(classmates[0], secondDegree);
    if (typeof found === 'string') {
      for (const { studentId } of classmates) {
        result.unmatched.push({ studentId, reason: found, message: MESSAGES[found] });
      }
      continue;
    }
    let current = emptiest(found);
    for (const { studentId } of classmates) {
      if (current.left <= 0) current = emptiest(found);
      current.left -= 1;
      result.assignments.push({ studentId, sessionId: current.sessionId });
    }
  }
  return result;
}

/** Students who have the same reason to have no session. */
export interface UnmatchedKind {
  major: string;
  training: Training;
  students: number;
  reason: string;
  /** Of the first of them */
  line: number;
}

interface RowToMatch extends Pick<StudentToMatch, 'majorName' | 'direction' | 'training' | 'college'> {
  line: number;
  major: string;
}

/**
 * Counts, student by student, who would have no session and why, as `matchSessions` would say: whether a student has
 * one depends on nobody else.
 */
export function unmatchedKinds(
  groups: readonly SessionGroup[],
  secondDegree: SecondDegreePlan = 'not_placed',
): { take(row: RowToMatch): void; result(): UnmatchedKind[] } {
  const timetable = new Timetable(groups);
  const kinds = new Map<string, UnmatchedKind>();
  return {
    take({ line, major, ...kind }) {
      const found = timetable.candidatesFor(kind, secondDegree);
      if (typeof found !== 'string') return;
      const key = JSON.stringify([major, kind.training, found]);
      const known = kinds.get(key);
      if (known) known.students += 1;
      else kinds.set(key, { major, training: kind.training, students: 1, reason: MESSAGES[found], line });
    },
    result: () => [...kinds.values()].sort((a, b) => b.students - a.students),
  };
}

const MESSAGES: Readonly<Record<MatchReason, string>> = {
  major_missing: '名单里没有填写专业，请补填',
  no_such_major: '时间安排表里没有这个专业，请核对名称、添加别名，或为他们安排时段',
  no_such_direction: '时间安排表里有这个专业，但没有这个方向，请核对方向或添加别名',
  no_such_training: '时间安排表里有这个专业，但没有安排这种培养类型（本科/专升本），请核对',
  second_degree_not_placed: '时间安排表没有安排第二学士学位学生，请指定他们的采集时段',
};

type NonEmpty<T> = [T, ...T[]];

/** All that decides which sessions a student may have. */
type Kind = Pick<StudentToMatch, 'majorName' | 'direction' | 'training' | 'college'>;

interface OpenGroup extends SessionGroup {
  /** Headcount not yet used up; negative when there are more students than the timetable expects */
  left: number;
}

class Timetable {
  private readonly byKey = new Map<string, OpenGroup[]>();
  private readonly names = new Set<string>();

  constructor(groups: readonly SessionGroup[]) {
    for (const group of groups) {
      const key = majorKey({ name: group.majorName, direction: group.direction });
      const same = this.byKey.get(key) ?? [];
      same.push({ ...group, left: group.headcount });
      this.byKey.set(key, same);
      this.names.add(group.majorName);
    }
  }

  candidatesFor(student: Kind, secondDegree: SecondDegreePlan): NonEmpty<OpenGroup> | MatchReason {
    if (student.majorName === '') return 'major_missing';
    const sameMajor =
      this.byKey.get(majorKey({ name: student.majorName, direction: student.direction })) ?? [];
    const serving = ownCollege(sameMajor, student.training, student.college);
    if (serving) return serving;
    if (student.training === 'second_degree') return this.secondDegree(sameMajor, student, secondDegree);
    if (sameMajor.length > 0) return 'no_such_training';
    return this.names.has(student.majorName) ? 'no_such_direction' : 'no_such_major';
  }

  private secondDegree(
    sameMajor: OpenGroup[],
    student: Kind,
    plan: SecondDegreePlan,
  ): NonEmpty<OpenGroup> | MatchReason {
    if (plan === 'not_placed') return 'second_degree_not_placed';
    if (plan === 'with_same_major') {
      return ownCollege(sameMajor, 'undergraduate', student.college) ?? 'second_degree_not_placed';
    }
    const { majorName, direction, college } = student;
    const trainings: Training[] = ['second_degree'];
    return [{ sessionId: plan.sessionId, majorName, direction, trainings, college, headcount: 0, left: 0 }];
  }
}

/** Rows that serve the training; one that names another college yields to one that names the student's, or none. */
function ownCollege(
  rows: readonly OpenGroup[],
  training: Training,
  college: string,
): NonEmpty<OpenGroup> | undefined {
  const serving = rows.filter(({ trainings }) => trainings.includes(training));
  const own = serving.filter((row) => college !== '' && row.college === college);
  const unnamed = serving.filter((row) => row.college === '');
  return nonEmpty(own) ?? nonEmpty(unnamed) ?? nonEmpty(serving);
}

/** The first of those with the most places left. */
function emptiest([first, ...others]: NonEmpty<OpenGroup>): OpenGroup {
  return others.reduce((best, candidate) => (candidate.left > best.left ? candidate : best), first);
}

function nonEmpty<T>([first, ...others]: readonly T[]): NonEmpty<T> | undefined {
  return first === undefined ? undefined : [first, ...others];
}

/** Big classes first, then by name; inside a class by id: the same students always give the same result. */
function byClass(students: readonly StudentToMatch[]): NonEmpty<StudentToMatch>[] {
  const classes = new Map<string, NonEmpty<StudentToMatch>>();
  for (const student of students) {
    const { majorName, direction, training, college, className } = student;
    const key = JSON.stringify([majorName, direction, training, college, className]);
    const classmates = classes.get(key);
    if (classmates) classmates.push(student);
    else classes.set(key, [student]);
  }
  const ordered = [...classes].sort(
    ([oneKey, one], [otherKey, other]) => other.length - one.length || compare(oneKey, otherKey),
  );
  for (const [, classmates] of ordered) classmates.sort((a, b) => compare(a.studentId, b.studentId));
  return ordered.map(([, classmates]) => classmates);
}

/** By code unit: the same on every device, unlike `localeCompare`. */
function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
