import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { TRAILS } from '../../server/jobs';
import { projectTrails } from '../../server/modules/audit/project-trails';
import { BillChunks } from '../../server/modules/reconciliation/chunk-model';
import { EvidenceFiles } from '../../server/modules/reconciliation/evidence-model';
import { addDays, shanghaiDay } from '../../shared/domain/time';
import { billFiles } from '../support/bill-files';
import { openPaymentWorld, type PaymentWorld } from '../support/payment-world';

jest.setTimeout(60_000);

/** Bills that a person downloads from WeChat's merchant platform and hands in, through the service's own door. */

let w: PaymentWorld;
let day: string;
let trade: Buffer;
let fund: Buffer;

const [maker, checker] = [() => w.finance[0], () => w.finance[1]];

beforeAll(async () => {
  w = await openPaymentWorld();
  day = shanghaiDay(w.world.clock.now());
  const session = await w.session();
  for (let n = 0; n < 3; n += 1) {
    const payer = await w.payer(session);
    const { id } = await payer.hold();
    const parameters = await payer.begin(id);
    await payer.cashier(parameters);
    await w.called(await w.lastOrderNo());
  }
  await w.control('PUT', '/settings', { billCounts: 'decimal' });
  await w.control('POST', '/clock', { now: `${addDays(day, 1)}T10:30:00+08:00` });
  [trade, fund] = await bills();
});
afterAll(() => w?.close());

const bills = () => billFiles(w.world, { mchid: w.merchant.mchid, day });
const handIn = (bytes: Buffer, { by = maker(), on = day, query = {} as { sha1?: string } } = {}) =>
  by.upload(
    'POST /api/console/merchants/:merchantId/days/:day/bills',
    { ...query },
    new File([new Uint8Array(bytes)], '账单.csv'),
    { merchantId: w.merchantId, day: on },
  );
const sha1 = (bytes: Buffer) => createHash('sha1').update(bytes).digest('hex');
const text = (bytes: Buffer) => bytes.toString('utf8');
const change = (bytes: Buffer, from: string | RegExp, to: string) =>
  Buffer.from(text(bytes).replace(from, to));
const theDay = async () => {
  const { days } = await maker().call('GET /api/console/merchants/:merchantId/days', {
    params: { merchantId: w.merchantId },
    query: { from: day, to: day },
  });
  if (!days[0]) throw new Error('no day');
  return days[0];
};

describe('a file that is not to be trusted', () => {
  it('has a byte order mark, CRLF and backticks, and counts like 3.0: that is how they are', () => {
    expect(trade.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(text(trade)).toContain('\r\n`3.0,');
  });

  it.each<[string, () => Buffer, RegExp, { sha1?: string }?]>([
    ['cut short', () => trade.subarray(0, trade.length - 90), /缺列|缺少汇总行|读不出来/],
    [
      'without its footer',
      () => Buffer.from(text(trade).split('\r\n').slice(0, -3).join('\r\n')),
      /缺少汇总行/,
    ],
    ['with a wrong footer', () => change(trade, '`3.0,', '`4.0,'), /汇总行的“总交易单数”与明细合计不一致/],
    [
      'of another merchant',
      () => change(trade, new RegExp(w.merchant.mchid, 'g'), '1900000001'),
      /商户号 1900000001 的账单/,
    ],
    [
      'of another day',
      () => change(trade, new RegExp(`\`${day} `, 'g'), `\`${addDays(day, -1)} `),
      /含有 .+ 的交易/,
    ],
    ['with another hash than WeChat declared', () => trade, /校验值（SHA-1）/, { sha1: 'a'.repeat(40) }],
    ['broken while it was compressed', () => gzipSync(trade).subarray(0, 200), /压缩文件损坏/],
    ['saved by a spreadsheet', () => change(trade, /`/g, ''), /没有反引号前缀/],
    ['that is no bill', () => Buffer.from('姓名,学号\r\n王芳,1\r\n'), /不是微信的交易账单或资金账单/],
    [
      'a fund-flow bill of another day',
      () => change(fund, new RegExp(`\`${day} `, 'g'), `\`${addDays(day, 1)} `),
      /含有 .+ 的资金流水/,
    ],
  ])('%s is refused with the reason and leaves nothing behind', async (_, bytes, reason, query = {}) => {
    // Each has so many uploads a minute: here it is the one, below the other.
    await expect(handIn(bytes(), { by: checker(), query })).rejects.toMatchObject({
      code: 'BILL_REFUSED',
      details: { reason: expect.stringMatching(reason) },
    });
    expect(await theDay()).toMatchObject({ state: 'waiting', uploads: [], importedAt: null });
  });

  it('of a day that is not over is refused', async () => {
    await expect(handIn(trade, { by: checker(), on: addDays(day, 1) })).rejects.toMatchObject({
      code: 'BILL_NOT_READY',
    });
  });

  it('is taken from finance only', async () => {
    for (const by of [w.office, w.auditor])
      await expect(handIn(trade, { by })).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
  });
});

