import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMajor } from '../../../shared/domain/majors';
import { matchSessions, type SessionGroup, type StudentToMatch } from '../../../shared/domain/match-sessions';
import { parseTimetable } from '../../../shared/domain/timetable';

const notice = readFileSync(join(__dirname, '../../fixtures/timetable-2023.txt'), 'utf8');
const groups: SessionGroup[] = parseTimetable(notice, { year: 2022 }).rows.map((row) => ({
  ...row,
  sessionId: `${row.room} ${row.startsAt}`,
}));

let serial = 0;
const student = (major: string, facts: Partial<StudentToMatch> = {}): StudentToMatch => {
  const { name, direction, trainings } = readMajor(major);
  serial += 1;
  return {
    studentId: `s${String(serial).padStart(6, '0')}`,
    majorName: name,
    direction,
    training: trainings[0] ?? 'undergraduate',
    college: '',
    className: '1班',
    ...facts,
  };
};
const outcome = (one: StudentToMatch, ...plan: [] | Parameters<typeof matchSessions>[2][]) => {
  const { assignments, unmatched } = matchSessions(groups, [one], ...plan);
  return assignments[0]?.sessionId ?? unmatched[0]?.reason;
};

describe("with the notice's timetable, a student of", () => {
  it.each([
    ['土木工程', 'C区203 14:50'],
    ['土木工程（建筑工程）', 'C区207 08:30'],
    ['土木工程（建筑工程）专升本', 'C区204 15:50'],
    ['土木工程（中外合作办学）', 'C区207 15:40'],
    ['农林经济管理', 'C区207 09:45'],
    ['农林经济管理（中外合作办学项目）', 'C区202 11:35'],
    ['体育教育', 'C区202 15:45'],
    ['体育教育（专升本）', 'C区203 15:40'],
    ['茶学（专升本）', 'C区202 08:30'],
    ['机械设计制造及其自动化（专升本）', 'C区203 11:00'],
  ])('%s goes to %s', (major, session) => expect(outcome(student(major))).toBe(session));

  it.each([
    ['', 'major_missing'],
    ['天文学', 'no_such_major'],
    ['农学（智慧农业）', 'no_such_direction'],
    ['网络工程（专升本）', 'no_such_training'],
    ['英语（第二学士学位）', 'second_degree_not_placed'],
  ])('%j is listed for the office: %s', (major, reason) => expect(outcome(student(major))).toBe(reason));

  it('a college that the row does not name still goes where the major goes', () => {
    expect(outcome(student('土木工程', { college: '建工学院' }))).toBe('C区203 14:50');
  });
});

describe('a second-degree student', () => {
  it('goes with the same major, or to the session that the office names', () => {
    expect(outcome(student('英语（第二学士学位）'), 'with_same_major')).toBe('C区207 13:20');
    expect(outcome(student('天文学（第二学士学位）'), { sessionId: 'C区207 16:10' })).toBe('C区207 16:10');
    expect(outcome(student('天文学（第二学士学位）'), 'with_same_major')).toBe('second_degree_not_placed');
  });
});

describe('a major with several rows of the same group', () => {
  const row = (sessionId: string, headcount: number, college = ''): SessionGroup => ({
    sessionId,
    majorName: '体育教育',
    direction: '',
    trainings: ['undergraduate'],
    college,
    headcount,
  });
  const classOf = (size: number, className: string, college = '') =>
    Array.from({ length: size }, () => student('体育教育', { className, college }));
  const counts = (sessions: SessionGroup[], students: StudentToMatch[]) => {
    const tally: Record<string, number> = {};
    for (const { sessionId } of matchSessions(sessions, students).assignments) {
      tally[sessionId] = (tally[sessionId] ?? 0) + 1;
    }
    return tally;
  };

  it('is filled to each headcount, classes kept together where they fit', () => {
    const students = [...classOf(40, '1班'), ...classOf(30, '2班'), ...classOf(30, '3班')];
    expect(counts([row('A', 40), row('B', 60)], students)).toEqual({ A: 40, B: 60 });
    const big = new Set(students.slice(0, 40).map(({ studentId }) => studentId));
    const { assignments } = matchSessions([row('A', 40), row('B', 60)], students);
    expect(
      new Set(assignments.filter(({ studentId }) => big.has(studentId)).map((a) => a.sessionId)).size,
    ).toBe(1);
  });

  it('splits the class that does not fit rather than overfill one room', () => {
    expect(counts([row('A', 50), row('B', 50)], [...classOf(60, '1班'), ...classOf(40, '2班')])).toEqual({
      A: 50,
      B: 50,
    });
  });

  it('spreads students beyond the plan evenly', () => {
    expect(counts([row('A', 10), row('B', 10)], classOf(30, '1班'))).toEqual({ A: 15, B: 15 });
  });

  it('gives the same result whatever the order of the students', () => {
    const students = [...classOf(35, '1班'), ...classOf(33, '2班'), ...classOf(32, '3班')];
    const sessionOf = (list: StudentToMatch[]) =>
      new Map(
        matchSessions([row('A', 50), row('B', 50)], list).assignments.map((a) => [a.studentId, a.sessionId]),
      );
    expect(sessionOf([...students].reverse())).toEqual(sessionOf(students));
  });

  it('lets the college choose among the rows', () => {
    const sessions = [row('A', 10, '水利学院'), row('B', 10, '建工学院'), row('C', 10)];
    expect(counts(sessions, classOf(12, '1班', '水利学院'))).toEqual({ A: 12 });
    expect(counts(sessions, classOf(5, '1班', '茶学院'))).toEqual({ C: 5 });
  });
});
