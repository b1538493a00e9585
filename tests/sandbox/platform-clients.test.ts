import { type FollowedClock, followClock } from '../../server/platform/clock';
import { createTencentCloud } from '../../server/platform/tencent-cloud/client';
import type { StoredToken } from '../../server/platform/wechat/access-tokens';
import { createWeChat, type WeChat } from '../../server/platform/wechat/client';
import type { Person } from '../../server/sandbox/people/person';
import { openTestSandbox, type TestSandbox } from './support/sandbox';

/** The server's own clients of WeChat and Tencent Cloud, against the stand-ins that share no code with them. */

const silent = { info: () => undefined, warn: () => undefined };

let sandbox: TestSandbox;
let clock: FollowedClock;
let people: Person[];

beforeAll(async () => {
  sandbox = await openTestSandbox();
  clock = await followClock(sandbox.urls.control, 'client-test');
  people = (await sandbox.control<Person[]>('POST', '/people', { count: 8, seed: 11 })).body;
});
afterAll(async () => {
  clock.close();
  await sandbox.close();
});
afterEach(() => sandbox.control('DELETE', '/faults'));

function person(index: number): Person {
  const found = people[index];
  if (!found) throw new Error(`no specimen ${index}`);
  return found;
}

describe('the mini-program’s server interface', () => {
  let weChat: WeChat;
  const openid = 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o';

  beforeAll(() => {
    let stored: StoredToken | undefined;
    weChat = createWeChat({
      ...sandbox.credentials.wechat,
      baseUrl: sandbox.urls.wechat,
      clock,
      log: silent,
      timeoutMs: 3_000,
      tokenStore: {
        read: async () => stored,
        write: async (token) => {
          stored = token;
        },
        lease: async () => true,
        release: async () => undefined,
      },
    });
  });

  const codeFor = async (where: '/wechat/codes' | '/wechat/phone-codes', of: string) =>
    (await sandbox.control<{ code: string }>('POST', where, { openid: of })).body.code;

  it('logs in with a code, once', async () => {
    const code = await codeFor('/wechat/codes', openid);
    expect(await weChat.code2Session(code)).toMatchObject({ openid });
    await expect(weChat.code2Session(code)).rejects.toMatchObject({ reason: 'code_used' });
    await expect(weChat.code2Session('made-up')).rejects.toMatchObject({ reason: 'invalid_code' });
  });

  it('reads the phone number of who pressed the button', async () => {
    const code = await codeFor('/wechat/phone-codes', person(0).openid);
    expect(await weChat.getPhoneNumber(code)).toEqual({ phone: person(0).phone, countryCode: '86' });
  });

  it('sends one message for one consent', async () => {
    const message = {
      openid,
      templateId: 'tpl-booked',
      fields: {
        thing1: '呈贡校区体育馆一楼东侧第三采集室，请提前十五分钟到场',
        name2: '阿卜杜拉·买买提江·艾合买提',
        phrase3: '已预约成功啦',
        character_string4: 'A-012 号',
        amount5: '¥30.00',
        date6: '2022年11月19日 09:05',
      },
    };
    await sandbox.control('PUT', '/templates', {
      templateId: message.templateId,
      fields: Object.keys(message.fields),
    });
    await expect(weChat.sendSubscribeMessage(message)).rejects.toMatchObject({ reason: 'message_refused' });
    await sandbox.control('POST', '/subscriptions', { openid, templateId: 'tpl-booked', decision: 'accept' });
    await weChat.sendSubscribeMessage(message);
    await expect(weChat.sendSubscribeMessage(message)).rejects.toMatchObject({ reason: 'message_refused' });
    const { body: inbox } = await sandbox.control<unknown[]>('GET', `/inbox?openid=${openid}`);
    expect(inbox).toHaveLength(1);
  });

  it('draws a mini-program code', async () => {
    const { bytes, contentType } = await weChat.getUnlimitedCode({ scene: 'c=1', page: 'pages/home/index' });
    expect(contentType).toBe('image/png');
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  });

  it('knows whether money stays frozen until the shipping is reported', async () => {
    expect(await weChat.isTradeManaged()).toBe(false);
    await sandbox.control('PUT', '/settings', { tradeManaged: true });
    expect(await weChat.isTradeManaged()).toBe(true);
    const shipping = {
      transactionId: '4200000000202211190000000000',
      payerOpenid: openid,
      description: '毕业生图像采集',
      how: 'virtual' as const,
    };
    await expect(weChat.uploadShippingInfo(shipping)).rejects.toMatchObject({ reason: 'payment_not_found' });
  });

  it('gets another token when the old one has run out', async () => {
    await weChat.isTradeManaged();
    await sandbox.control('POST', '/clock', { advanceMs: 3 * 3_600_000 });
    expect(await weChat.isTradeManaged()).toBe(true);
  });

  it('gets another token when somebody else has taken a new one by force', async () => {
    const { appid, secret } = sandbox.credentials.wechat;
    const body = { grant_type: 'client_credential', appid, secret, force_refresh: true };
    await fetch(`${sandbox.urls.wechat}/cgi-bin/stable_token`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    expect(await weChat.isTradeManaged()).toBe(true);
  });

  it.each([
    ['error', 'busy', { code: '-1' }],
    ['http-500', 'busy', {}],
    ['http-429', 'rate-limited', {}],
    ['connection-reset', 'no-answer', {}],
    ['timeout-before-effect', 'no-answer', {}],
  ])('says how it failed: %s is %s', async (kind, expected, more) => {
    const code = await codeFor('/wechat/codes', openid);
    await sandbox.control('POST', '/faults', {
      service: 'wechat',
      operation: 'login',
      kind,
      times: 1,
      ...more,
    });
    await expect(weChat.code2Session(code)).rejects.toMatchObject({ kind: expected });
  });
});

describe('identity checks', () => {
  const tencent = (secretKey = sandbox.credentials.tencent.secretKey) =>
    createTencentCloud({
      secretId: sandbox.credentials.tencent.secretId,
      secretKey,
      region: 'ap-guangzhou',
      baseUrl: sandbox.urls.tencent,
      timeoutMs: 10_000,
      log: silent,
    });
  const picture = async (of: Person, side: 'front' | 'back', fault = '') => {
    const response = await fetch(`${sandbox.urls.control}/people/${of.id}/id-card/${side}.jpg${fault}`);
    return Buffer.from(await response.arrayBuffer());
  };
  const factorsOf = ({ name, idNumber, bankCard, phone }: Person) => ({ name, idNumber, bankCard, phone });

  it('read both sides of a card', async () => {
    const somebody = person(1);
    expect(
      await tencent().idCardOcr({ image: await picture(somebody, 'front'), side: 'front' }),
    ).toMatchObject({
      ok: true,
      warnings: [],
      fields: { name: somebody.name, idNumber: somebody.idNumber, birth: somebody.birth },
    });
    expect(await tencent().idCardOcr({ image: await picture(somebody, 'back'), side: 'back' })).toMatchObject(
      {
        ok: true,
        fields: {
          authority: somebody.idAuthority,
          validFrom: somebody.idValidity.slice(0, 10).replaceAll('.', '-'),
        },
      },
    );
  });

  it.each([
    ['?fault=blurred', { ok: false, problem: 'blurred' }],
    ['?fault=not-a-card', { ok: false, problem: 'no_id_card' }],
    ['?fault=wrong-side', { ok: false, problem: 'no_id_card' }],
    ['?fault=copy', { ok: true, warnings: ['copy'] }],
    ['?fault=glare', { ok: true, warnings: ['glare'] }],
  ])('say what is wrong with a picture: %s', async (fault, reading) => {
    const image = await picture(person(2), 'front', fault);
    expect(await tencent().idCardOcr({ image, side: 'front' })).toMatchObject(reading);
  });

  it('pass who belongs together, and nobody else', async () => {
    expect(await tencent().bankCardFourFactor(factorsOf(person(3)))).toMatchObject({ result: 'pass' });
    const wrong = { ...factorsOf(person(3)), phone: '13800000000' };
    expect(await tencent().bankCardFourFactor(wrong)).toMatchObject({ result: 'mismatch', billed: true });
  });

  it('tell the state of a card', async () => {
    await sandbox.control('PUT', `/people/${person(4).id}`, { cardResult: '-13' });
    expect(await tencent().bankCardFourFactor(factorsOf(person(4)))).toMatchObject({
      result: 'card_reported_lost',
      next: 'other_card',
    });
  });

  it('tell wrong credentials from a wrong person', async () => {
    expect(await tencent('wrong').bankCardFourFactor(factorsOf(person(5)))).toMatchObject({
      result: 'misconfigured',
      billed: false,
    });
  });

  it.each([
    ['http-429', { result: 'busy', countsTowardLimit: false }],
    ['http-500', { result: 'unavailable', countsTowardLimit: true }],
    ['connection-reset', { result: 'unavailable', countsTowardLimit: true }],
  ])('count a check that may have taken place: %s', async (kind, outcome) => {
    await sandbox.control('POST', '/faults', {
      service: 'tencent',
      operation: 'four-factor',
      kind,
      times: 1,
    });
    expect(await tencent().bankCardFourFactor(factorsOf(person(6)))).toMatchObject(outcome);
  });
});
