import jsQR from 'jsqr';
import { readBookingToken } from '../../shared/domain/booking-token';
import { HOME_SCENES } from '../screens/scenes';
import { FakeApi, Refuse } from '../support/fake-api';
import { OWN_SESSION } from '../support/fake-api/state';
import { eventually } from '../support/stack';
import { FakePhone } from './harness/fake-phone';
import { CARD, verify } from './harness/steps';

const HOME = 'pages/home/index';

it('takes a student from 第一次登录 to the QR', async () => {
  const phone = new FakePhone();
  const app = await phone.launch();
  await app.seeText('先完成实名认证');
  await verify(app);
  await app.seeText('认证通过');

  await app.tap('#to-enrolment');
  await app.type('studentNo', '2019310412');
  await app.tap('#find');
  await app.seeText('李青禾');
  await app.tap('#consent-portrait');
  await app.tap('#confirm');
  await app.tap('#to-sessions');

  await app.tap(`#session-${OWN_SESSION.id}`);
  await app.tap('#take-session');
  await app.seePage('pages/pay/index');
  await app.seeText('¥30.00');
  await app.tap('#pay');
  await app.seeText('预约成功');
  await app.tap('#see-code');

  await app.seePage(HOME);
  await app.see('#state-booked');
  expect(app.text).toContain('8:55 列队');
  expect(app.text).toContain('李**');
  expect(app.text).not.toContain('李青禾');
  const { data, width, height } = (await app.drawing()).pixels();
  const seen = jsQR(data, width, height);
  expect(readBookingToken(seen?.data ?? '')).toMatchObject({ ok: true, fields: { kind: 'rotating' } });
});

it('keeps the place when the payment is cancelled, and finds it again after the app was killed', async () => {
  const phone = new FakePhone();
  phone.api.state = HOME_SCENES.pay ?? phone.api.state;
  phone.cashier = 'cancel';
  const app = await phone.launch();
  await app.tap('#next-step');
  await app.tap('#pay');
  await app.seeText('名额还为你留着');
  app.kill();

  phone.cashier = 'pay';
  const again = await phone.launch();
  await again.see('#state-pay');
  await again.tap('#next-step');
  await again.tap('#pay');
  await again.seeText('预约成功');
});

it.each(['without network', 'before WeChat knows of it'])(
  'offers nobody to pay twice who has just paid %s, and resolves by itself',
  async (when) => {
    const phone = new FakePhone();
    phone.api.state = HOME_SCENES.pay ?? phone.api.state;
    if (when === 'without network') {
      phone.api.troubles.set('POST /api/me/bookings/:id/payment-check', [null]);
    } else phone.cashier = 'unseen';
    const app = await phone.launch();
    await app.tap('#next-step');
    await app.tap('#pay');
    await app.seeText('付款确认中');
    expect(app.has('#pay')).toBe(false);
    await app.until('the server was asked', () => checks(phone) === 1);
    phone.api.hasPaid = true;
    await app.seeText('预约成功');
    expect(checks(phone)).toBe(2);
  },
);

const checks = (phone: FakePhone) =>
  phone.api.calls.filter((key) => key === 'POST /api/me/bookings/:id/payment-check').length;

it('keeps what is typed by hand when the photo is read at last', async () => {
  const phone = new FakePhone();
  let arrive: () => void = () => undefined;
  phone.uploadsWaitFor = new Promise((resolve) => {
    arrive = resolve;
  });
  const app = await phone.launch();
  await app.tap('#next-step');
  await app.tap('#consent-id_photo');
  await app.tap('#consent-bank_check');
  await app.tap('#agree');
  await app.tap('#from-camera');
  await app.until('the photo is on its way', () => app.calls.some(({ name }) => name === 'uploadFile'));
  await app.tap('#by-hand');
  await app.type('name', '李青禾禾');
  arrive();
  await app.until('it is read', () => phone.api.calls.includes('POST /api/me/id-photos'));
  await app.type('documentNumber', '11010519491231002X');
  await app.tap('#next');
  await app.type('bankCard', CARD.bankCard);
  await app.tap('#next');
  await app.type('phone', CARD.phone);
  await app.tap('#verify');
  await app.until('it is sent', () => phone.api.calls.includes('POST /api/me/verification'));
  const sent = app.calls.find(({ options }) => String(options.url).endsWith('/api/me/verification'));
  expect(JSON.parse(String(sent?.options.data))).toMatchObject({ name: '李青禾禾' });
});

it.each([
  { photo: { width: 1280, height: 808, size: 240_000 }, sent: 'wxfile://photo-1.jpg' },
  { photo: { width: 4032, height: 3024, size: 4_100_000 }, sent: 'wxfile://photo-1.jpg-1600px' },
  { photo: { width: 3024, height: 4032, size: 900_000 }, sent: 'wxfile://photo-1.jpg-1600px' },
  { photo: { width: 1200, height: 900, size: 1_400_000 }, sent: 'wxfile://photo-1.jpg-1200px' },
])('sends a photo of $photo.width × $photo.height px as $sent', async ({ photo, sent }) => {
  const phone = new FakePhone();
  phone.photo = photo;
  const app = await phone.launch();
  await verify(app);
  const upload = app.calls.find(({ name }) => name === 'uploadFile');
  expect(upload?.options.filePath).toBe(sent);
});

