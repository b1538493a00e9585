import fc from 'fast-check';
import {
  checkBankCard,
  groupBankCard,
  lastFourDigits,
  maskBankCard,
  passesLuhn,
} from '../../../shared/domain/bank-card';
import { checkName, isSameName, maskName, normaliseName } from '../../../shared/domain/person-name';
import { checkPhone, maskPhone } from '../../../shared/domain/phone-number';
import { checkStudentNo } from '../../../shared/domain/student-no';

describe('names', () => {
  it.each([
    ['王　芳', '王芳'],
    [' 王 芳 ', '王芳'],
    ['买买提．艾力', '买买提·艾力'],
    ['买买提•艾力', '买买提·艾力'],
    ['买买提 · 艾力', '买买提·艾力'],
    ['阿卜杜拉.买买提', '阿卜杜拉·买买提'],
    ['ＭＡＲＩＡ  Silva', 'MARIA Silva'],
  ])('%s is written %s', (text, name) => {
    expect(normaliseName(text)).toBe(name);
  });

  it('from card and roster are the same whatever the dot, the spaces and the letter case', () => {
    expect(isSameName('买买提·艾力', '买买提．艾力')).toBe(true);
    expect(isSameName('Maria SILVA', 'maria  silva')).toBe(true);
    expect(isSameName('王芳', '王方')).toBe(false);
  });

  it.each(['王芳', '买买提．艾力', '𠮷田', 'Zoë O’Brien-Silva', '〇一', 'Jr. Silva'])(
    '%s can stand on a document',
    (name) => {
      expect(checkName(name)).toEqual({ ok: true, name: normaliseName(name) });
    },
  );

  it.each([
    ['王芳😀', '表情'],
    ['❤️王芳', '表情'],
    ['王芳（班长）', '符号'],
    ['王芳2', '数字'],
    ['   ', '请填写'],
  ])('%s cannot, and the field says why', (name, why) => {
    expect(checkName(name)).toEqual({ ok: false, message: expect.stringContaining(why) });
  });

  it.each([
    ['王芳', '王*'],
    ['王小芳', '王**'],
    ['欧阳娜娜', '欧阳**'],
    ['欧阳', '欧*'],
    ['欧阳·买买提', '欧阳·***'],
    ['阿卜杜拉·买买提', '阿***·***'],
    ['𠮷田', '𠮷*'],
    ['Maria Silva', 'M**** S****'],
    ['王', '*'],
    ['', ''],
  ])('%s is masked as %s', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });

  it('of Han characters keep the first and hide the last, at the same length', () => {
    const han = fc.integer({ min: 0x4e00, max: 0x9fa5 }).map((code) => String.fromCodePoint(code));
    fc.assert(
      fc.property(fc.array(han, { minLength: 2, maxLength: 8 }), (letters) => {
        const masked = maskName(letters.join(''));
        return (
          masked.startsWith(letters[0] ?? '') && masked.endsWith('*') && masked.length === letters.length
        );
      }),
    );
  });
});

describe('bank cards', () => {
  const card = '6222021234567890128';

  it('are read from groups of four, full-width or with dashes', () => {
    for (const text of [
      '6222 0212 3456 7890 128',
      '６２２２０２１２３４５６７８９０１２８',
      '6222-0212-3456-7890-128',
    ]) {
      expect(checkBankCard(text)).toEqual({ ok: true, number: card });
    }
  });

  it.each([
    ['empty', ' '],
    ['wrong_characters', '6222O21234567890128'],
    ['wrong_length', '622202123456789'],
    ['wrong_length', '62220212345678901234'],
    ['wrong_check_digit', '6222021234567890129'],
  ])('are refused: %s', (problem, text) => {
    expect(checkBankCard(text)).toMatchObject({ ok: false, problem });
  });

  it('show only their last four digits', () => {
    expect(lastFourDigits(card)).toBe('0128');
    expect(maskBankCard(card)).toBe('**** **** **** 0128');
    expect(groupBankCard(card)).toBe('6222 0212 3456 7890 128');
  });

  it('fail Luhn on every single wrong digit', () => {
    for (let place = 0; place < card.length; place++) {
      const typo = (Number(card.charAt(place)) + 3) % 10;
      expect(passesLuhn(card.slice(0, place) + typo + card.slice(place + 1))).toBe(false);
    }
  });
});

describe('phones', () => {
  it.each(['13812345678', '+86 138 1234 5678', '0086-13812345678', '１３８１２３４５６７８'])(
    '%s is read',
    (text) => {
      expect(checkPhone(text)).toEqual({ ok: true, phone: '13812345678' });
    },
  );

  it.each([
    ['empty', ''],
    ['not_a_mobile_number', '12812345678'],
    ['not_a_mobile_number', '0871-64094592'],
    ['not_a_mobile_number', '138123456789'],
  ])('are refused: %s', (problem, text) => {
    expect(checkPhone(text)).toMatchObject({ ok: false, problem });
  });

  it('are masked in the middle', () => expect(maskPhone('13812345678')).toBe('138****5678'));
});

describe('student numbers', () => {
  it.each([
    ["'2019310123", '2019310123'],
    ['２０１９３１０１２３', '2019310123'],
    [' 2019 3101 23 ', '2019310123'],
    ['sx-2019/01', 'SX-2019/01'],
  ])('%s is read as %s', (text, studentNo) => {
    expect(checkStudentNo(text)).toEqual({ ok: true, studentNo });
  });

  it.each([
    ['empty', ''],
    ['lost_digits', '2.01931E+09'],
    ['wrong_characters', '学号一'],
    ['too_long', '1'.repeat(33)],
  ])('are refused: %s', (problem, text) => {
    expect(checkStudentNo(text)).toMatchObject({ ok: false, problem });
  });
});