describe('both bills of a day', () => {
  it('are matched once both are here, whoever hands in which, gzipped or not', async () => {
    expect(await handIn(gzipSync(trade), { query: { sha1: sha1(trade).toUpperCase() } })).toMatchObject({
      kind: 'trade',
      rows: 3,
      missing: 'fund',
      day: { state: 'waiting', uploads: [{ kind: 'trade', name: '账单.csv' }] },
    });
    expect(await handIn(fund, { by: checker() })).toMatchObject({
      kind: 'fund',
      missing: null,
      isKnown: false,
      day: { state: 'matched', rows: 3, differences: 0, uploads: [], theirs: { payments: 3, paidFen: 9000 } },
    });
    await projectTrails(TRAILS, async () => undefined);
    const { lines } = await w.auditor.call('GET /api/console/audit', { query: { verb: 'bill.upload' } });
    expect(lines.map(({ facts }) => facts.sha1).sort()).toEqual([sha1(trade), sha1(fund)].sort());
  });

  it('are what the job fetches: the same again is no news, by hand and by the job', async () => {
    const before = await theDay();
    for (const bytes of [trade, gzipSync(trade), fund])
      expect(await handIn(bytes)).toMatchObject({ isKnown: true, missing: null });
    const params = { merchantId: w.merchantId, day };
    await maker().call('POST /api/console/merchants/:merchantId/days/:day/fetch', { params });
    expect(await theDay()).toEqual(before);
  });

  it('of different merchants are told apart, though the fund flow names none', async () => {
    const strange = change(fund, /`4200\d+/g, '`4200000000000000000000000000');
    expect(await handIn(strange)).toMatchObject({ kind: 'fund', missing: 'trade' });
    const other = change(trade, /\r\n/g, '\n');
    await expect(handIn(other)).rejects.toMatchObject({
      code: 'BILL_REFUSED',
      details: { reason: expect.stringContaining('没有一笔对得上') },
    });
    expect(await theDay()).toMatchObject({ state: 'matched', differences: 0, uploads: [] });
  });

  it('handed in anew replace the former ones, and two who do it at once leave one import', async () => {
    await w.control('POST', '/books/entries', {
      kind: 'payment',
      mchid: w.merchant.mchid,
      at: `${day}T15:00:00+08:00`,
      totalFen: 4500,
    });
    const [newTrade, newFund] = await bills();
    const answers = await Promise.allSettled([
      handIn(newTrade),
      handIn(newFund, { by: checker() }),
      handIn(newTrade, { by: checker() }),
    ]);
    for (const answer of answers)
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'DAY_BUSY' });
    if ((await theDay()).state !== 'differences')
      for (const bytes of [newTrade, newFund]) await handIn(bytes);
    expect(await theDay()).toMatchObject({
      state: 'differences',
      rows: 4,
      differences: 1,
      unexplainedFen: 4500,
    });
    expect(await BillChunks.distinct('importId')).toHaveLength(1);
  });
});

