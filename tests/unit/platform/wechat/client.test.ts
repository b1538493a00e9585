import type { ServerResponse } from 'node:http';
import type { StoredToken, TokenStore } from '../../../../server/platform/wechat/access-tokens';
import { createWeChat, type WeChat } from '../../../../server/platform/wechat/client';
import { WeChatError } from '../../../../server/platform/wechat/errors';
import { MessageFieldError } from '../../../../server/platform/wechat/message-fields';
import { type Received, startServer, type TestServer } from '../support/http-server';

type Answer = (request: Received, response: ServerResponse) => void;

const NOW = new Date('2022-11-19T01:05:00.120Z');
const appid = 'wxd678efh567hg6787';
const secret = 'a-secret-that-nobody-may-see';
const openid = 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o';

let answer: Answer;
let server: TestServer;
let issued = 0;
const logged: unknown[] = [];
const log = {
  info: (...line: unknown[]) => logged.push(line),
  warn: (...line: unknown[]) => logged.push(line),
};

beforeEach(async () => {
  issued = 0;
  logged.length = 0;
  server = await startServer((request, response) => {
    if (request.url !== '/cgi-bin/stable_token') return answer(request, response);
    issued += 1;
    json(response, { access_token: `token-${issued}`, expires_in: 7200 });
  });
});
afterEach(() => server.close());

const json = (response: ServerResponse, value: unknown) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
};
const say =
  (value: unknown): Answer =>
  (_, response) =>
    json(response, value);

function memoryStore(): TokenStore {
  let stored: StoredToken | undefined;
  return {
    read: async () => stored,
    write: async (token) => {
      stored = token;
    },
    lease: async () => true,
    release: async () => undefined,
  };
}

/** Of a server that will not answer: waiting longer shows no more. */
const SILENT_MS = 150;

const client = (timeoutMs = 5_000): WeChat =>
  createWeChat({
    appid,
    secret,
    baseUrl: server.origin,
    tokenStore: memoryStore(),
    clock: { now: () => NOW },
    timeoutMs,
    log,
  });

async function failureOf(call: Promise<unknown>): Promise<WeChatError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof WeChatError) return error;
    throw error;
  }
  throw new Error('the call succeeded');
}

const lastBody = (): unknown => JSON.parse(server.received.at(-1)?.body ?? '');

describe('login', () => {
  it('turns a code into an openid, and keeps the session key to itself', async () => {
    answer = say({ openid, session_key: 'c2Vzc2lvbi1rZXk=', unionid: 'oSBXU' });
    expect(await client().code2Session('0a1b2c')).toEqual({ openid, unionid: 'oSBXU' });
    expect(server.received[0]?.url).toBe(
      `/sns/jscode2session?appid=${appid}&secret=${secret}&js_code=0a1b2c&grant_type=authorization_code`,
    );
  });

  it.each([
    [40029, 'refused', 'invalid_code'],
    [40163, 'refused', 'code_used'],
    [40226, 'refused', 'risky_user'],
    [45011, 'rate-limited', 'other'],
    [-1, 'busy', 'other'],
    [40125, 'misconfigured', 'other'],
    [99999, 'refused', 'other'],
  ])('fails with %i: %s, %s', async (errcode, kind, reason) => {
    answer = say({ errcode, errmsg: 'some words, rid: 650a4efa-79ed4280' });
    expect(await failureOf(client().code2Session('0a1b2c'))).toMatchObject({
      kind,
      reason,
      code: String(errcode),
    });
    expect(server.received).toHaveLength(1);
  });
});

describe('the access token', () => {
  it('is fetched once and goes with every call', async () => {
    answer = say({ errcode: 0, errmsg: 'ok', is_trade_managed: true });
    const weChat = client();
    await weChat.isTradeManaged();
    await weChat.isTradeManaged();
    expect(server.received.map(({ url }) => url)).toEqual([
      '/cgi-bin/stable_token',
      '/wxa/sec/order/is_trade_managed?access_token=token-1',
      '/wxa/sec/order/is_trade_managed?access_token=token-1',
    ]);
    expect(JSON.parse(server.received[0]?.body ?? '')).toEqual({
      grant_type: 'client_credential',
      appid,
      secret,
      force_refresh: false,
    });
  });

  it('is replaced once when WeChat refuses it', async () => {
    answer = (request, response) =>
      json(
        response,
        request.url.endsWith('=token-1')
          ? { errcode: 40001, errmsg: 'invalid credential' }
          : { errcode: 0, errmsg: 'ok', is_trade_managed: false },
      );
    expect(await client().isTradeManaged()).toBe(false);
    expect(issued).toBe(2);
  });

  it('is not replaced for ever', async () => {
    answer = say({ errcode: 40001, errmsg: 'invalid credential' });
    expect(await failureOf(client().isTradeManaged())).toMatchObject({ code: '40001' });
    expect(server.received.filter(({ url }) => url.startsWith('/wxa/'))).toHaveLength(2);
  });
});

it('reads the phone number', async () => {
  answer = say({
    errcode: 0,
    errmsg: 'ok',
    phone_info: { phoneNumber: '+8613800138000', purePhoneNumber: '13800138000', countryCode: '86' },
  });
  expect(await client().getPhoneNumber('e31968')).toEqual({ phone: '13800138000', countryCode: '86' });
  expect(lastBody()).toEqual({ code: 'e31968' });
});

