import { PHOTO_RULES } from '../../../shared/domain/photo-rules';
import { checkPhotoAdvice, guideAnswers, guideSteps } from '../../../shared/domain/student-guide';

const facts = { lineUpLeadMinutes: 20, refundWorkingDays: 5, checkAfterDays: 45, registryOffice: '学籍科' };

it('answers the five questions, with the figures of the campaign', () => {
  const answers = guideAnswers({ ...facts, supportPhone: '0871-00000002' });
  expect(answers.map(({ key }) => key)).toEqual([
    'recognition_failed',
    'wrong_data',
    'missed_session',
    'not_collected',
    'lost_id',
  ]);
  expect(answers[1]?.answer).toContain('0871-00000002');
  expect(answers[3]?.answer).toContain('5 个工作日');
});

it('asks to come with the own class, on the day of the school while it lasts', () => {
  const missed = guideAnswers(facts).find(({ key }) => key === 'missed_session');
  expect(missed?.answer).toMatch(/尽量跟班级一起.*当天集中采集结束之前到现场都能拍/);
});

it('promises no phone call where there is no number', () => {
  expect(
    guideAnswers(facts)
      .map(({ answer }) => answer)
      .join(),
  ).not.toContain('电话');
});

it('takes the lead for lining up and the day to check the photo from the campaign', () => {
  expect(
    guideSteps(facts)
      .flatMap(({ lines }) => lines)
      .join(),
  ).toContain('提前 20 分钟');
  expect(checkPhotoAdvice(facts).lines.join()).toMatch(/45 天.*学籍科/);
});

it('has one pictogram for every dress rule', () => {
  const keys = Object.values(PHOTO_RULES).flatMap((rules) => rules.map(({ key }) => key));
  expect(new Set(keys).size).toBe(keys.length);
});
