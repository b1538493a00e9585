import type { Browser } from 'playwright-core';
import type { Stack } from '../../server/demo/stack';
import { student } from '../../server/tryout/student';
import type { TaskCard } from '../../server/tryout/tryout';
import { launchBrowser, PATIENCE_MS, PHONE } from '../support/browser';
import { startTestStack } from '../support/stack';
import { Hand } from './hand';
import { H5 } from './phone';

jest.setTimeout(300_000);

const TWO_MINUTES_S = 120;

let stack: Stack;
let browser: Browser;
let card: TaskCard;

beforeAll(async () => {
  stack = await startTestStack({ env: { STATIC_H5: H5 } });
  card = await student.prepare(stack);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

/** What the card says lies at hand. */
function atHand(what: string): string {
  const found = card.atHand.find(([name]) => name === what);
  if (!found) throw new Error(`the card has no ${what}`);
  return found[1];
}
const digitsOf = (text: string) => text.replace(/\D/g, '');

it('does the task card at human speed: the QR within two minutes and 25 taps, then the money back', async () => {
  const page = await browser.newPage(PHONE);
  page.setDefaultTimeout(PATIENCE_MS);
  const hand = new Hand(page);
  await page.goto(card.url);

  await hand.tap('第一次登录');
  await hand.tap('同意识别身份证照片');
  await hand.tap('同意核验银行卡与手机号');
  await hand.tap('同意并开始');
  for (const side of ['人像面', '国徽面']) {
    await hand.see(`拍身份证${side}`);
    await hand.tap('从相册选');
    await hand.tap(new RegExp(`样本身份证（${side}）`));
  }
  await hand.see('核对姓名和证件号');
  await hand.tap('下一步');
  await hand.type('bankCard', digitsOf(atHand('储蓄卡')));
  await hand.tap('下一步');
  await hand.type('phone', digitsOf(atHand('银行预留手机号')));
  await hand.tap('提交核验');
  await hand.tap('核对学籍');
  await hand.tap('同意把照片和身份信息用于学历注册');
  await hand.tap('信息无误，确认');
  await hand.tap('去选时段');
  await hand.tap('约这个时段');
  await hand.tap('微信支付 30.00 元');
  await hand.tap('确认支付');
  await hand.tap('允许');
  await hand.tap('看我的二维码');
  expect(await hand.scan()).toMatch(/^TC1/);
  console.log(`二维码：${hand.taps} 次点击，按人的速度 ${Math.round(hand.seconds)} 秒`);
  expect(hand.taps).toBeLessThanOrEqual(25);
  expect(hand.seconds).toBeLessThan(TWO_MINUTES_S);

  await hand.tap('我的订单与退款');
  await hand.tap('取消预约');
  await hand.see('已付的 30.00 元全额原路退回');
  await hand.tap('确定取消');
  await hand.tap('允许');
  await hand.see('已退款');
  await hand.see('已原路退回');
});
