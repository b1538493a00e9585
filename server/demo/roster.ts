import {
  majorKey,
  readMajor,
  servedTrainings,
  TRAINING_LABELS,
  type Training,
} from '../../shared/domain/majors';
import type { GraduationType } from '../../shared/domain/roster';
import { collegeOf } from './colleges';
import { NOTICE_ROWS, type NoticeRow } from './notice-2023-rows';

/** Whoever lends a student name and document; the sandbox's specimen people fit. */
export interface DemoPerson {
  name: string;
  sex: '男' | '女';
  idNumber: string;
}

export interface DemoStudent extends DemoPerson {
  studentNo: string;
  college: string;
  /** In the university's spelling, without the notice's misprint */
  major: string;
  className: string;
  training: Training;
  graduationType: GraduationType;
}

/** 5,334 */
export const DEMO_HEADCOUNT = Object.values(NOTICE_ROWS)
  .flat()
  .reduce((sum, [, headcount]) => sum + headcount, 0);

/**
 * The demo campaign's roster: every row of the timetable gets exactly its headcount, person by person. The order is such
 * that any first N students spread evenly over the rows, and student i is the same whatever N is.
 *
 * @param people one per student: as many as are given, so many students there are
 * @param seed   another seed gives the same places in another order
 * @throws RangeError for more people than the timetable has students
 */
export function demoRoster(people: readonly DemoPerson[], seed = 1): DemoStudent[] {
  if (people.length > DEMO_HEADCOUNT) {
    throw new RangeError(`the demo timetable has ${DEMO_HEADCOUNT} students, not ${people.length}`);
  }
  const places = spreadPlaces(seed);
  return people.flatMap((person, index) => {
    const place = places[index];
    return place ? [enrol(person, place, index)] : [];
  });
}

/** The roster as the office would import it. */
export function demoRosterCsv(students: readonly DemoStudent[]): string {
  const lines = students.map((student) =>
    [
      student.name,
      student.studentNo,
      student.sex,
      student.idNumber,
      student.college,
      student.major,
      student.className,
      TRAINING_LABELS[student.training],
      student.graduationType === 'early' ? '提前毕业' : '应届',
    ].join(','),
  );
  return ['姓名,学号,性别,证件号码,学院,专业,班级,层次,毕业类型', ...lines].join('\n');
}

interface Place {
  rowIndex: number;
  /** 0-based inside the row */
  number: number;
  major: string;
  college: string;
  trainings: readonly Training[];
}

const CLASS_SIZE = 35;

function spreadPlaces(seed: number): Place[] {
  const rows = Object.values(NOTICE_ROWS).flat();
  const ranked = rows.flatMap((row, rowIndex) => placesOf(row, rowIndex, fraction(seed, rowIndex)));
  ranked.sort((a, b) => a.rank - b.rank || a.place.rowIndex - b.place.rowIndex);
  return ranked.map(({ place }) => place);
}

/** Each row's places at equal distances between 0 and 1, shifted by the row's own share of one distance. */
function placesOf(
  [written, headcount, , , remark]: NoticeRow,
  rowIndex: number,
  shift: number,
): { rank: number; place: Place }[] {
  const reading = readMajor(written);
  const major = majorKey(reading);
  const place = { rowIndex, major, college: collegeOf(major), trainings: servedTrainings(reading, remark) };
  return Array.from({ length: headcount }, (_, number) => ({
    rank: (number + shift) / headcount,
    place: { ...place, number },
  }));
}

function enrol(person: DemoPerson, place: Place, index: number): DemoStudent {
  const training = trainingAt(place, index);
  const entryYear = training === 'undergraduate' ? 2019 : 2021;
  const classNumber = Math.floor(place.number / CLASS_SIZE) + 1;
  const seat = (place.number % CLASS_SIZE) + 1;
  const label = training === 'undergraduate' ? '' : TRAINING_LABELS[training];
  return {
    name: person.name,
    sex: person.sex,
    idNumber: person.idNumber,
    studentNo: `${entryYear}${pad(place.rowIndex + 1, 3)}${classNumber}${pad(seat, 2)}`,
    college: place.college,
    major: place.major,
    className: `${place.major}${label}${entryYear % 100}${pad(classNumber, 2)}`,
    training,
    graduationType: training === 'undergraduate' && index % 211 === 13 ? 'early' : 'regular',
  };
}

/** Rows 含专升本 are one quarter 专升本; now and then a second-degree student sits with the undergraduates. */
function trainingAt({ trainings, number }: Place, index: number): Training {
  if (!trainings.includes('undergraduate')) return 'top_up';
  if (index % 307 === 31) return 'second_degree';
  return trainings.includes('top_up') && number % 4 === 3 ? 'top_up' : 'undergraduate';
}

/** A fixed number in [0, 1) for a seed and a row: one step of the 32-bit finaliser of MurmurHash3. */
function fraction(seed: number, row: number): number {
  let hash = Math.imul(seed, 0x9e3779b1) ^ Math.imul(row + 1, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
