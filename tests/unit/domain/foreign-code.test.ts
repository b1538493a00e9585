import { classifyForeignCode } from '../../../shared/domain/foreign-code';

it.each([
  ['a WeChat payment code', '130123456789012345', 'payment_code'],
  ['an Alipay payment code', '281234567890123456', 'payment_code'],
  ['an ID number, which may begin like a payment code', '11010519491231002X', 'document_number'],
  ['an ID number typed in groups', '440524 18800101 0014', 'document_number'],
  ['a pass of a Hong Kong resident', 'h12345678', 'document_number'],
  ['a link', 'https://example.edu.cn/a?b=c', 'link'],
  ['a student number', '2019310123', 'student_no'],
  ['a student number with letters', 'SX20190101', 'student_no'],
  ['an opaque code as CHSI issues them', 'Zk3+f9QmWc7/xY0aBcDeFgHiJkLm==', 'collection_code'],
  ['a word', '签到', 'other'],
  ['nothing', '  ', 'other'],
  ['an endless text', 'A'.repeat(100_000), 'other'],
])('%s', (_, text, expected) => {
  expect(classifyForeignCode(text)).toBe(expected);
});
