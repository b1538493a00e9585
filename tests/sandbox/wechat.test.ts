import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { type NotifyReceiver, openNotifyReceiver } from './support/notify-receiver';
import { openTestSandbox, type TestSandbox } from './support/sandbox';
import { CUSTOMER, openShop } from './support/shop';

type Answer = Record<string, unknown>;

describe('WeChat', () => {
  let sandbox: TestSandbox;
  let receiver: NotifyReceiver;
  beforeAll(async () => {
    [sandbox, receiver] = await Promise.all([openTestSandbox(), openNotifyReceiver()]);
  });
  afterAll(() => Promise.all([sandbox.close(), receiver.close()]));

  const advance = (ms: number) => sandbox.control('POST', '/clock', { advanceMs: ms });
  const get = async (path: string): Promise<Answer> =>
    JSON.parse(await (await fetch(`${sandbox.urls.wechat}${path}`)).text());
  const post = (path: string, body: object) =>
    fetch(`${sandbox.urls.wechat}${path}`, { method: 'POST', body: JSON.stringify(body) });
  const postJson = async (path: string, body: object): Promise<Answer> =>
    JSON.parse(await (await post(path, body)).text());
  const token = async (more: object = {}) => {
    const { appid, secret } = sandbox.credentials.wechat;
    const answer = await postJson('/cgi-bin/stable_token', {
      grant_type: 'client_credential',
      appid,
      secret,
      ...more,
    });
    return String(answer.access_token);
  };

  describe('login', () => {
    const codeFor = async (openid: string) =>
      (await sandbox.control<{ code: string }>('POST', '/wechat/codes', { openid })).body.code;
    const session = (code: string, more: Record<string, string> = {}) => {
      const { appid, secret } = sandbox.credentials.wechat;
      const query = { appid, secret, js_code: code, grant_type: 'authorization_code', ...more };
      return get(`/sns/jscode2session?${new URLSearchParams(query)}`);
    };

    it('exchanges a code once for the openid and a session key', async () => {
      const code = await codeFor('oSBX-student');
      const answer = await session(code);
      expect(answer).toMatchObject({ openid: 'oSBX-student', unionid: expect.any(String) });
      expect(Buffer.from(String(answer.session_key), 'base64')).toHaveLength(16);
      expect(await session(code)).toMatchObject({ errcode: 40163 });
    });

    it('hands a visitor a code in one question that a browser may ask without a preflight', async () => {
      const visit = (query: string) =>
        sandbox.control<{ person: string; code: string }>('POST', `/wechat/visits${query}`);
      expect((await visit('')).status).toBe(404);
      const made = await sandbox.control<{ id: string; openid: string }[]>('POST', '/people', {
        count: 2,
        seed: 1,
      });
      const [one, two] = made.body;
      const first = await visit('');
      expect(first.body.person).toBe(one?.id);
      expect(await session(first.body.code)).toMatchObject({ openid: one?.openid });
      expect((await visit(`?person=${two?.id}`)).body.person).toBe(two?.id);
      expect((await visit('?person=nobody')).status).toBe(404);
    });

    it('knows no code that was never made, nor one older than five minutes', async () => {
      expect(await session('0123')).toMatchObject({ errcode: 40029 });
      const code = await codeFor('oSBX-student');
      await advance(5 * 60_000 + 1_000);
      expect(await session(code)).toMatchObject({ errcode: 40029 });
    });

    it('refuses a wrong secret and a foreign app', async () => {
      const code = await codeFor('oSBX-student');
      expect(await session(code, { secret: 'no' })).toMatchObject({ errcode: 40125 });
      expect(await session(code, { appid: 'no' })).toMatchObject({ errcode: 40013 });
    });

    it('lets one user log in a hundred times a minute', async () => {
      let last: Answer = {};
      for (let time = 0; time < 101; time += 1) last = await session(await codeFor('oSBX-eager'));
      expect(last).toMatchObject({ errcode: 45011 });
    });
  });

  describe('access tokens', () => {
    const use = async (value: string) =>
      postJson(`/wxa/sec/order/is_trade_managed?access_token=${value}`, {
        appid: sandbox.credentials.wechat.appid,
      });

    it('are the same for everybody until they run out', async () => {
      const first = await token();
      expect(await token()).toBe(first);
      expect(await use(first)).toEqual({ errcode: 0, errmsg: 'ok', is_trade_managed: false });
      await advance(7_200_000);
      expect(await use(first)).toMatchObject({ errcode: 42001 });
      const second = await token();
      expect(second).not.toBe(first);
      expect(await use(second)).toMatchObject({ errcode: 0 });
    });

    it('must be real', async () => {
      expect(await use('forged')).toMatchObject({ errcode: 40001 });
    });
  });

  describe('subscription messages', () => {
    const openid = 'oSBX-reader';
    const templateId = 'TPL-booked';
    const send = async (more: object = {}) =>
      postJson(`/cgi-bin/message/subscribe/send?access_token=${await token()}`, {
        touser: openid,
        template_id: templateId,
        page: 'pages/index/index',
        data: { thing1: { value: '图像采集' }, date2: { value: '2027年3月1日 09:10' } },
        ...more,
      });
    const decide = (decision: string) =>
      sandbox.control('POST', '/subscriptions', { openid, templateId, decision });

    it('reach the inbox once for each accept', async () => {
      await sandbox.control('PUT', '/templates', { templateId, fields: ['thing1', 'date2'] });
      expect(await send()).toMatchObject({ errcode: 43101 });
      await decide('accept');
      expect(await send()).toMatchObject({ errcode: 0, errmsg: 'ok' });
      expect(await send()).toMatchObject({ errcode: 43101 });
      const { body } = await sandbox.control<Answer[]>('GET', `/inbox?openid=${openid}`);
      expect(body).toMatchObject([{ templateId, data: { thing1: { value: '图像采集' } } }]);
    });

    it.each([
      ['a thing of 21 characters', { thing1: { value: '采'.repeat(21) }, date2: { value: '2027年3月1日' } }],
      ['a date that is none', { thing1: { value: '采集' }, date2: { value: '明天' } }],
      ['a missing field', { thing1: { value: '采集' } }],
    ])('are refused with %s, and the accept is not used up', async (_, data) => {
      await decide('accept');
      expect(await send({ data })).toMatchObject({ errcode: 47003 });
      expect(await send()).toMatchObject({ errcode: 0 });
    });

    it('need a template of the app', async () => {
      expect(await send({ template_id: 'TPL-unknown' })).toMatchObject({ errcode: 40037 });
    });

    it('stop when the user bans them', async () => {
      await decide('accept');
      await decide('ban');
      expect(await send()).toMatchObject({ errcode: 43101 });
    });
  });

  describe('mini-program codes', () => {
    const code = async (body: object) => post(`/wxa/getwxacodeunlimit?access_token=${await token()}`, body);

    it('are a picture that a camera can follow to page and scene', async () => {
      const response = await code({ scene: 'c=42&r=C202', page: 'pages/index/index' });
      expect(response.headers.get('content-type')).toBe('image/png');
      const { data, width, height } = PNG.sync.read(Buffer.from(await response.arrayBuffer()));
      const text = jsQR(new Uint8ClampedArray(data), width, height)?.data;
      const { appid } = sandbox.credentials.wechat;
      expect(text).toBe(`wxacode://${appid}/pages/index/index?scene=c%3D42%26r%3DC202`);
    });

    it.each([
      ['a scene of 33 characters', { scene: 'a'.repeat(33) }, 40169],
      ['a percent sign in the scene', { scene: 'a%20b' }, 40169],
      ['a leading slash', { scene: 'a', page: '/pages/index/index' }, 41030],
    ])('are refused as JSON for %s', async (_, body, errcode) => {
      const response = await code(body);
      expect(response.headers.get('content-type')).toMatch(/json/);
      expect(await response.json()).toMatchObject({ errcode });
    });
  });

  describe('shipping information', () => {
    const report = async (outTradeNo: string, more: object = {}) =>
      postJson(`/wxa/sec/order/upload_shipping_info?access_token=${await token()}`, {
        order_key: { order_number_type: 1, mchid: sandbox.merchant.mchid, out_trade_no: outTradeNo },
        logistics_type: 4,
        delivery_mode: 1,
        shipping_list: [{ item_desc: '毕业生图像采集' }],
        upload_time: '2027-03-01T10:00:00.000+08:00',
        payer: { openid: CUSTOMER },
        ...more,
      });

    it('is taken once for a paid order of that payer', async () => {
      const outTradeNo = await openShop(sandbox, `${receiver.url}/notify`).sell();
      expect(await report('T-unknown')).toMatchObject({ errcode: 10060001 });
      expect(await report(outTradeNo, { payer: { openid: 'oSBX-other' } })).toMatchObject({
        errcode: 10060031,
      });
      expect(await report(outTradeNo, { upload_time: 'now' })).toMatchObject({ errcode: 268485216 });
      expect(await report(outTradeNo)).toEqual({ errcode: 0, errmsg: 'ok' });
      expect(await report(outTradeNo)).toMatchObject({ errcode: 10060002 });
    });
  });

  it('tells the phone number behind a code once', async () => {
    const { body: people } = await sandbox.control<Array<{ openid: string; phone: string }>>(
      'POST',
      '/people',
      {
        count: 1,
        seed: 5,
      },
    );
    const { openid, phone } = people[0] ?? { openid: '', phone: '' };
    const { body } = await sandbox.control<{ code: string }>('POST', '/wechat/phone-codes', { openid });
    const ask = async () => postJson(`/wxa/business/getuserphonenumber?access_token=${await token()}`, body);
    expect(await ask()).toMatchObject({
      errcode: 0,
      phone_info: { purePhoneNumber: phone, countryCode: '86' },
    });
    expect(await ask()).toMatchObject({ errcode: 40163 });
  });
});
