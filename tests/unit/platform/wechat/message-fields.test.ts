import { fitMessageField, MessageFieldError } from '../../../../server/platform/wechat/message-fields';

describe('a text is cut to what its field holds', () => {
  it.each([
    ['thing1', '毕业生图像采集预约成功', '毕业生图像采集预约成功'],
    [
      'thing2',
      '呈贡校区体育馆一楼东侧第三采集室，请提前十五分钟到场',
      '呈贡校区体育馆一楼东侧第三采集室，请提…',
    ],
    ['thing3', '第一行\n第二行\u0000', '第一行 第二行'],
    ['name4', '欧阳样本', '欧阳样本'],
    ['name4', '阿卜杜拉阿卜杜拉阿卜杜拉', '阿卜杜拉阿卜杜拉阿卜'],
    ['name5', 'Specimen Student The Third', 'Specimen Student The'],
    ['name5', '样本2号', '样本号'],
    ['phrase6', '待采集 (现场)', '待采集现场'],
    ['phrase6', '已经全额退款成功', '已经全额退'],
    ['character_string7', 'A-012 号', 'A-012 '],
    ['character_string7', 'x'.repeat(40), 'x'.repeat(32)],
    ['letter8', 'A1-b', 'Ab'],
    ['symbol9', '→→→→→→', '→→→→→'],
  ])('%s: %s', (field, value, fitted) => {
    expect(fitMessageField(field, value)).toBe(fitted);
  });

  it('without splitting a character', () => {
    const fitted = fitMessageField('thing1', `${'采集'.repeat(9)}𠮷野家`);
    expect(fitted).toBe(`${'采集'.repeat(9)}…`);
    expect(fitted.length).toBeLessThanOrEqual(20);
  });
});

describe('amounts, times and numbers are kept or refused, never cut', () => {
  it.each([
    ['amount1', '¥30.00'],
    ['amount1', '30.00元'],
    ['amount1', '9999999999.99'],
    ['number2', '12'],
    ['date3', '2022-11-19'],
    ['date3', '2022年11月19日 09:05'],
    ['time4', '09:05'],
    ['time4', '2022年11月19日 09:05'],
    ['phone_number5', '+86-0871-65911111'],
  ])('%s holds %s', (field, value) => {
    expect(fitMessageField(field, value)).toBe(value);
  });

  it.each([
    ['amount1', '12345678901'],
    ['amount1', '三十元'],
    ['number2', '12人'],
    ['date3', '11月19日上午'],
    ['date3', '2022-11/19'],
    ['time4', '25:00'],
    ['phone_number5', '0871-65911111 转 8000'],
    ['thing6', ' \n '],
    ['phrase7', 'OK'],
    ['enum8', 'anything'],
  ])('%s refuses %s', (field, value) => {
    expect(() => fitMessageField(field, value)).toThrow(new MessageFieldError(field));
  });
});
