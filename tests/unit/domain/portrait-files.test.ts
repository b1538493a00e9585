import {
  matchPortraits,
  portraitName,
  templateProblem,
  USUAL_TEMPLATE,
} from '../../../shared/domain/portrait-files';

const facts = {
  studentNo: '2019310412',
  name: '李青禾',
  className: '1/2 班',
  room: 'C区202',
  shotNumber: 37,
};

it.each([
  [USUAL_TEMPLATE, '2019310412_李青禾'],
  ['{教室}_{序号}', 'C区202_0037'],
  ['{班级} {姓名}{学号}', '1_2 班 李青禾2019310412'],
])('names a portrait by %s', (template, name) => {
  expect(portraitName(template, facts)).toBe(name);
});

it.each([
  ['{姓名}', /重名/],
  ['{序号}_{姓名}', /重名/],
  ['{身份证号}_{学号}', /\{身份证号\}.*可用 \{学号\}/],
])('refuses the template %s in words', (template, words) => {
  expect(templateProblem(template)).toMatch(words);
});

describe('the files that come back', () => {
  const expected = ['1_甲', '2_乙', '3_丙', '4_丁'].map((name) => ({ of: name, name }));

  it('are matched whatever folder, ending and copy mark they have; the rest is named', () => {
    const files = [
      '照片/1_甲.JPG',
      '2_乙.jpg',
      '2_乙 (1).jpg',
      '重拍/2_乙 - 副本.jpeg',
      '５_戊.jpg',
      '3_丙.txt',
      '照片/.DS_Store',
      'Thumbs.db',
    ];
    expect(matchPortraits(expected, files)).toEqual({
      matched: 2,
      missing: ['3_丙', '4_丁'],
      extra: ['５_戊.jpg', '3_丙.txt'],
      duplicate: [{ of: '2_乙', files: ['2_乙.jpg', '2_乙 (1).jpg', '重拍/2_乙 - 副本.jpeg'] }],
    });
  });

  it('are all missing when nothing came back', () => {
    expect(matchPortraits(expected, [])).toMatchObject({ matched: 0, missing: expected.map(({ of }) => of) });
  });
});
