import { FakePhone } from './harness/fake-phone';
import type { MiniProgram } from './harness/mini-program';

async function atTheDesk(): Promise<{ phone: FakePhone; app: MiniProgram }> {
  const phone = new FakePhone();
  const app = await phone.launch();
  await app.tap('#to-staff');
  await app.type('code', 'demo2022');
  await app.type('label', 'C区202 签到一');
  await app.tap('#enrol');
  await app.tap('#room-0');
  await app.tap('#start');
  await app.seePage('staff/scan/index');
  return { phone, app };
}

it('scans one student after the other without a tap between', async () => {
  const { app } = await atTheDesk();
  await app.scan('#camera', 'ok');
  await app.see('#verdict-ok');
  expect(app.text).toContain('序号 128');
  await app.scan('#camera', 'wrong_day');
  await app.see('#verdict-wrong_day');
  expect(app.text).toContain('日期不对');
});

it('judges a code once while it stays in view', async () => {
  const { phone, app } = await atTheDesk();
  await app.scan('#camera', 'ok');
  await app.scan('#camera', 'ok');
  await app.scan('#camera', 'ok');
  await app.see('#verdict-ok');
  expect(phone.api.calls.filter((key) => key === 'POST /api/onsite/redeem')).toHaveLength(1);
});

it('lets a late student in with one tap', async () => {
  const { app } = await atTheDesk();
  await app.scan('#camera', 'late_same_day');
  await app.tap('#admit');
  await app.see('#verdict-ok');
});

it('refuses a wrong enrolment code in words', async () => {
  const phone = new FakePhone();
  const app = await phone.launch();
  await app.tap('#to-staff');
  await app.type('code', 'WRONG000');
  await app.type('label', '一');
  await app.tap('#enrol');
  await app.seeText('登记码无效或已用过');
});
