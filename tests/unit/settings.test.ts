import { readEnv, SettingsError } from '../../server/env';

function problemsOf(source: Record<string, string>): readonly string[] {
  try {
    readEnv(source);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

it('says in Chinese which settings are wrong, what is there and what would be right; of secrets only that', () => {
  const problems = problemsOf({ PORT: '99999', LOG_LEVEL: 'loud', WECHAT_SECRET: 'short' });
  expect(problems).toEqual(
    expect.arrayContaining([
      'PUBLIC_URL 没有设置',
      expect.stringMatching(/^PORT 现在是 "99999"：数值过大/),
      expect.stringMatching(/^LOG_LEVEL 现在是 "loud"：无效选项/),
    ]),
  );
  expect(problems.join()).not.toContain('short');
  expect(problems.filter((problem) => !/\p{Script=Han}/u.test(problem))).toEqual([]);
});
