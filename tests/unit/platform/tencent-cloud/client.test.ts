import type { ServerResponse } from 'node:http';
import { createTencentCloud, type TencentCloud } from '../../../../server/platform/tencent-cloud/client';
import { type Received, startServer, type TestServer } from '../support/http-server';

type Answer = (request: Received, response: ServerResponse) => void;

let answer: Answer;
let server: TestServer;
const logged: unknown[] = [];
const log = {
  info: (...line: unknown[]) => logged.push(line),
  warn: (...line: unknown[]) => logged.push(line),
};

beforeEach(async () => {
  logged.length = 0;
  server = await startServer((request, response) => answer(request, response));
});
afterEach(() => server.close());

/** Of a server that will not answer: waiting longer shows no more. */
const SILENT_MS = 200;

const client = (timeoutMs = 5_000): TencentCloud =>
  createTencentCloud({
    secretId: 'AKIDspecimen',
    secretKey: 'specimen-secret-key',
    region: 'ap-guangzhou',
    baseUrl: server.origin,
    timeoutMs,
    log,
  });

const say =
  (Response: object): Answer =>
  (_, response) =>
    response.end(JSON.stringify({ Response: { RequestId: 'req-1', ...Response } }));

const fail = (Code: string) => say({ Error: { Code, Message: 'words' } });

const student = {
  name: '样本生',
  idNumber: '11010519491231002X',
  bankCard: '6222020200112233445',
  phone: '13800138000',
};