it('makes the screen bright and keeps it awake for the large code, and takes both back', async () => {
  const phone = new FakePhone();
  phone.api.state = HOME_SCENES.booked ?? phone.api.state;
  const app = await phone.launch();
  await app.tap('#ticket-code');
  await app.seePage('pages/code/index');
  const set = () =>
    app.calls.flatMap(({ name, options }) =>
      name === 'setScreenBrightness'
        ? [options.value]
        : name === 'setKeepScreenOn'
          ? [options.keepScreenOn]
          : [],
    );
  await app.until('it is bright', () => set().length === 2);
  expect(set()).toEqual(expect.arrayContaining([1, true]));
  app.goBack();
  await app.until('it is as before', () => set().length === 4);
  expect(set().slice(2)).toEqual(expect.arrayContaining([0.4, false]));
});

it('opens although what it had kept is from another time', async () => {
  const phone = new FakePhone();
  const before = await phone.launch();
  await before.see('#state-verify');
  before.kill();
  phone.storage.set('home', { card: { kind: 'verify' } });
  phone.api.isCutOff = true;
  const log = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const app = await phone.launch();
  await app.seeText('这个页面出了点问题');
  expect(log).toHaveBeenCalled();
  log.mockRestore();
  phone.api.isCutOff = false;
  await app.tap('#try-again');
  await app.see('#state-verify');
});

it('leads home from a page that is no more', async () => {
  const app = await new FakePhone().launch();
  await app.tap('#to-guide');
  await app.seePage('pages/guide/index');
  app.missPage('pages/poster/index');
  await app.seePage(HOME);
  await app.see('#state-verify');
});

it('opens a page once, however often it is tapped', async () => {
  const app = await new FakePhone().launch();
  await app.see('#next-step');
  await Promise.all([app.tap('#next-step'), app.tap('#next-step'), app.tap('#next-step')]);
  await app.seePage('pages/verify/index');
  expect(app.calls.filter(({ name }) => name === 'navigateTo')).toHaveLength(1);
});

it('shows the fixed code of the day when there is no network', async () => {
  const phone = new FakePhone();
  phone.api.state = HOME_SCENES.booked ?? phone.api.state;
  const app = await phone.launch();
  await app.see('#state-booked');
  app.kill();

  phone.api.troubles.set('GET /api/me/home', Array(50).fill(null));
  const offline = await phone.launch();
  await offline.seeText('离线');
  const { data, width, height } = (await offline.drawing()).pixels();
  const seen = jsQR(data, width, height);
  expect(readBookingToken(seen?.data ?? '')).toMatchObject({
    ok: true,
    fields: { kind: 'static', day: '2022-11-19' },
  });
});

it('keeps what was typed when the provider refuses, and says what to do next', async () => {
  const phone = new FakePhone();
  const app = await phone.launch();
  phone.api.troubles.set('POST /api/me/verification', [
    new Refuse('VERIFICATION_FAILED', { reason: '这张卡已挂失。', attemptsLeft: 2, next: 'other_card' }),
  ]);
  await verify(app);
  await app.seeText('这张卡已挂失。');
  expect(app.text).toContain('今天还可以核验 2 次');
  await app.tap('#fix-bankCard');
  await app.tap('#next');
  await app.tap('#verify');
  await app.seeText('认证通过');
});

it('has the first page with one question: it comes with the sign-in', async () => {
  const phone = new FakePhone();
  const app = await phone.launch();
  await app.see('#state-verify');
  expect(phone.api.calls).toEqual(['POST /api/login/wechat']);
});

it('signs in anew, once, when the session has ended', async () => {
  const phone = new FakePhone();
  const before = await phone.launch();
  await before.see('#state-verify');
  before.kill();
  phone.api.troubles.set('GET /api/me/home', [new Refuse('NOT_SIGNED_IN')]);
  const app = await phone.launch();
  await app.see('#state-verify');
  await eventually('a second sign-in', async () => {
    const signIns = phone.api.calls.filter((key) => key === 'POST /api/login/wechat');
    return signIns.length === 2 || null;
  });
});

it('sends a booking once, however often it is tapped', async () => {
  const phone = new FakePhone();
  phone.api.state = HOME_SCENES.book ?? phone.api.state;
  const app = await phone.launch();
  await app.tap('#next-step');
  await app.tap(`#session-${OWN_SESSION.id}`);
  await Promise.all([app.tap('#take-session'), app.tap('#take-session'), app.tap('#take-session')]);
  await app.seePage('pages/pay/index');
  expect(phone.api.calls.filter((key) => key === 'POST /api/me/bookings')).toHaveLength(1);
});

describe.each(Object.entries(HOME_SCENES))('home page: %s', (_name, state) => {
  it('shows its card', async () => {
    const phone = new FakePhone();
    phone.api.state = state;
    const app = await phone.launch();
    const home = new FakeApi();
    home.state = state;
    const answer = home.answer({ method: 'GET', url: '/api/me/home', headers: {}, body: '' });
    await app.see(`#state-${Object(answer.body).card.kind}`);
  });
});