describe('a subscription message', () => {
  const message = {
    openid,
    templateId: 'tpl-booked',
    page: 'pages/home/index',
    fields: { thing1: '呈贡校区体育馆一楼东侧第三采集室，请提前十五分钟到场', date2: '2022年11月19日 09:05' },
  };

  it('is sent with its fields cut to size', async () => {
    answer = say({ errcode: 0, errmsg: 'ok' });
    await client().sendSubscribeMessage(message);
    expect(lastBody()).toEqual({
      touser: openid,
      template_id: 'tpl-booked',
      page: 'pages/home/index',
      data: {
        thing1: { value: '呈贡校区体育馆一楼东侧第三采集室，请提…' },
        date2: { value: '2022年11月19日 09:05' },
      },
      miniprogram_state: 'formal',
      lang: 'zh_CN',
    });
  });

  it.each([
    [43101, 'message_refused'],
    [47003, 'bad_message_data'],
    [40037, 'bad_template'],
  ])('is refused with %i: %s', async (errcode, reason) => {
    answer = say({ errcode, errmsg: 'refused' });
    expect(await failureOf(client().sendSubscribeMessage(message))).toMatchObject({
      kind: 'refused',
      reason,
    });
  });

  it('whose amount does not fit is not sent', async () => {
    const wrong = { ...message, fields: { amount1: 'thirty' } };
    await expect(client().sendSubscribeMessage(wrong)).rejects.toThrow(MessageFieldError);
    expect(server.received).toHaveLength(0);
  });
});

describe('a mini-program code', () => {
  it('is a picture', async () => {
    const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255]);
    answer = (_, response) => response.writeHead(200, { 'content-type': 'image/png' }).end(picture);
    expect(await client().getUnlimitedCode({ scene: 'c=64b0', page: 'pages/home/index' })).toEqual({
      bytes: picture,
      contentType: 'image/png',
    });
    expect(lastBody()).toEqual({
      scene: 'c=64b0',
      page: 'pages/home/index',
      width: 430,
      env_version: 'release',
      check_path: true,
    });
  });

  it('is an error when WeChat answers JSON instead', async () => {
    answer = say({ errcode: 41030, errmsg: 'invalid page' });
    const call = client().getUnlimitedCode({ scene: 'c=1', page: 'pages/none' });
    expect(await failureOf(call)).toMatchObject({ reason: 'bad_page' });
  });

  it.each(['', 'a%20b', '中文', 'x'.repeat(33)])('takes no scene like "%s"', async (scene) => {
    expect(await failureOf(client().getUnlimitedCode({ scene, page: 'pages/home/index' }))).toMatchObject({
      reason: 'bad_scene',
    });
    expect(server.received).toHaveLength(0);
  });
});

describe('shipping', () => {
  const shipping = {
    transactionId: '4200001234202211191234567890',
    payerOpenid: openid,
    description: '毕业生图像采集',
    how: 'virtual' as const,
  };

  it('is reported in whole, with the time to the millisecond', async () => {
    answer = say({ errcode: 0, errmsg: 'ok' });
    await client().uploadShippingInfo(shipping);
    expect(lastBody()).toEqual({
      order_key: { order_number_type: 2, transaction_id: '4200001234202211191234567890' },
      logistics_type: 3,
      delivery_mode: 1,
      shipping_list: [{ item_desc: '毕业生图像采集' }],
      upload_time: '2022-11-19T09:05:00.120+08:00',
      payer: { openid },
    });
  });

  it('of an unknown payment is refused', async () => {
    answer = say({ errcode: 10060001, errmsg: '支付单不存在' });
    expect(await failureOf(client().uploadShippingInfo(shipping))).toMatchObject({
      reason: 'payment_not_found',
    });
  });
});

describe('when WeChat fails', () => {
  it.each<[string, Answer, string]>([
    ['is silent', () => undefined, 'no-answer'],
    ['resets the connection', (_, response) => response.destroy(), 'no-answer'],
    ['answers 502', (_, response) => response.writeHead(502).end('<html>'), 'busy'],
    ['answers 429', (_, response) => response.writeHead(429).end(), 'rate-limited'],
    ['answers something else', (_, response) => json(response, { openid: 42 }), 'unexpected-answer'],
    ['answers no JSON', (_, response) => response.writeHead(200).end('<html>'), 'unexpected-answer'],
  ])('it says so, once: it %s', async (_, broken, kind) => {
    answer = broken;
    const weChat = kind === 'no-answer' ? client(SILENT_MS) : client();
    expect(await failureOf(weChat.code2Session('0a1b2c'))).toMatchObject({ kind, operation: 'login' });
    expect(server.received).toHaveLength(1);
  });

  it('neither error nor log holds secret, token, code or openid', async () => {
    answer = say({ errcode: 40003, errmsg: `invalid openid ${openid} rid: 650a4efa-79ed4280` });
    const weChat = client();
    const failures = [
      await failureOf(weChat.code2Session('0a1b2c3d4e5f')),
      await failureOf(weChat.sendSubscribeMessage({ openid, templateId: 't', fields: { thing1: '样本' } })),
    ];
    const everything = JSON.stringify([failures.map((failure) => [failure.message, { ...failure }]), logged]);
    for (const hidden of [secret, openid, 'token-1', '0a1b2c3d4e5f'])
      expect(everything).not.toContain(hidden);
    expect(logged).toHaveLength(3);
  });
});
