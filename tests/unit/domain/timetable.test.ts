import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseTimetable, type TimetableRow } from '../../../shared/domain/timetable';

const notice = readFileSync(join(__dirname, '../../fixtures/timetable-2023.txt'), 'utf8');
const parse = (text: string) => parseTimetable(text, { year: 2022 });
const codes = (text: string) => parse(text).problems.map(({ code }) => code);
const figures = (row: TimetableRow) =>
  [row.building, row.room, row.major, row.headcount, row.day, row.startsAt, row.endsAt, row.remark].join('|');

describe("the real notice's table", () => {
  const { rows, problems } = parse(notice);
  const inRoom = (room: string) => rows.filter((row) => row.room === room);
  const headcount = (some: TimetableRow[]) => some.reduce((sum, row) => sum + row.headcount, 0);

  it('has 103 rows with 5,334 students, 2,755 of them in the morning', () => {
    expect(rows).toHaveLength(103);
    expect(headcount(rows)).toBe(5334);
    expect(headcount(rows.filter(({ startsAt }) => startsAt < '12:00'))).toBe(2755);
  });

  it.each([
    ['C区202', 26, 1387],
    ['C区203', 22, 1345],
    ['C区204', 28, 1337],
    ['C区207', 27, 1265],
  ])('has in %s %i rows with %i students', (room, count, students) => {
    expect(inRoom(room)).toHaveLength(count);
    expect(headcount(inRoom(room))).toBe(students);
  });

  it('is all on one day in one building', () => {
    expect(new Set(rows.map(({ building, day }) => `${building} ${day}`))).toEqual(
      new Set(['逸夫楼 2022-11-19']),
    );
  });

  it.each([
    ['the first row', 0, '逸夫楼|C区202|茶学|127|2022-11-19|08:30|09:10|含专升本'],
    [
      'mixed colons and spaces (14：20—14:   30)',
      40,
      '逸夫楼|C区203|水土保持与荒漠化防治|24|2022-11-19|14:20|14:30|',
    ],
    [
      '专升本 behind the brackets',
      74,
      '逸夫楼|C区204|土木工程（建筑工程）专升本|61|2022-11-19|15:50|16:10|建工学院',
    ],
    [
      "no trace of the banner row's remark",
      76,
      '逸夫楼|C区207|土木工程（建筑工程）|83|2022-11-19|08:30|08:55|',
    ],
    [
      'the last row, with three cells',
      102,
      '逸夫楼|C区207|土木工程（中外合作办学项目）|83|2022-11-19|15:40|16:10|',
    ],
  ])('reads %s', (_, index, expected) => {
    const row = rows[index];
    expect(row && figures(row)).toBe(expected);
  });

  it('notes the one misspelt major and nothing else', () => {
    expect(problems).toEqual([
      expect.objectContaining({ code: 'major_corrected', severity: 'info', column: 'major' }),
    ]);
  });

  it('tells on which line each row begins', () => {
    const lines = notice.split('\n');
    for (const row of rows) expect(lines[row.line - 1]?.trim()).toBe(row.major);
  });

  it('ends where 附件2 follows without a break', () => {
    const followed = `${notice.trimEnd()}\n 附件2：预约注意事项\n\n\t农学\n\t30\n\t11月19日 8:30-8:40\n`;
    expect(parse(followed)).toEqual(parse(notice));
    expect(parse(notice.trimEnd() + followed.slice(notice.trimEnd().length + 1))).toEqual(parse(notice));
  });

  it.each<[string, (blocks: string[][]) => string]>([
    ['tabs, as copied from Word', (blocks) => blocks.map((cells) => cells.join('\t')).join('\r\n')],
    ['commas', (blocks) => blocks.map((cells) => cells.map((cell) => `"${cell}"`).join(',')).join('\n')],
    [
      'one cell a line, trimmed by a mail program',
      (blocks) => blocks.map((cells) => cells.map((cell) => cell.trim()).join('\n')).join('\n\n'),
    ],
  ])('reads the same rows from %s', (_, write) => {
    const blocks = notice
      .split('\n\n')
      .map((block) => block.split('\n').map((cell) => cell.replace(/^\t/, '')));
    expect(parse(write(blocks)).rows.map(figures)).toEqual(rows.map(figures));
  });
});

const table = (...rows: string[]) => ['专业\t人数\t时间\t备注\t地点', ...rows].join('\n');

