import { DEMO_CAMPAIGN } from '../../server/demo/notice-2023';
import { PHOTO_RULES } from '../../shared/domain/photo-rules';
import { CONSEQUENCE } from '../../shared/domain/student-guide';
import { FakePhone } from './harness/fake-phone';

/** What the school's notice tells students, on the phone: read from the guide as it is compiled. */
let text: string;
let homeText: string;

beforeAll(async () => {
  const app = await new FakePhone().launch();
  await app.seeText(DEMO_CAMPAIGN.feeBasis);
  homeText = app.text;
  await app.tap('#to-guide');
  await app.seePage('pages/guide/index');
  await app.seeText(DEMO_CAMPAIGN.registryOffice);
  await app.seeText('现场服务台');
  await app.seeText('今天开到');
  text = app.text;
});

it('says first what happens to who is not photographed', () => {
  expect(text).toContain(CONSEQUENCE);
  expect(CONSEQUENCE).toMatch(/学信网.*毕业证/);
});

it('shows the fee with the document it rests on, before anything is booked', () => {
  expect(homeText).toContain('30');
  expect(homeText).toContain('云教函[2013]165号');
});

it('shows the three steps: verify, book, come', () => {
  expect(text).toContain('第一次登录');
  expect(text).toContain('储蓄卡和银行预留手机号');
  expect(text).toContain('核对学籍信息，有错先申请更正');
  expect(text).toContain('出示首页二维码，或身份证原件');
  expect(text).toContain('提前 15 分钟到教室外列队');
});

it.each([
  ['posture', ['坐正', '双肩', '闭口']],
  ['jewellery', ['耳环', '项链']],
  ['glasses', ['有色眼镜', '隐形', '不反光']],
  ['hair', ['露出眉、眼、耳', '头发遮脸']],
  ['clothes to wear', ['正装', '要有领', '干净']],
  ['clothes to avoid', ['浅蓝色', '条纹', '高领', '毛领', '花纹复杂']],
])('shows the rules about %s one by one', (_, words) => {
  for (const word of words) expect(text).toContain(word);
  const rules = Object.values(PHOTO_RULES).flat();
  for (const rule of rules) expect(text).toContain(rule.text);
});

it('tells where a missed portrait is made up, how to get there, and until when', () => {
  const { makeUp } = DEMO_CAMPAIGN;
  if (!makeUp) throw new Error('the demo campaign has no make-up');
  expect(text).toContain('2023年4月30日');
  expect(text).toContain('新华楼 3 楼 312 室');
  expect(text).toContain(makeUp.metro);
  expect(text).toContain(makeUp.busLines.join('、'));
  expect(text).toContain(makeUp.parking);
});

it('tells when the make-up desk is open, whether it is now, its phone and its e-mail', () => {
  // A Wednesday, 10:20.
  expect(text).toContain('现在开放');
  expect(text).toContain('今天开到 12:00');
  expect(text).toContain('周二至周日（法定节假日休息）9:00–12:00，14:00–18:00');
  expect(text).toContain('0871-64094592');
  expect(text).toContain('yngxbys@yeah.net');
});

it('warns that a made-up portrait is collected by oneself, goes to the registry, and is no degree photo', () => {
  expect(text).toMatch(/纸质照片自己领取和保管.*交到学籍学历和信息管理科/);
  expect(text).toContain('不返回电子照片，学位信息里不会有学位照');
});

it('reminds to check the portrait after forty days, says whom to tell, and what happens otherwise', () => {
  expect(text).toContain('拍照满 40 天后，登录学信网核对');
  expect(text).toContain(`尽快联系${DEMO_CAMPAIGN.registryOffice}`);
  expect(text).toContain('不核对而照片有误，学历可能上不了网');
});

it('names the desk and the support phone', () => {
  for (const { label, phone } of DEMO_CAMPAIGN.contacts) {
    expect(text).toContain(label);
    expect(text).toContain(phone);
  }
});
