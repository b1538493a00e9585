import jsQR from 'jsqr';
import { Refuse } from '../support/fake-api';
import { COLLECTION_CODE } from '../support/fake-api/staff-handlers';
import { FakePhone } from './harness/fake-phone';
import type { MiniProgram } from './harness/mini-program';

async function atTheDesk(): Promise<{ phone: FakePhone; app: MiniProgram }> {
  const phone = new FakePhone();
  const app = await phone.launch();
  await app.tap('#to-staff');
  await app.type('code', 'demo2022');
  await app.tap('#enrol');
  await app.tap('#room-0');
  await app.see('.chips__chip--on');
  await app.tap('#start');
  await app.seePage('staff/scan/index');
  return { phone, app };
}

const redeems = (phone: FakePhone) =>
  phone.api.calls.filter((key) => key === 'POST /api/onsite/redeem').length;

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
  expect(redeems(phone)).toBe(1);
});

it('is heard: high for who may go in, low for who may not, on a muted phone too', async () => {
  const { app } = await atTheDesk();
  await app.scan('#camera', 'ok');
  await app.until('a tone is played', () => app.played.length === 1);
  await app.scan('#camera', 'wrong_day');
  await app.until('another tone is played', () => app.played.length === 2);
  const [high, low] = app.played;
  expect(Buffer.from(high?.subarray(0, 4) ?? []).toString()).toBe('RIFF');
  expect(low).toHaveLength(high?.length ?? 0);
  expect(low).not.toEqual(high);
  const option = app.calls.find(({ name }) => name === 'setInnerAudioOption');
  expect(option?.options).toMatchObject({ obeyMuteSwitch: false });
});

it('keeps the button under the thumb while it asks: the camera sees the next student, and waits', async () => {
  const { phone, app } = await atTheDesk();
  await app.scan('#camera', 'late_same_day');
  await app.see('#admit');
  await app.scan('#camera', 'ok');
  expect(redeems(phone)).toBe(1);
  expect(app.has('#verdict-late_same_day')).toBe(true);
  await app.tap('#next-scan');
  await app.scan('#camera', 'ok');
  await app.see('#verdict-ok');
});

it('lets a late student in with one tap', async () => {
  const { app } = await atTheDesk();
  await app.scan('#camera', 'late_same_day');
  await app.tap('#admit');
  await app.see('#verdict-ok');
});

it('takes who has arrived next door into this room, and takes an arrival back', async () => {
  const { phone, app } = await atTheDesk();
  await app.scan('#camera', 'already_arrived');
  await app.see('#verdict-already_arrived');
  expect(app.text).toContain('C区203');
  await app.tap('#take-here');
  await app.until('it is asked again', () => redeems(phone) === 2);
  expect(phone.api.calls).toContain('POST /api/onsite/bookings/:id/renumber');
  await app.see('#undo');
  expect(app.text).toContain('撤销原来的签到');
});

it('gives a new number at the camera, with the reason', async () => {
  const { app } = await atTheDesk();
  await app.tap('#to-queue');
  await app.tap('#renumber-next');
  await app.tap('#renumber-why-1');
  await app.see('#renumbered');
  expect(app.textOf('#renumbered')).toBe('李青禾 的新序号是 132');
});

it('shows the 采集码 of who stands before the camera, to be read off the screen', async () => {
  const { phone, app } = await atTheDesk();
  await app.tap('#to-queue');
  await app.see('#shot');
  expect(phone.api.calls).not.toContain('GET /api/onsite/bookings/:id/collection-code');
  await app.tap('#show-collection-code');
  await app.see('#collection-code');
  const { data, width, height } = (await app.drawing()).pixels();
  expect(jsQR(data, width, height)?.data).toBe(COLLECTION_CODE);
  await app.tap('#sheet-close');
  await app.until('it is gone', () => !app.has('#collection-code'));
});

it('says how fast the room works, and whom it sent away', async () => {
  const { app } = await atTheDesk();
  await app.tap('#to-board');
  await app.see('#pace');
  expect(app.textOf('#pace')).toMatch(/每名 21 秒.*预计 17:05 拍完，计划 16:30/);
  await app.see('#failed-scans');
  expect(app.textOf('#failed-scans')).toMatch(/9:04.*王\*\*.*教室不对.*9:02.*不是预约码/);
});