describe('a pasted table', () => {
  it('may name its columns differently, in another order, with the date in a column of its own', () => {
    const { rows, problems } = parse(
      '采集地点\t采集日期\t采集时间\t学院\t专业名称\t人 数（人）\n' +
        '逸夫楼C区202教室\t2022/11/19\t８：３０～９：１０\t茶学院\t茶学\t１２７人\n' +
        '逸夫楼C区202教室\t\t9时10分至9时30分\t大数据学院\t网络工程\t32\n',
    );
    expect(problems).toEqual([]);
    expect(rows.map(figures)).toEqual([
      '逸夫楼|C区202|茶学|127|2022-11-19|08:30|09:10|',
      '逸夫楼|C区202|网络工程|32|2022-11-19|09:10|09:30|',
    ]);
    expect(rows.map(({ college }) => college)).toEqual(['茶学院', '大数据学院']);
  });

  it('may have its start and end in two columns', () => {
    const { rows } = parse(
      '专业\t人数\t日期\t开始时间\t结束时间\t教室\n农学\t30\t11月19日\t8:30\t8:40\tA101\n',
    );
    expect(rows.map(figures)).toEqual(['|A101|农学|30|2022-11-19|08:30|08:40|']);
  });

  it("may carry Excel's quotes, with line ends and tabs inside a cell", () => {
    const { rows } = parse(
      table('逸夫楼C区202', '农学\t30\t"11月19日（星期六）\n上午 8:30-8:40"\t"含""专升本"""\t'),
    );
    expect(rows.map(({ startsAt, line }) => [startsAt, line])).toEqual([['08:30', 3]]);
  });

  it('keeps its rows apart when a quote is never closed', () => {
    const { rows } = parse(
      table('逸夫楼C区202', '农学\t30\t11月19日 8:30-8:40\t"备注\t', '园艺\t30\t11月19日 8:40-8:50\t\t'),
    );
    expect(rows.map(({ major }) => major)).toEqual(['农学', '园艺']);
  });

  it('may repeat its header on every page and end with a correct total', () => {
    const { rows, problems } = parse(
      table(
        '逸夫楼C区202',
        '农学\t30\t11月19日 8:30-8:40',
        '专业\t人数\t时间',
        '园艺\t20\t11月19日 8:40-8:50',
        '合计\t50',
      ),
    );
    expect(rows).toHaveLength(2);
    expect(problems).toEqual([]);
  });
});

describe('the room of a row', () => {
  it('is that of the banner; a contradicting 地点 cell is only noted', () => {
    const { rows, problems } = parse(table('\t\t逸夫楼C区202', '农学\t30\t11月19日 8:30-8:40\t\tC区203'));
    expect(rows.map(({ room }) => room)).toEqual(['C区202']);
    expect(problems).toMatchObject([
      { code: 'room_contradiction', severity: 'warning', column: 'room', line: 3 },
    ]);
  });

  it('may stand in a banner merged across all columns', () => {
    expect(parse(table('逸夫楼C区202\t\t\t\t', '农学\t30\t11月19日 8:30-8:40')).rows.map(figures)).toEqual([
      '逸夫楼|C区202|农学|30|2022-11-19|08:30|08:40|',
    ]);
  });

  it('is carried down merged 地点 cells when there is no banner, and said so', () => {
    const { rows, problems } = parse(
      table('农学\t30\t11月19日 8:30-8:40\t\t逸夫楼C区202', '园艺\t30\t11月19日 8:40-8:50\t\t'),
    );
    expect(rows.map(({ room }) => room)).toEqual(['C区202', 'C区202']);
    expect(problems).toMatchObject([{ code: 'room_carried_down', severity: 'warning', line: 3 }]);
  });
});

describe('a row that cannot be read is left out, with the reason', () => {
  it.each([
    ['major_missing', '　\t30\t11月19日 8:30-8:40'],
    ['headcount_unreadable', '农学\t三十\t11月19日 8:30-8:40'],
    ['headcount_unreadable', '农学\t0\t11月19日 8:30-8:40'],
    ['time_missing', '农学\t30\t'],
    ['time_unreadable', '农学\t30\t11月19日上午'],
    ['time_unreadable', '农学\t30\t11月19日 8:75-9:00'],
    ['date_missing', '农学\t30\t8:30-8:40'],
    ['date_impossible', '农学\t30\t11月31日 8:30-8:40'],
    ['weekday_mismatch', '农学\t30\t11月19日（星期五）8:30-8:40'],
    ['half_day_mismatch', '农学\t30\t11月19日上午 14:30-14:40'],
    ['half_day_mismatch', '农学\t30\t11月19日下午 8:30-8:40'],
    ['time_order', '农学\t30\t11月19日 8:40-8:30'],
  ])('%s', (code, row) => {
    const { rows, problems } = parse(table('逸夫楼C区202', row));
    expect(rows).toEqual([]);
    expect(problems).toMatchObject([{ code, severity: 'error', line: 3 }]);
  });

  it('room_missing', () => expect(codes(table('农学\t30\t11月19日 8:30-8:40'))).toEqual(['room_missing']));

  it('year_missing, when neither the cell nor the caller names one', () => {
    const { problems } = parseTimetable(table('逸夫楼C区202', '农学\t30\t11月19日 8:30-8:40'));
    expect(problems).toMatchObject([{ code: 'year_missing' }]);
  });

  it('with every reason at once', () => {
    expect(codes(table('逸夫楼C区202', '\t很多\t11月19日'))).toEqual([
      'major_missing',
      'headcount_unreadable',
      'time_unreadable',
    ]);
  });
});