describe('the four-factor check', () => {
  it('asks Tencent once, signed, with all four', async () => {
    answer = say({ Result: '0', Description: '认证通过' });
    expect(await client().bankCardFourFactor(student)).toEqual({
      result: 'pass',
      next: 'done',
      billed: true,
      countsTowardLimit: true,
      requestId: 'req-1',
    });
    const [request] = server.received;
    expect(request?.headers).toMatchObject({
      'x-tc-action': 'BankCard4EVerification',
      'x-tc-version': '2018-03-01',
      authorization: expect.stringMatching(/^TC3-HMAC-SHA256 Credential=AKIDspecimen\//),
    });
    expect(JSON.parse(request?.body ?? '')).toEqual({
      Name: '样本生',
      IdCard: '11010519491231002X',
      BankCard: '6222020200112233445',
      Phone: '13800138000',
      CertType: 0,
    });
  });

  it.each([
    ['-1', 'mismatch', 'check_data', true],
    ['-6', 'holder_data_wrong', 'check_data', true],
    ['-7', 'card_not_usable_online', 'other_card', true],
    ['-8', 'card_confiscated', 'other_card', true],
    ['-9', 'card_number_invalid', 'check_data', true],
    ['-10', 'no_such_issuer', 'other_card', true],
    ['-11', 'card_dormant', 'other_card', true],
    ['-12', 'card_blocked_for_fraud', 'other_card', true],
    ['-13', 'card_reported_lost', 'other_card', true],
    ['-14', 'card_expired', 'other_card', true],
    ['-15', 'card_restricted', 'other_card', true],
    ['-16', 'pin_tries_exceeded', 'other_card', true],
    ['-17', 'issuer_unsupported', 'other_card', true],
    ['-21', 'card_abnormal', 'other_card', true],
    ['-2', 'name_malformed', 'check_data', false],
    ['-3', 'id_number_malformed', 'check_data', false],
    ['-4', 'card_number_malformed', 'check_data', false],
    ['-5', 'phone_malformed', 'check_data', false],
    ['-18', 'busy', 'later', false],
    ['-19', 'daily_limit_reached', 'later', false],
    ['-20', 'document_unsupported', 'manual', false],
  ])('reads %s as %s: %s', async (Result, result, next, reachedBank) => {
    answer = say({ Result, Description: 'words' });
    expect(await client().bankCardFourFactor(student)).toEqual({
      result,
      next,
      billed: reachedBank,
      countsTowardLimit: reachedBank,
      requestId: 'req-1',
    });
  });

  it.each<[string, Answer]>([
    ['is silent', () => undefined],
    ['resets the connection', (_, response) => response.destroy()],
    ['answers 502', (_, response) => response.writeHead(502).end('<html>')],
    ['answers no JSON', (_, response) => response.end('<html>')],
    ['answers another shape', (_, response) => response.end('{}')],
    ['answers an unknown result', say({ Result: '-99' })],
    ['answers an unknown error', fail('FailedOperation.Odd')],
  ])('counts it as tried, once, when Tencent %s', async (_, broken) => {
    answer = broken;
    expect(await client(SILENT_MS).bankCardFourFactor(student)).toMatchObject({
      result: 'unavailable',
      next: 'later',
      billed: 'unknown',
      countsTowardLimit: true,
    });
    expect(server.received).toHaveLength(1);
  });

  it.each([
    ['AuthFailure.SignatureFailure', 'misconfigured', 'manual'],
    ['UnauthorizedOperation.Nonactivated', 'misconfigured', 'manual'],
    ['ResourceUnavailable.InArrears', 'misconfigured', 'manual'],
    ['RequestLimitExceeded', 'busy', 'later'],
    ['InvalidParameterValue.NameFormat', 'data_refused', 'check_data'],
  ])('does not count %s: %s', async (code, result, next) => {
    answer = fail(code);
    expect(await client().bankCardFourFactor(student)).toEqual({
      result,
      next,
      billed: false,
      countsTowardLimit: false,
      requestId: 'req-1',
    });
  });

  it('does not count what never left', async () => {
    const tencent = client();
    await server.close();
    expect(await tencent.bankCardFourFactor(student)).toMatchObject({
      result: 'unavailable',
      billed: false,
      countsTowardLimit: false,
    });
  });

  it('leaves no trace of the student, neither in results nor in logs', async () => {
    const results: unknown[] = [];
    for (const next of [say({ Result: '-1' }), fail('InvalidParameter'), () => undefined]) {
      answer = next;
      results.push(await client(SILENT_MS).bankCardFourFactor(student));
    }
    const everything = JSON.stringify([results, logged]);
    for (const hidden of [...Object.values(student), 'specimen-secret-key'])
      expect(everything).not.toContain(hidden);
    expect(logged).toHaveLength(3);
  });
});

describe('ID card OCR', () => {
  const image = Buffer.from('a picture');
  const front = {
    Name: '样本生',
    Sex: '女',
    Nation: '汉',
    Birth: '1949/12/31',
    Address: '北京市朝阳区样本路1号',
    IdNum: '11010519491231002x',
    Authority: '',
    ValidDate: '',
    AdvancedInfo: '{}',
  };

  it('reads the front', async () => {
    answer = say(front);
    expect(await client().idCardOcr({ image, side: 'front' })).toEqual({
      ok: true,
      fields: {
        side: 'front',
        name: '样本生',
        sex: '女',
        nation: '汉',
        birth: '1949-12-31',
        address: '北京市朝阳区样本路1号',
        idNumber: '11010519491231002X',
      },
      warnings: [],
      requestId: 'req-1',
    });
    const [request] = server.received;
    expect(request?.headers['x-tc-action']).toBe('IDCardOCR');
    const body: Record<string, string> = JSON.parse(request?.body ?? '');
    expect(body).toMatchObject({ ImageBase64: image.toString('base64'), CardSide: 'FRONT' });
    expect(JSON.parse(body.Config ?? '')).toMatchObject({ CopyWarn: true, ReshootWarn: true });
  });

  it.each([
    ['2010.07.21-2030.07.21', '2010-07-21', '2030-07-21'],
    ['2010.07.21-长期', '2010-07-21', 'long-term'],
    ['unclear', undefined, undefined],
  ])('reads the back: %s', async (ValidDate, validFrom, validTo) => {
    answer = say({ Authority: '北京市公安局朝阳分局', ValidDate });
    expect(await client().idCardOcr({ image, side: 'back' })).toMatchObject({
      ok: true,
      fields: { side: 'back', authority: '北京市公安局朝阳分局', validFrom, validTo },
    });
  });

  it('names every warning', async () => {
    const numbers = [-9101, -9102, -9103, -9104, -9105, -9106, -9107, -9108, -9109, -9110, -9111, -1];
    answer = say({ ...front, AdvancedInfo: JSON.stringify({ WarnInfos: numbers }) });
    const reading = await client().idCardOcr({ image, side: 'front' });
    expect(reading.ok && reading.warnings).toEqual([
      'border_incomplete',
      'copy',
      'reshot',
      'temporary_card',
      'covered',
      'edited',
      'glare',
      'black_and_white_copy',
      'validity_wrong',
      'electronic',
      'watermark',
    ]);
  });

  it.each([
    ['FailedOperation.ImageBlur', 'blurred'],
    ['FailedOperation.ImageNoIdCard', 'no_id_card'],
    ['FailedOperation.MultiCardError', 'several_cards'],
    ['FailedOperation.ImageDecodeFailed', 'unreadable_image'],
    ['LimitExceeded.TooLargeFileError', 'too_large'],
    ['FailedOperation.OcrFailed', 'not_recognised'],
    ['FailedOperation.UnOpenError', 'misconfigured'],
    ['AuthFailure.SecretIdNotFound', 'misconfigured'],
    ['RequestLimitExceeded', 'busy'],
    ['InvalidParameterValue.InvalidParameterValueLimit', 'refused'],
    ['FailedOperation.Odd', 'no_answer'],
  ])('fails with %s: %s', async (code, problem) => {
    answer = fail(code);
    expect(await client().idCardOcr({ image, side: 'front' })).toEqual({
      ok: false,
      problem,
      requestId: 'req-1',
    });
  });

  it('does not take the other side for this one', async () => {
    answer = say(front);
    expect(await client().idCardOcr({ image, side: 'back' })).toMatchObject({
      ok: false,
      problem: 'not_recognised',
    });
  });

  it('is not asked about a picture that is too large', async () => {
    const large = Buffer.alloc(5.5 * 1024 * 1024);
    expect(await client().idCardOcr({ image: large, side: 'front' })).toMatchObject({ problem: 'too_large' });
    expect(server.received).toHaveLength(0);
  });

  it('says when Tencent is silent', async () => {
    answer = () => undefined;
    expect(await client(SILENT_MS).idCardOcr({ image, side: 'front' })).toMatchObject({
      problem: 'no_answer',
    });
  });

  it('logs warnings and request id, and nothing that was read', async () => {
    answer = say({ ...front, AdvancedInfo: '{"WarnInfos":[-9107]}' });
    await client().idCardOcr({ image, side: 'front' });
    expect(logged).toEqual([
      [expect.objectContaining({ side: 'front', warnings: ['glare'], requestId: 'req-1' }), 'id card ocr'],
    ]);
    expect(JSON.stringify(logged)).not.toMatch(/样本|11010519/);
  });
});

it('refuses a base URL that is no origin', () => {
  const wrong = () =>
    createTencentCloud({ secretId: 'a', secretKey: 'b', region: 'c', baseUrl: 'localhost', log });
  expect(wrong).toThrow('tencentCloud.baseUrl: must be an origin');
});
