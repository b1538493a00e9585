import { createCanvas, loadImage } from '@napi-rs/canvas';
import { CommonClient } from 'tencentcloud-sdk-nodejs-common';
import { ocr } from 'tencentcloud-sdk-nodejs-ocr';
import type { Person } from '../../server/sandbox/people/person';
import { openTestSandbox, type TestSandbox } from './support/sandbox';

const PEOPLE = 80;

describe('verifying who somebody is with Tencent Cloud', () => {
  let sandbox: TestSandbox;
  let people: Person[];

  beforeAll(async () => {
    sandbox = await openTestSandbox();
    people = (await sandbox.control<Person[]>('POST', '/people', { count: PEOPLE, seed: 7 })).body;
  });
  afterAll(() => sandbox.close());

  const configFor = (secretKey = sandbox.credentials.tencent.secretKey) => ({
    credential: { secretId: sandbox.credentials.tencent.secretId, secretKey },
    region: 'ap-guangzhou',
    profile: {
      httpProfile: { endpoint: new URL(sandbox.urls.tencent).host, protocol: 'http://', reqTimeout: 10 },
    },
  });
  const ocrClient = (secretKey?: string) => new ocr.v20181119.Client(configFor(secretKey));
  const person = (index: number) => {
    const found = people[index];
    if (!found) throw new Error(`no specimen ${index}`);
    return found;
  };
  const picture = async (id: string, side: 'front' | 'back', fault?: string) => {
    const query = fault === undefined ? '' : `?fault=${fault}`;
    const response = await fetch(`${sandbox.urls.control}/people/${id}/id-card/${side}.jpg${query}`);
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    return Buffer.from(await response.arrayBuffer());
  };
  /** What a phone does before it uploads. */
  const recompress = async (jpeg: Buffer, width: number, quality: number) => {
    const image = await loadImage(jpeg);
    const canvas = createCanvas(width, Math.round((image.height * width) / image.width));
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas.toBuffer('image/jpeg', quality);
  };
  const read = (jpeg: Buffer, side: 'FRONT' | 'BACK' = 'FRONT', config: object = {}) =>
    ocrClient().IDCardOCR({
      ImageBase64: jpeg.toString('base64'),
      CardSide: side,
      Config: JSON.stringify(config),
    });

  describe('reading the ID card', () => {
    it.each([
      [720, 75],
      [640, 60],
      [1280, 90],
    ])('reads every field back from a picture of %i px at JPEG quality %i', async (width, quality) => {
      const { id, name, sex, nation, birth, address, idNumber } = person(0);
      const answer = await read(await recompress(await picture(id, 'front'), width, quality));
      const [year, month, day] = birth.split('-').map(Number);
      expect(answer).toMatchObject({
        Name: name,
        Sex: sex,
        Nation: nation,
        Birth: `${year}/${month}/${day}`,
        Address: address,
        IdNum: idNumber,
        AdvancedInfo: '{}',
      });
    });

    it('reads authority and validity from the back', async () => {
      const { id, idAuthority, idValidity } = person(1);
      const answer = await read(await recompress(await picture(id, 'back'), 720, 75), 'BACK');
      expect(answer).toMatchObject({ Authority: idAuthority, ValidDate: idValidity, Name: '' });
    });

    it('reads the names that break forms', async () => {
      const difficult = people.filter(({ name }) => /[䶮·]/.test(name) || [...name].length > 5);
      expect(difficult.length).toBeGreaterThan(0);
      for (const { id, name } of difficult) {
        expect((await read(await recompress(await picture(id, 'front'), 640, 60))).Name).toBe(name);
      }
    });

    it('reads what the picture says, not what the person is called by now', async () => {
      const { id, name } = person(2);
      const before = await picture(id, 'front');
      await sandbox.control('PUT', `/people/${id}`, { name: '改名了' });
      expect((await read(before)).Name).toBe(name);
      expect((await read(await picture(id, 'front'))).Name).toBe('改名了');
    });

    it.each([
      ['blurred', 'FailedOperation.ImageBlur'],
      ['wrong-side', 'FailedOperation.ImageNoIdCard'],
      ['not-a-card', 'FailedOperation.ImageNoIdCard'],
    ])('refuses a picture that is %s', async (fault, code) => {
      const jpeg = await recompress(await picture(person(3).id, 'front', fault), 720, 75);
      await expect(read(jpeg)).rejects.toMatchObject({ code });
    });

    it.each([
      ['copy', { CopyWarn: true }, -9102],
      ['glare', { ReflectWarn: true }, -9107],
    ])('warns of a %s when asked to', async (fault, config, warning) => {
      const jpeg = await recompress(await picture(person(4).id, 'front', fault), 720, 75);
      const warned = await read(jpeg, 'FRONT', config);
      expect(JSON.parse(warned.AdvancedInfo ?? '')).toEqual({ WarnInfos: [warning] });
      expect((await read(jpeg)).AdvancedInfo).toBe('{}');
    });

    it('warns of nothing on a good picture', async () => {
      const jpeg = await recompress(await picture(person(5).id, 'front'), 720, 75);
      const answer = await read(jpeg, 'FRONT', { CopyWarn: true, ReflectWarn: true });
      expect(answer.AdvancedInfo).toBe('{}');
    });

    it('cannot decode what is no picture', async () => {
      await expect(read(Buffer.from('not a jpeg'))).rejects.toMatchObject({
        code: 'FailedOperation.ImageDecodeFailed',
      });
    });
  });

  describe('the four-factor check', () => {
    const check = (factors: Partial<Record<'Name' | 'BankCard' | 'Phone' | 'IdCard', string>>, of: Person) =>
      new CommonClient('faceid.tencentcloudapi.com', '2018-03-01', configFor()).request(
        'BankCard4EVerification',
        {
          Name: of.name,
          BankCard: of.bankCard,
          Phone: of.phone,
          IdCard: of.idNumber,
          CertType: 0,
          ...factors,
        },
      );

    it('passes a person with an own card and the reserved phone', async () => {
      expect(await check({}, person(10))).toMatchObject({ Result: '0', Description: '认证通过' });
    });

    it.each([
      ['another phone', { Phone: '13800000000' }, '-1'],
      ['another holder', { Name: '张三丰' }, '-6'],
      ['a card nobody issued', { BankCard: '6222020000000000000' }, '-9'],
      ['a name in Latin letters', { Name: 'Zhang San' }, '-2'],
      ['a document number with a wrong check', { IdCard: '539901200001010000' }, '-3'],
      ['a card number that fails Luhn', { BankCard: '6222020000000000001' }, '-4'],
      ['a landline', { Phone: '02012345678' }, '-5'],
      ['a residence permit of Hong Kong', { IdCard: '810000199408230021' }, '-20'],
    ])('answers %s with %s', async (_, factors, result) => {
      expect(await check(factors, person(11))).toMatchObject({ Result: result });
      // Each row starts from a card that was never wrong before.
      await sandbox.control('POST', '/clock', { advanceMs: 86_400_000 });
    });

    it('answers a planted card state', async () => {
      await sandbox.control('PUT', `/people/${person(12).id}`, { cardResult: '-13' });
      expect(await check({}, person(12))).toMatchObject({ Result: '-13' });
    });

    it('locks a card after three wrong checks in a row, until the next day', async () => {
      const wrong = { Phone: '13800000000' };
      for (let time = 0; time < 3; time += 1) await check(wrong, person(13));
      expect(await check({}, person(13))).toMatchObject({ Result: '-16' });
      await sandbox.control('POST', '/clock', { advanceMs: 86_400_000 });
      expect(await check({}, person(13))).toMatchObject({ Result: '0' });
    });

    it('checks a card four times a day at most', async () => {
      for (let time = 0; time < 4; time += 1) {
        expect(await check({}, person(14))).toMatchObject({ Result: '0' });
      }
      expect(await check({}, person(14))).toMatchObject({ Result: '-19' });
    });
  });

  it('refuses a wrong secret key', async () => {
    await expect(ocrClient('wrong').IDCardOCR({ ImageBase64: 'AAAA' })).rejects.toMatchObject({
      code: 'AuthFailure.SignatureFailure',
    });
  });
});
