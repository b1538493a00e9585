import fc from 'fast-check';
import { parseRoster, readRoster } from '../../../shared/domain/roster';

const HEADER = '姓名,学号,证件号码,学院,专业,班级,层次,毕业类型';
const csv = (...rows: string[]) => [HEADER, ...rows].join('\n');
const GOOD = '王芳,2019310101,11010519491231002X,农学院,农学,农学1901,本科,应届';
const problemsOf = (...rows: string[]) =>
  parseRoster(csv(...rows)).problems.map(({ line, column, code, severity }) => ({
    line,
    column,
    code,
    severity,
  }));

describe('a roster row', () => {
  it('is read into its fields', () => {
    expect(parseRoster(csv(GOOD))).toEqual({
      problems: [],
      rows: [
        {
          line: 2,
          name: '王芳',
          studentNo: '2019310101',
          document: { type: 'resident_id', number: '11010519491231002X' },
          college: '农学院',
          major: '农学',
          majorName: '农学',
          direction: '',
          className: '农学1901',
          training: 'undergraduate',
          graduationType: 'regular',
        },
      ],
    });
  });

  it('is read under other headings, in any order, with full-width and spaced-out cells', () => {
    const { rows, problems } = parseRoster(
      '班级名称\t* 学 号\t学生姓名（必填）\t性别\t所学专业\t专业方向\t培养类型\t毕业情况\n' +
        '土木2001\t＇２０２０３３\t王　芳\t女\t土木工程\t建筑工程方向\t专升本\t提前毕业',
    );
    expect(problems).toEqual([]);
    expect(rows).toEqual([
      {
        line: 2,
        name: '王芳',
        studentNo: '202033',
        sex: 'female',
        college: '',
        major: '土木工程',
        majorName: '土木工程',
        direction: '建筑工程',
        className: '土木2001',
        training: 'top_up',
        graduationType: 'early',
      },
    ]);
  });

  it('needs no document number', () => {
    const { rows, problems } = parseRoster(csv('王芳,2019310101,,农学院,农学,农学1901,本科,应届'));
    expect(problems).toEqual([]);
    expect(rows[0]).not.toHaveProperty('document');
  });

  it('may name another document', () => {
    const text =
      '姓名,学号,专业,证件类型,证件号码\n陈大文,20190001,英语,回乡证,H12345678\nMaria Silva,20190002,英语,护照,E1234567';
    expect(parseRoster(text).rows.map(({ document }) => document)).toEqual([
      { type: 'hk_macao_permit', number: 'H12345678' },
      { type: 'passport', number: 'E1234567' },
    ]);
  });

  it.each([
    ['农学（专升本）', '本科', 'top_up'],
    ['农学', '专升本', 'top_up'],
    ['农学（专升本）', '', 'top_up'],
    ['农学', '第二学士学位', 'second_degree'],
    ['农学', '', 'undergraduate'],
  ])('%s at the level %j is %s', (major, level, training) => {
    expect(parseRoster(csv(`王芳,1001,,农学院,${major},1班,${level},`)).rows[0]?.training).toBe(training);
  });
});

describe('a roster row that is wrong is left out, with the reason per cell', () => {
  it.each([
    ['name', 'name_missing', ' ,1001,,农学院,农学,1班,本科,应届'],
    ['name', 'name_unreadable', '1001,1001,,农学院,农学,1班,本科,应届'],
    ['studentNo', 'student_no_invalid', '王芳,2.01931E+09,,农学院,农学,1班,本科,应届'],
    ['documentNumber', 'document_invalid', '王芳,1001,110105194912310021,农学院,农学,1班,本科,应届'],
    ['documentNumber', 'document_invalid', '王芳,1001,1.10105E+17,农学院,农学,1班,本科,应届'],
    ['documentNumber', 'document_type_unclear', '王芳,1001,E1234567,农学院,农学,1班,本科,应届'],
    ['major', 'major_missing', '王芳,1001,,农学院,,1班,本科,应届'],
    ['training', 'training_unknown', '王芳,1001,,农学院,农学,1班,硕士,应届'],
    ['training', 'training_contradiction', '王芳,1001,,农学院,农学（专升本）,1班,第二学士学位,应届'],
  ])('%s: %s', (column, code, row) => {
    expect(problemsOf(GOOD, row)).toEqual([{ line: 3, column, code, severity: 'error' }]);
    expect(parseRoster(csv(GOOD, row)).rows).toHaveLength(1);
  });

  it('with every reason at once', () => {
    expect(problemsOf(',,,农学院,,1班,博士,应届').map(({ code }) => code)).toEqual([
      'name_missing',
      'student_no_invalid',
      'major_missing',
      'training_unknown',
    ]);
  });

  it('and its document number is in no message', () => {
    const { problems } = parseRoster(csv('王芳,1001,110105194912310021,农学院,农学,1班,本科,应届'));
    expect(JSON.stringify(problems)).not.toContain('110105194912310021');
  });
});

describe('duplicates', () => {
  it('of a student number are refused, naming the first line', () => {
    const { rows, problems } = parseRoster(csv(GOOD, GOOD.replace('王芳', '李芳').replace(/,\d{17}X/, ',')));
    expect(rows.map(({ name }) => name)).toEqual(['王芳']);
    expect(problems).toMatchObject([
      { code: 'duplicate_student_no', line: 3, message: expect.stringContaining('第 2 行') },
    ]);
  });

  it('of a person are taken with a warning: one person may have two enrolments', () => {
    const { rows, problems } = parseRoster(csv(GOOD, GOOD.replace('2019310101', '2021310101')));
    expect(rows).toHaveLength(2);
    expect(problems).toMatchObject([{ code: 'duplicate_document', severity: 'warning' }]);
  });
});

describe('a roster row that can be taken, with a note', () => {
  it.each([
    ['college_missing', 'warning', '王芳,1001,,,农学,1班,本科,应届'],
    ['major_corrected', 'info', '王芳,1001,,机电学院,机械设计制造其自动化,1班,本科,应届'],
    ['graduation_type_unknown', 'warning', '王芳,1001,,农学院,农学,1班,本科,结业'],
  ])('%s', (code, severity, row) => {
    const { rows, problems } = parseRoster(csv(row));
    expect(rows).toHaveLength(1);
    expect(problems).toMatchObject([{ code, severity, line: 2 }]);
  });
});

describe('a file that is no roster', () => {
  it.each([
    ['header_missing', '各位同学：\n明天放假'],
    ['header_missing', ''],
    ['column_missing', '姓名,学号\n王芳,1001'],
    ['no_rows', HEADER],
  ])('%s', (code, text) => {
    expect(parseRoster(text)).toMatchObject({ rows: [], problems: [{ code, severity: 'error' }] });
  });

  it('never makes the reader throw', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('姓名', '学号', '专业', '证件号码', ...GOOD.split(',')),
    );
    fc.assert(
      fc.property(fc.array(fc.array(cell)), (table) => {
        const grid = [HEADER.split(','), ...table].map((cells, index) => ({ line: index + 1, cells }));
        for (const row of readRoster(grid).rows) expect(row.studentNo).toMatch(/^[A-Z0-9]/);
      }),
    );
  });
});

it('lists as many problems as the caller wants to offer for download', () => {
  const rows = Array.from({ length: 600 }, () => ',,,,,,,');
  const spoilt = csv(...rows.map((row) => `x${row}`));
  expect(parseRoster(spoilt).problems.length).toBe(501);
  expect(parseRoster(spoilt, { problemLimit: 10_000 }).problems.length).toBeGreaterThan(1200);
});
