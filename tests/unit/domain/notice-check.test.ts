import { NOTICE_2023_AS_PUBLISHED, noticeTableText } from '../../../server/demo/notice-2023';
import { checkNotice, type NoticeFacts } from '../../../shared/domain/notice-check';
import type { RosterCount } from '../../../shared/domain/notice-check-roster';
import { NOTICE_FINDINGS } from '../../../shared/domain/notice-findings';
import { parseTimetable } from '../../../shared/domain/timetable';

const noticeRows = parseTimetable(noticeTableText(), { year: 2022 }).rows;

describe('the notice of 2023 as it was published', () => {
  const findings = checkNotice(NOTICE_2023_AS_PUBLISHED, noticeRows);

  it('is found to have exactly its own mistakes', () => {
    const majorOf = new Map(noticeRows.map(({ line, major }) => [line, major]));
    expect(findings.map(({ code, line, room }) => [code, room, line && majorOf.get(line)])).toEqual([
      ['room_not_announced', 'C区202', '茶学'],
      ['room_without_sessions', 'C区205', undefined],
      ['outside_hours', 'C区204', '建筑环境与能源应用工程'],
      ['too_tight', 'C区202', '植物保护'],
      ['too_tight', 'C区203', '电气工程及其自动化（专升本）'],
      ['early_graduates_without_session', undefined, undefined],
      ['second_degree_without_session', undefined, undefined],
      ['support_phone_missing', undefined, undefined],
      ['date_incomplete', undefined, undefined],
      ['rules_contradict_choice', undefined, undefined],
      ['rules_contradict_lost_id', undefined, undefined],
    ]);
  });

  it('is told the figures: 10.8 and 13.0 seconds a student, the end at 12:05, the date without its 日', () => {
    const messages = findings.map(({ message }) => message).join('\n');
    for (const figure of ['10.8 秒', '13.0 秒', '11:55–12:05', '缺少“日”'])
      expect(messages).toContain(figure);
  });
});

const TABLE = `专业\t人数\t时间\t备注\t地点
\t\t逸夫楼C区202
茶学\t40\t2022年11月19日 8:30-8:40\t含专升本
农学\t40\t2022年11月19日 8:40-8:50
法学（第二学士学位）\t20\t2022年11月19日 13:00-13:10`;
const rowsOf = (text: string) => parseTimetable(text).rows;
const clean: NoticeFacts = {
  collectionDays: [
    {
      day: '2022-11-19',
      hours: [
        { from: '08:30', to: '12:00' },
        { from: '13:00', to: '16:30' },
      ],
    },
  ],
  rooms: ['C区202'],
  minSecondsPerStudent: 15,
  rules: {
    studentsChooseSession: false,
    ownSessionOnly: true,
    onSiteNeedsOriginalId: true,
    lostIdBooksOnSite: true,
    otherEvidenceOnSite: true,
  },
  supportPhone: '0871-00000002',
  dates: [
    { about: '采集时间', text: '２０２２年１１月１９日' },
    { about: '截止', text: '2023-04-30' },
  ],
  earlyGraduates: { placement: 'with_same_major', counted: true },
  secondDegree: { placement: 'own_rows', counted: false },
  roster: [
    { majorName: '茶学', direction: '', training: 'undergraduate', students: 30 },
    { majorName: '茶学', direction: '', training: 'top_up', students: 10 },
    { majorName: '农学', direction: '', training: 'undergraduate', students: 40 },
    { majorName: '法学', direction: '', training: 'second_degree', students: 20 },
  ],
};
const codes = (facts: Partial<NoticeFacts>, text = TABLE) =>
  checkNotice({ ...clean, ...facts }, rowsOf(text)).map(({ code }) => code);
const rosterWith = (...changes: RosterCount[]) => [...(clean.roster ?? []), ...changes];

it('a clean notice has no findings', () => expect(checkNotice(clean, rowsOf(TABLE))).toEqual([]));

describe('each kind of mistake is found alone', () => {
  const mistakes: Record<(typeof NOTICE_FINDINGS)[number], () => string[]> = {
    room_not_announced: () =>
      codes({}, `${TABLE}\n逸夫楼C区203\n茶学\t1\t2022年11月19日 8:30-8:40\t含专升本`).slice(0, 1),
    room_without_sessions: () => codes({ rooms: ['C区202', 'C区203'] }),
    day_not_announced: () => codes({ collectionDays: [{ day: '2022-11-20', hours: [] }] }).slice(0, 1),
    outside_hours: () => codes({}, TABLE.replace('13:00-13:10', '12:55-13:10')),
    overlap: () => codes({}, TABLE.replace('8:40-8:50', '8:35-8:50')),
    too_tight: () => codes({}, TABLE.replace('8:40-8:50', '8:40-8:45')),
    early_graduates_without_session: () =>
      codes({ earlyGraduates: { placement: 'not_said', counted: false } }),
    second_degree_without_session: () =>
      codes({ roster: undefined }, TABLE.replace('法学（第二学士学位）', '法学')),
    support_phone_missing: () => codes({ supportPhone: ' ' }),
    date_incomplete: () => codes({ dates: [{ about: '采集时间', text: '11月19日' }] }),
    rules_contradict_choice: () => codes({ rules: { ...clean.rules, studentsChooseSession: true } }),
    rules_contradict_lost_id: () => codes({ rules: { ...clean.rules, otherEvidenceOnSite: false } }),
    headcount_differs: () => codes({}, TABLE.replace('农学\t40', '农学\t39')),
    major_without_students: () =>
      codes({ roster: clean.roster?.filter(({ majorName }) => majorName !== '农学') }),
    students_without_session: () =>
      codes({
        roster: rosterWith({ majorName: '天文学', direction: '', training: 'undergraduate', students: 3 }),
      }),
  };

  it.each(NOTICE_FINDINGS)('%s', (code) => expect(mistakes[code]()).toEqual([code]));
});

describe('the roster comparison', () => {
  it('adds up several rows of one group', () => {
    const split = TABLE.replace(
      '农学\t40\t2022年11月19日 8:40-8:50',
      '农学\t25\t2022年11月19日 8:40-8:50\n农学\t15\t2022年11月19日 8:50-9:00',
    );
    expect(codes({}, split)).toEqual([]);
  });

  it('counts second-degree students with their major where they have no row', () => {
    const secondDegree = {
      majorName: '农学',
      direction: '',
      training: 'second_degree',
      students: 2,
    } as const;
    expect(
      codes(
        { roster: rosterWith(secondDegree) },
        TABLE.replace('农学\t40', '农学\t42').replace('8:40-8:50', '8:40-8:51'),
      ),
    ).toEqual([]);
  });

  it('says how many are too many or too few, and where', () => {
    const [finding] = checkNotice(clean, rowsOf(TABLE.replace('农学\t40', '农学\t38')));
    expect(finding).toMatchObject({ code: 'headcount_differs', line: 4, room: 'C区202' });
    expect(finding?.message).toContain('多 2 人');
  });
});
