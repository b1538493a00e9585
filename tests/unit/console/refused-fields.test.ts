import { ApiError, refusedFields } from '../../../server/console/api/errors';

const refused = (fields: Record<string, string>) =>
  refusedFields(new ApiError(400, 'BAD_REQUEST', '内容不对', { fields }, 'r1'), 'draft');

it('says a rule of the business in its own words, at its field', () => {
  expect(refused({ 'draft.days.0.day': '这一天写了两次，请只留一行' })).toEqual([
    { name: ['days', 0, 'day'], errors: ['这一天写了两次，请只留一行'] },
  ]);
});

it('translates what the contract refuses, and never shows a code', () => {
  expect(refused({ login: 'invalid_format', colleges: 'too_small', role: 'invalid_union' })).toEqual([
    { name: ['login'], errors: ['格式不对'] },
    { name: ['colleges'], errors: ['内容太短、太小，或没有填写'] },
    { name: ['role'], errors: ['这里的内容不对，请检查'] },
  ]);
});
