import fc from 'fast-check';
import {
  aliasTable,
  majorKey,
  readMajor,
  readTraining,
  servedTrainings,
} from '../../../shared/domain/majors';

describe('a major as written in timetables and rosters', () => {
  it.each([
    ['农学', '农学', '', []],
    ['农学（专升本）', '农学', '', ['top_up']],
    ['工程管理(专升本)', '工程管理', '', ['top_up']],
    ['园艺(专升本）', '园艺', '', ['top_up']],
    ['土木工程（建筑工程）专升本', '土木工程', '建筑工程', ['top_up']],
    ['【专升本】园艺', '园艺', '', ['top_up']],
    ['英语-专升本', '英语', '', ['top_up']],
    ['茶学［含专升本］', '茶学', '', ['undergraduate', 'top_up']],
    ['法学（第二学士学位）', '法学', '', ['second_degree']],
    ['土木工程（建筑工程方向）', '土木工程', '建筑工程', []],
    ['土木工程　（ 建筑工程 ）', '土木工程', '建筑工程', []],
    ['农林经济管理（中外合作办学）', '农林经济管理', '中外合作办学项目', []],
    ['土木工程（建筑工程', '土木工程', '建筑工程', []],
    ['', '', '', []],
  ])('%s', (text, name, direction, trainings) => {
    expect(readMajor(text)).toEqual({ name, direction, trainings });
  });

  it('is corrected by the alias table, and says so', () => {
    expect(readMajor('机械设计制造其自动化(专升本）')).toEqual({
      name: '机械设计制造及其自动化',
      direction: '',
      trainings: ['top_up'],
      correctedFrom: '机械设计制造其自动化',
    });
  });

  it('is corrected by the aliases a campaign adds', () => {
    const aliases = aliasTable([{ from: '计科', to: '计算机科学与技术' }]);
    expect(readMajor('计 科（专升本）', aliases).name).toBe('计算机科学与技术');
    expect(readMajor('机械设计制造其自动化', aliases).name).toBe('机械设计制造及其自动化');
  });

  it('meets its other spellings in one key, and never another direction', () => {
    const key = (text: string) => majorKey(readMajor(text));
    expect(key('土木工程（建筑工程）专升本')).toBe(key('土木工程[建筑工程方向]'));
    expect(key('土木工程（建筑工程）')).not.toBe(key('土木工程'));
  });

  it('never makes the reader throw', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof readMajor(text).name === 'string'));
  });
});

describe('whom a timetable row serves', () => {
  it.each([
    ['茶学', '', ['undergraduate']],
    ['茶学', '含专升本', ['undergraduate', 'top_up']],
    ['农学（专升本）', '', ['top_up']],
    ['法学', '含第二学士学位', ['undergraduate', 'second_degree']],
    ['土木工程', '水利学院', ['undergraduate']],
  ])('%s with the remark %j', (major, remark, trainings) => {
    expect(servedTrainings(readMajor(major), remark)).toEqual(trainings);
  });
});

describe('层次 and 培养类型 of a roster', () => {
  it.each([
    ['本科', 'undergraduate'],
    ['普通本科', 'undergraduate'],
    ['本科生', 'undergraduate'],
    ['专升本', 'top_up'],
    ['本科（专升本）', 'top_up'],
    ['专科起点本科', 'top_up'],
    ['第二学士学位', 'second_degree'],
    ['二学位', 'second_degree'],
    ['硕士', undefined],
    ['', undefined],
  ])('%s', (text, training) => {
    expect(readTraining(text)).toBe(training);
  });
});