it('refuses a wrong enrolment code in words', async () => {
  const phone = new FakePhone();
  const app = await phone.launch();
  await app.tap('#to-staff');
  await app.type('code', 'WRONG000');
  await app.tap('#enrol');
  await app.seeText('登记码无效');
});

describe('without network', () => {
  const STUDENT_NO = '2019310412';

  async function cutOffDesk() {
    const desk = await atTheDesk();
    await desk.app.seeText('离线名单 1 人');
    desk.phone.api.isCutOff = true;
    return desk;
  }
  const uploads = (phone: FakePhone) =>
    phone.api.calls.filter((key) => key === 'POST /api/onsite/offline-scans').length;

  it('notices by itself, records the scan, and never says that it is checked in', async () => {
    const { app } = await cutOffDesk();
    await app.scan('#camera', STUDENT_NO);
    await app.see('#verdict-recorded');
    expect(app.text).toContain('离线已记录');
    expect(app.text).toContain('未核验');
    expect(app.text).not.toContain('已核验');
    await app.tap('#next-scan');
    await app.see('#offline');
    await app.seeText('已记录 1 条待上传');
  });

  it('does not let the same student in twice', async () => {
    const { app } = await cutOffDesk();
    await app.scan('#camera', STUDENT_NO);
    await app.see('#verdict-recorded');
    await app.tap('#next-scan');
    await app.scan('#camera', `${STUDENT_NO} `);
    await app.see('#verdict-already_arrived');
  });

  it('works from a cold start, and uploads what it kept once the network is back', async () => {
    const { phone, app } = await cutOffDesk();
    await app.scan('#camera', STUDENT_NO);
    await app.see('#verdict-recorded');
    app.kill();

    const again = await phone.launch();
    await again.tap('#to-staff');
    await again.tap('#start');
    await again.scan('#camera', STUDENT_NO);
    await again.see('#verdict-already_arrived');
    await again.tap('#next-scan');
    await again.seeText('已记录 1 条待上传');
    const before = uploads(phone);
    phone.api.isCutOff = false;
    await again.until('the scan is uploaded', () => uploads(phone) > before && !again.has('#offline'));
  });

  it('says why an upload failed although somebody answered, and tries again', async () => {
    const { phone, app } = await cutOffDesk();
    await app.scan('#camera', STUDENT_NO);
    await app.tap('#next-scan');
    phone.api.troubles.set('POST /api/onsite/offline-scans', [new Refuse('INTERNAL')]);
    phone.api.isCutOff = false;
    await app.see('#upload-trouble');
    expect(app.textOf('#upload-trouble')).toContain('1 条还没传上去，会自动再试。系统出了点问题');
  });

  it('sets a scan aside that the service will never take, with the reason, and sends it again when told to', async () => {
    const { phone, app } = await cutOffDesk();
    await app.scan('#camera', STUDENT_NO);
    await app.tap('#next-scan');
    phone.api.troubles.set('POST /api/onsite/offline-scans', [new Refuse('BAD_REQUEST')]);
    phone.api.isCutOff = false;
    await app.see('#set-aside');
    await app.until('the office has been told', () => uploads(phone) === 3);
    await app.tap('#set-aside');
    await app.see('.sheet__panel');
    expect(app.textOf('.sheet__panel')).toMatch(/李\*\*.*提交的内容不完整或格式不对/);
    await app.tap('#set-aside-again');
    await app.until('it is taken', () => !app.has('#set-aside') && !app.has('#uploading'));
    expect(uploads(phone)).toBe(4);
  });

  it('takes a recorded scan back', async () => {
    const { app } = await cutOffDesk();
    await app.scan('#camera', STUDENT_NO);
    await app.tap('#undo');
    await app.until('the verdict is gone', () => !app.has('.verdict'));
    await app.scan('#camera', STUDENT_NO);
    await app.see('#verdict-recorded');
  });
});
