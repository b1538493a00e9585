import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_CAMPAIGN, NOTICE_2023_AS_PUBLISHED, noticeTableText } from '../../../server/demo/notice-2023';
import { NOTICE_ROWS } from '../../../server/demo/notice-2023-rows';
import { DEMO_HEADCOUNT, type DemoPerson, demoRoster, demoRosterCsv } from '../../../server/demo/roster';
import { CampaignDraft } from '../../../shared/contract/campaigns';
import { citizenCheckCharacter } from '../../../shared/domain/documents';
import { matchSessions } from '../../../shared/domain/match-sessions';
import { checkNotice } from '../../../shared/domain/notice-check';
import { parseRoster, type RosterRow } from '../../../shared/domain/roster';
import { parseTimetable, type TimetableRow } from '../../../shared/domain/timetable';

const pasted = readFileSync(join(__dirname, '../../fixtures/timetable-2023.txt'), 'utf8');
const { rows } = parseTimetable(pasted, { year: 2022 });
const figures = ({ building, room, major, headcount, day, startsAt, endsAt, remark }: TimetableRow) => ({
  building,
  room,
  major,
  headcount,
  day,
  startsAt,
  endsAt,
  remark,
});

const person = (index: number): DemoPerson => {
  const first17 = `530102200${index % 10}0101${String(index).padStart(4, '0')}`.slice(0, 17);
  return {
    name: '样本人',
    sex: index % 2 === 0 ? '女' : '男',
    idNumber: first17 + citizenCheckCharacter(first17),
  };
};
const people = (count: number) => Array.from({ length: count }, (_, index) => person(index));
const tally = <T>(list: readonly T[], keyOf: (item: T) => string) => {
  const counts: Record<string, number> = {};
  for (const item of list) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1;
  return counts;
};

describe("the demo campaign's timetable", () => {
  it("is the notice's, row for row", () => {
    const carried = Object.entries(NOTICE_ROWS).flatMap(([room, list]) =>
      list.map(([major, headcount, startsAt, endsAt, remark = '']) => ({
        building: '逸夫楼',
        room,
        major,
        headcount,
        day: '2022-11-19',
        startsAt,
        endsAt,
        remark,
      })),
    );
    expect(carried).toEqual(rows.map(figures));
  });

  it('pasted as text gives the same rows', () => {
    expect(parseTimetable(noticeTableText(), { year: 2022 }).rows.map(figures)).toEqual(rows.map(figures));
  });

  it("carries the notice's own figures: whom, when, where, what it costs and on what ground, until when", () => {
    expect(DEMO_CAMPAIGN).toMatchObject({
      name: '2023 届本科毕业生图像采集',
      graduationYear: 2023,
      collectionDays: [
        {
          day: '2022-11-19',
          hours: [
            { from: '08:30', to: '12:00' },
            { from: '13:00', to: '16:30' },
          ],
        },
      ],
      place: '逸夫楼',
      feeBasis: '云教函[2013]165号',
      rules: { lineUpLeadMinutes: 15, allowOtherSessions: false, secondDegree: 'with_same_major' },
      registryOffice: '教务处学籍学历和信息管理科',
      makeUp: { deadline: '2023-04-30', closedOnPublicHolidays: true, weekdays: [2, 3, 4, 5, 6, 0] },
    });
    expect(DEMO_CAMPAIGN.rooms).toHaveLength(4);
    expect(DEMO_CAMPAIGN.feeItems.map(({ name, amountFen }) => [name, amountFen])).toEqual([
      ['拍摄费', 1500],
      ['上网信息网页制作费', 1500],
    ]);
  });

  it('is a valid campaign draft', () => {
    const draft = { ...DEMO_CAMPAIGN, merchantId: '0123456789abcdef01234567' };
    expect(CampaignDraft.parse(draft)).toEqual(draft);
  });
});

describe("the demo campaign's roster", () => {
  const roster = parseRoster(demoRosterCsv(demoRoster(people(DEMO_HEADCOUNT))));

  it('has 5,334 valid students', () => {
    expect(DEMO_HEADCOUNT).toBe(5334);
    expect(roster.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(roster.rows).toHaveLength(5334);
  });

  it('fills every session with exactly its headcount', () => {
    const groups = rows.map((row) => ({ ...row, sessionId: `${row.room} ${row.startsAt}` }));
    const students = roster.rows.map((row) => ({ ...row, studentId: row.studentNo }));
    const { assignments, unmatched } = matchSessions(groups, students, DEMO_CAMPAIGN.rules.secondDegree);
    expect(unmatched).toEqual([]);
    expect(tally(assignments, ({ sessionId }) => sessionId)).toEqual(
      Object.fromEntries(groups.map(({ sessionId, headcount }) => [sessionId, headcount])),
    );
  });

  it('has a few early graduates and second-degree students, and 专升本 in the rows that say so', () => {
    expect(tally(roster.rows, ({ graduationType }) => graduationType).early).toBeGreaterThan(10);
    expect(tally(roster.rows, ({ training }) => training).second_degree).toBeGreaterThan(5);
    expect(roster.rows.filter(isTeaTopUp).length).toBeGreaterThan(20);
  });

  it('agrees with the timetable, so that the notice check finds nothing more', () => {
    const counts = roster.rows.map(({ majorName, direction, training }) => ({
      majorName,
      direction,
      training,
      students: 1,
    }));
    const withRoster = checkNotice({ ...NOTICE_2023_AS_PUBLISHED, roster: counts }, rows);
    expect(withRoster).toEqual(checkNotice(NOTICE_2023_AS_PUBLISHED, rows));
  });

  it('is the same for the same seed, and its first 300 reach every session', () => {
    const full = demoRoster(people(DEMO_HEADCOUNT));
    const some = demoRoster(people(300));
    expect(some).toEqual(full.slice(0, 300));
    expect(demoRoster(people(300), 2).map(({ studentNo }) => studentNo)).not.toEqual(
      some.map(({ studentNo }) => studentNo),
    );
    expect(new Set(some.map(({ studentNo }) => studentNo.slice(4, 7))).size).toBe(103);
    expect(some.some(({ graduationType }) => graduationType === 'early')).toBe(true);
    expect(some.some(({ training }) => training === 'second_degree')).toBe(true);
  });

  it('refuses more people than the timetable has students', () => {
    expect(() => demoRoster(people(DEMO_HEADCOUNT + 1))).toThrow(RangeError);
  });
});

function isTeaTopUp({ majorName, training }: RosterRow): boolean {
  return majorName === '茶学' && training === 'top_up';
}
