import type { MiniProgram } from './mini-program';

export const CARD = { bankCard: '6222021234567890128', phone: '13800138000' };

/** 第一次登录, up to the provider's answer. Both photos are read without doubts. */
export async function verify(app: MiniProgram, card = CARD): Promise<void> {
  await app.tap('#next-step');
  await app.tap('#consent-id_photo');
  await app.tap('#consent-bank_check');
  await app.tap('#agree');
  await app.tap('#from-camera');
  await app.seeText('拍身份证国徽面');
  await app.tap('#from-camera');
  await app.seeText('核对姓名和证件号');
  await app.tap('#next');
  await app.type('bankCard', card.bankCard);
  await app.tap('#next');
  await app.type('phone', card.phone);
  await app.tap('#verify');
}

/** From the enrolment to the place, unpaid. The own session is the only one that can be chosen. */
export async function confirmAndHold(app: MiniProgram): Promise<void> {
  await app.seeText('这是你的信息吗');
  await app.tap('#consent-portrait');
  await app.tap('#confirm');
  await app.tap('#to-sessions');
  await app.tap('#take-session');
  await app.seePage('pages/pay/index');
}