describe('a row that can be read in one way only is taken, with a note', () => {
  it.each([
    ['twelve_hour_clock', '农学\t30\t11月19日下午 2:30-2:40', 1],
    ['not_a_row', '注：请带身份证', 0],
    ['total_mismatch', '总计\t31', 0],
  ])('%s', (code, row, rows) => {
    const reading = parse(table('逸夫楼C区202', row, '园艺\t30\t11月19日 16:00-16:10'));
    expect(reading.rows).toHaveLength(rows + 1);
    expect(reading.problems.map((problem) => problem.code)).toEqual([code]);
  });

  it('下午 2:30 is 14:30', () => {
    const { rows } = parse(table('逸夫楼C区202', '农学\t30\t11月19日下午 2:30-2:40'));
    expect(rows.map(({ startsAt, endsAt }) => [startsAt, endsAt])).toEqual([['14:30', '14:40']]);
  });
});

describe('a text that is no timetable', () => {
  it('yields a problem for every line of it and no rows', () => {
    const { rows, problems } = parse('各位同学：\n\n明天放假。\n\n教务处');
    expect(rows).toEqual([]);
    expect(problems.map(({ line, code }) => [line, code])).toEqual([
      [1, 'header_missing'],
      [1, 'not_a_row'],
      [3, 'not_a_row'],
      [5, 'not_a_row'],
    ]);
  });

  it('says so when there is a header and nothing below', () => {
    expect(codes(table())).toEqual(['no_rows']);
    expect(codes('')).toEqual(['header_missing']);
  });

  it('is refused beyond five thousand rows', () => {
    const { rows, problems } = parse(
      table('逸夫楼C区202', ...Array(5001).fill('农学\t30\t11月19日 8:30-8:40')),
    );
    expect(rows).toHaveLength(4998);
    expect(problems).toMatchObject([{ code: 'too_many_rows', severity: 'error', line: 5001 }]);
  });

  it('never throws, and never gives a row that is not one', () => {
    const fragment = fc.constantFrom(
      '专业\t人数\t时间\t备注\t地点',
      '专业',
      '逸夫楼C区202',
      '农学\t30\t11月19日 8:30-8:40',
      '"',
      '\t',
      '\n',
      '\n\n',
      '　',
      ',',
      '附件2：',
      '11月19日（星期六）上午 8：30—9：10',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.oneof(fragment, fc.string())).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, (pasted) => {
        const { rows } = parse(pasted);
        for (const row of rows) {
          expect(row).toMatchObject({
            major: expect.stringMatching(/\S/),
            room: expect.stringMatching(/\S/),
          });
          expect(row.headcount).toBeGreaterThan(0);
          expect(row.startsAt < row.endsAt).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  // Each of these takes hours with one quadratic step; jest's time limit is the assertion.
  it.each([
    ['one line', 'a'],
    ['blanks', ' '],
    ['tabs', '\t'],
    ['line ends', '\n'],
    ['quotes', '\t"""'],
    ['open brackets', '（('],
    ['digits', '1'],
    ['digits and colons', '1: '],
    ['dashes', '1—'],
    ['half appendices', '附件 '],
    ['commas', ',"'],
    ['rows', '农学\t30\t11月19日 8:30-8:40\n'],
    ['broken rows', '农学\t三十\t11月39日 8:30-\n'],
  ])('costs linear time on two megabytes of %s', (_, unit) => {
    const hostile = unit.repeat(Math.ceil(2_000_000 / unit.length));
    for (const text of [hostile, `${table('逸夫楼C区202')}\n${hostile}`]) {
      expect(parse(text).problems.length).toBeLessThanOrEqual(501);
    }
  });
});