describe('a difference of that day', () => {
  const unsettled = (query: object = {}) =>
    maker().call('GET /api/console/merchants/:merchantId/differences', {
      params: { merchantId: w.merchantId },
      query,
    });
  const one = async () => {
    const [found] = (await unsettled()).differences;
    if (!found) throw new Error('no difference');
    return found;
  };
  const PNG = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47]), Buffer.from('a picture of a chat')]);
  const attach = async (bytes: Buffer, by = maker(), name = '微信客服.png') =>
    by.upload('POST /api/console/differences/:id/evidence', {}, new File([new Uint8Array(bytes)], name), {
      id: (await one()).id,
    });

  const download = async (fileId: string) =>
    w.auditor.download('GET /api/console/differences/:id/evidence/:fileId', {
      params: { id: (await one()).id, fileId },
    });

  it('stands in the work list of all days, by state, type and owner', async () => {
    expect(await unsettled()).toMatchObject({ differences: [{ day, type: 'surplus' }], counts: { open: 1 } });
    expect((await unsettled({ type: 'fee' })).differences).toEqual([]);
    expect((await unsettled({ mine: 'yes' })).differences).toEqual([]);
    const { id, version } = await one();
    await maker().call('POST /api/console/differences/:id/own', {
      params: { id },
      body: { version, mine: true },
    });
    expect((await unsettled({ mine: 'yes' })).differences).toMatchObject([{ owner: { mine: true } }]);
    expect((await unsettled({ show: 'settled' })).differences).toEqual([]);
  });

  it('takes a file as evidence, the same once, which finance and audit can open', async () => {
    const file = await attach(PNG);
    expect(await attach(PNG, checker())).toEqual(file);
    const { id } = await one();
    const { evidence } = await w.auditor.call('GET /api/console/differences/:id', { params: { id } });
    expect(evidence).toEqual([file]);
    const params = { id, fileId: file.id };
    expect(await w.auditor.download('GET /api/console/differences/:id/evidence/:fileId', { params })).toEqual(
      PNG,
    );
    await projectTrails(TRAILS, async () => undefined);
    const seen = await Promise.all(
      ['evidence.attach', 'evidence.look'].map((verb) =>
        w.auditor.call('GET /api/console/audit', { query: { verb } }),
      ),
    );
    expect(seen.map(({ lines }) => lines.length)).toEqual([1, 1]);
  });

  describe('an upload that dies half-way', () => {
    const YEAR_MS = 365 * 24 * 3_600_000;
    /** When each stored file of the difference ends, from now. */
    const ends = async () =>
      (await w.world.blobs.ownedBy(`difference:${(await one()).id}`)).map(
        ({ expiresAt }) => expiresAt.getTime() - w.world.clock.now().getTime(),
      );
    const isLong = (ms: number) => ms > 9 * YEAR_MS;
    const OTHER = Buffer.concat([PNG, Buffer.from(' and another')]);
    afterEach(() => jest.restoreAllMocks());

    it('between the bytes and their record leaves bytes that end within days, and none that are in use', async () => {
      jest.spyOn(EvidenceFiles.collection, 'insertOne').mockRejectedValueOnce(new Error('killed'));
      await expect(attach(OTHER)).rejects.toMatchObject({ code: 'INTERNAL' });
      expect((await ends()).filter((ms) => !isLong(ms))).toEqual([expect.any(Number)]);
      const file = await attach(OTHER);
      const left = (await ends()).filter((ms) => !isLong(ms));
      expect(left).toHaveLength(1);
      expect(Math.max(...left)).toBeLessThanOrEqual(7 * 24 * 3_600_000);
      expect((await ends()).filter(isLong)).toHaveLength(2);
      expect(await download(file.id)).toEqual(OTHER);
    });

    it('between the record and the word that its bytes are to stay is finished by the sweep', async () => {
      const third = Buffer.concat([PNG, Buffer.from(' and a third')]);
      jest.spyOn(w.world.blobs, 'keepUntil').mockRejectedValueOnce(new Error('killed'));
      const file = await attach(third);
      expect((await ends()).filter(isLong)).toHaveLength(2);
      await w.advance(60_000);
      await w.settle();
      expect((await ends()).filter(isLong)).toHaveLength(3);
      expect(await download(file.id)).toEqual(third);
    });
  });

  it('takes no other kinds of file, and none from others', async () => {
    await expect(attach(Buffer.from('<html>'))).rejects.toMatchObject({ code: 'EVIDENCE_REFUSED' });
    await expect(attach(PNG, w.auditor)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    await expect(
      w.office.download('GET /api/console/differences/:id/evidence/:fileId', {
        params: { id: (await one()).id, fileId: '0'.repeat(64) },
      }),
    ).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
  });
});

it('another file for a closed day is refused, the same one is no news', async () => {
  const { differences } = await maker().call('GET /api/console/merchants/:merchantId/differences', {
    params: { merchantId: w.merchantId },
    query: {},
  });
  for (const { id, version } of differences) {
    const proposed = await maker().call('POST /api/console/differences/:id/propose', {
      params: { id },
      body: { version, repair: 'suspend', note: '等微信答复' },
    });
    await checker().call('POST /api/console/differences/:id/decide', {
      params: { id },
      body: { version: proposed.version, decision: 'approve' },
    });
  }
  const params = { merchantId: w.merchantId, day };
  const asked = await maker().call('POST /api/console/merchants/:merchantId/days/:day/sign-off', {
    params,
    body: { kind: 'close', version: (await theDay()).version },
  });
  await checker().call('POST /api/console/merchants/:merchantId/days/:day/sign-off/decide', {
    params,
    body: { version: asked.version, decision: 'approve' },
  });
  await expect(handIn(trade)).rejects.toMatchObject({ code: 'DAY_CLOSED' });
  const [now] = await bills();
  expect(await handIn(now)).toMatchObject({ isKnown: true, day: { state: 'closed' } });
});
