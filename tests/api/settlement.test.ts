import { type ApiClient, createApiClient } from '../../server/demo/api-client';
import { DEMO_PASSWORD, firstApi } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { openTable } from '../../server/platform/tables/open-table';
import { type FinanceScene, layFinanceScene } from '../../server/tryout/finance-scene';
import type { RefundBatchView } from '../../shared/contract/settlement';
import { eventually, startTestStack } from '../support/stack';

jest.setTimeout(180_000);

let stack: Stack;
let scene: FinanceScene;
let maker: ApiClient;
let checker: ApiClient;
let auditor: ApiClient;
let support: ApiClient;

beforeAll(async () => {
  stack = await startTestStack();
  scene = await layFinanceScene(stack);
  [maker, checker, auditor, support] = await Promise.all([
    signedIn('finance1'),
    signedIn('finance2'),
    signedIn('auditor'),
    signedIn('support'),
  ]);
});
afterAll(() => stack?.stop());

async function signedIn(login: string): Promise<ApiClient> {
  const client = createApiClient(firstApi(stack));
  await client.signIn(login, DEMO_PASSWORD);
  return client;
}

const campaign = () => ({ params: { id: scene.demo.campaign.id } });

/** The rows of a workbook's sheet, title and heading included, as text. */
async function rowsOf(bytes: Buffer, sheet = 0): Promise<string[][]> {
  const file = await openTable(bytes, () => false);
  const rows: string[][] = [];
  for await (const { cells } of file.rows(sheet)) rows.push(cells.map(String));
  return rows;
}
const uncollected = (by = maker) => by.call('GET /api/console/campaigns/:id/uncollected', campaign());
const submit = (exclude: { bookingId: string; reason: string }[] = []) =>
  maker.call('POST /api/console/campaigns/:id/refund-batches', { ...campaign(), body: { exclude } });
const look = (id: string) => maker.call('GET /api/console/refund-batches/:id', { params: { id } });

describe('who paid and was not photographed', () => {
  it('is listed, those who arrived apart, with the phones that refunds wait for', async () => {
    const { bookings, amountFen, phones } = await uncollected();
    expect(bookings.filter(({ arrived }) => arrived).map(({ bookingId }) => bookingId)).toEqual([
      scene.arrived.bookingId,
    ]);
    expect(
      bookings
        .filter(({ arrived }) => !arrived)
        .map(({ bookingId }) => bookingId)
        .sort(),
    ).toEqual(scene.absent.map(({ bookingId }) => bookingId).sort());
    expect(amountFen).toBe(5 * 3000);
    expect(phones).toMatchObject([{ label: scene.phone, pending: null }]);
  });

  it('is not refunded while a phone has not uploaded, until the office answers for it', async () => {
    await expect(submit()).rejects.toMatchObject({
      code: 'PHONES_NOT_UPLOADED',
      details: { phones: scene.phone },
    });
    const [phone] = (await uncollected()).phones;
    if (!phone) throw new Error('no phone to wait for');
    const waive = (by: ApiClient) =>
      by.call('POST /api/console/devices/:id/waive', {
        params: { id: phone.id },
        body: { reason: '手机摔坏了' },
      });
    await expect(waive(maker)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    await waive(scene.demo.office);
    expect((await uncollected()).phones).toEqual([]);
  });

  it('can be taken away as a workbook with its total, which is written down', async () => {
    const rows = await rowsOf(
      await auditor.download('GET /api/console/campaigns/:id/uncollected.xlsx', campaign()),
    );
    expect(rows.at(-1)).toEqual(expect.arrayContaining(['合计 5 人', '150']));
    expect(rows.flat()).toContain('签到未拍');
    const { lines } = await eventually('the export is in the audit log', async () => {
      const found = await auditor.call('GET /api/console/audit', { query: { verb: 'export' } });
      return found.lines.length > 0 ? found : null;
    });
    expect(lines[0]).toMatchObject({ facts: { list: '已付未拍', rows: 5 } });
  });

  it('is nobody’s business but that of the office, finance and audit', async () => {
    await expect(uncollected(support)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    for (const key of [
      'GET /api/console/campaigns/:id/agency-sheet',
      'GET /api/console/campaigns/:id/agency-sheet.xlsx',
      'GET /api/console/campaigns/:id/unpaid-shots.xlsx',
    ] as const)
      await expect(support.download(key, campaign())).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
  });
});

describe('a batch', () => {
  let batch: RefundBatchView;

  it('leaves out whom somebody has named, with the reason', async () => {
    batch = await submit([{ bookingId: scene.arrived.bookingId, reason: '现场已拍，漏了标记' }]);
    expect(batch).toMatchObject({ amountFen: 4 * 3000, lines: { total: 4, waiting: 4, excluded: 1 } });
    const { lines } = await auditor.call('GET /api/console/refund-batches/:id/lines', {
      params: { id: batch.id },
      query: { state: 'excluded' },
    });
    expect(lines).toMatchObject([
      { bookingId: scene.arrived.bookingId, arrived: true, note: '现场已拍，漏了标记', amountFen: 3000 },
    ]);
  });

  it('comes to its end, but for what WeChat cannot pay out, which is told with its cause', async () => {
    await stack.sandbox.plantFault({
      service: 'pay',
      operation: 'refund',
      kind: 'refund-outcome',
      code: 'ABNORMAL',
      times: 1,
    });
    await checker.call('POST /api/console/refund-batches/:id/decide', {
      params: { id: batch.id },
      body: { version: batch.version, decision: 'approve', note: '已核对' },
    });
    batch = await eventually(
      'the batch is done',
      async () => {
        await stack.sandbox.advance(20_000);
        const now = await look(batch.id);
        return now.state === 'done' ? now : null;
      },
      { withinMs: 60_000, everyMs: 300 },
    );
    expect(batch).toMatchObject({ lines: { refunded: 3, failed: 1 }, refundedFen: 9000, note: '已核对' });
    const { lines } = await maker.call('GET /api/console/refund-batches/:id/lines', {
      params: { id: batch.id },
      query: { state: 'failed' },
    });
    expect(lines).toMatchObject([{ note: 'ABNORMAL' }]);
  });

  it('pages its lines without losing or repeating one', async () => {
    const seen: string[] = [];
    for (let after: string | undefined; ; ) {
      const { lines, next } = await maker.call('GET /api/console/refund-batches/:id/lines', {
        params: { id: batch.id },
        query: { state: 'refunded', limit: 1, ...(after ? { after } : {}) },
      });
      seen.push(...lines.map(({ bookingId }) => bookingId));
      if (next === null) break;
      after = next;
    }
    expect(new Set(seen).size).toBe(3);
    expect(seen).toHaveLength(3);
  });

  it('is a workbook whose sums are those of its lines', async () => {
    const bytes = await checker.download('GET /api/console/refund-batches/:id/result.xlsx', {
      params: { id: batch.id },
    });
    const sums = await rowsOf(bytes, 0);
    expect(sums).toEqual(
      expect.arrayContaining([
        expect.arrayContaining(['已到账', '3', '90']),
        expect.arrayContaining(['本次不退', '1', '30']),
        expect.arrayContaining(['失败，待人工处理', '1', '30']),
        expect.arrayContaining(['合计', '5', '150']),
      ]),
    );
    const lines = await rowsOf(bytes, 1);
    expect(lines.filter((cells) => cells.includes('已到账'))).toHaveLength(3);
    expect(lines.at(-1)).toEqual(expect.arrayContaining(['合计', '150']));
    expect(lines.flat().join()).not.toContain(scene.arrived.student.name);
  });
});

describe('the settlement with the photographer', () => {
  const sheet = () => auditor.call('GET /api/console/campaigns/:id/agency-sheet', campaign());

  it('counts everybody who was photographed, and ties to the ledger', async () => {
    const { rows, total, unshot, ledger, ties } = await sheet();
    // Six booked and five on site; one of the five owes, of one the money was put aside.
    expect(total).toMatchObject({ shots: 11, paid: 9, owed: 2, waived: 0, netFen: 9 * 3000 });
    expect(rows.reduce((sum, { shots }) => sum + shots, 0)).toBe(11);
    expect(unshot).toEqual({ bookings: 1, netFen: 3000 });
    expect(ledger.reduce((sum, { netFen }) => sum + netFen, 0)).toBe(total.netFen + unshot.netFen);
    expect(ties).toBe(true);
  });

  it('takes off what went back of a fee item of somebody who was photographed', async () => {
    const [shot] = scene.shot;
    if (!shot) throw new Error('nobody was shot');
    const { orders } = await shot.phone.api.call('GET /api/me/orders');
    const params = { orderNo: orders[0]?.orderNo ?? '' };
    const { proposals } = await maker.call('POST /api/console/orders/:orderNo/proposals', {
      params,
      body: { kind: 'refund', reason: '网页未制作', items: ['web_page'] },
    });
    await checker.call('POST /api/console/orders/:orderNo/proposals/:proposalId/decide', {
      params: { ...params, proposalId: proposals.at(-1)?.id ?? '' },
      body: { decision: 'approve' },
    });
    const { total, rows, ties } = await sheet();
    expect(total.items).toMatchObject([
      { code: 'shooting', receivedFen: 9 * 1500, refundedFen: 0, netFen: 9 * 1500 },
      { code: 'web_page', receivedFen: 9 * 1500, refundedFen: 1500, netFen: 8 * 1500 },
    ]);
    expect(rows.find(({ college }) => college === shot.student.college)?.items[1]).toMatchObject({
      refundedFen: 1500,
    });
    expect(ties).toBe(true);
  });

  it('agrees with the 批次结算 report to the fen, by college and fee item', async () => {
    const { rows } = await sheet();
    const { merchants } = await maker.call('GET /api/console/merchants');
    const { lines } = await maker.call('GET /api/console/merchants/:merchantId/reports/campaigns', {
      params: { merchantId: merchants[0]?.id ?? '' },
      query: { campaignId: scene.demo.campaign.id },
    });
    // The report has everybody's money: also that of the one who is neither photographed nor refunded.
    const leftOf = (college: string) => (college === scene.arrived.student.college ? 1500 : 0);
    const colleges = [...new Set([...rows, ...lines].map(({ college }) => college))];
    const codes = ['shooting', 'web_page'];
    const net = (items: readonly { code: string; netFen: number }[] = []) =>
      codes.map((code) => items.find((item) => item.code === code)?.netFen ?? 0);
    const ofSheet = colleges.map((college) => {
      const row = rows.find((one) => one.college === college);
      return { college, shots: row?.shots ?? 0, net: net(row?.items).map((fen) => fen + leftOf(college)) };
    });
    const ofReport = colleges.map((college) => {
      const line = lines.find((one) => one.college === college);
      return { college, shots: line?.shots ?? 0, net: net(line?.items) };
    });
    expect(ofReport).toEqual(ofSheet);
    expect(ofReport.flatMap((one) => one.net).reduce((sum, fen) => sum + fen, 0)).toBe(
      9 * 3000 - 1500 + 3000,
    );
  });

  it('is a workbook with the ledger beside it and nothing between', async () => {
    const rows = await rowsOf(
      await maker.download('GET /api/console/campaigns/:id/agency-sheet.xlsx', campaign()),
    );
    expect(rows.find(([name]) => name === '合计')?.at(-1)).toBe('255');
    expect(rows.find(([name]) => name === '按分录，本批次收费净额')?.at(-1)).toBe('285');
    expect(rows.find(([name]) => name === '相差')?.at(-1)).toBe('0');
  });
});

it('lists who was photographed without paying, until a waiver of two people', async () => {
  const list = async () =>
    rowsOf(await maker.download('GET /api/console/campaigns/:id/unpaid-shots.xlsx', campaign()));
  expect((await list()).at(-1)).toEqual(expect.arrayContaining(['合计 2 人', '60']));
  const owed = async () => {
    const { owed: all } = await maker.call('GET /api/console/campaigns/:id/owed', campaign());
    const found = all.find(({ bookingId }) => bookingId === scene.owing.bookingId);
    if (!found) throw new Error('owes no more');
    return found;
  };
  const nonce = 'waiver-of-the-scene';
  const params = { id: scene.owing.bookingId };
  await maker.call('POST /api/console/bookings/:id/waiver', {
    params,
    body: { version: (await owed()).version, nonce, reason: '家庭经济困难，学院证明' },
  });
  await checker.call('POST /api/console/bookings/:id/waiver/decide', {
    params,
    body: { version: (await owed()).version, nonce: `${nonce}-2`, decision: 'approve' },
  });
  expect((await list()).at(-1)).toEqual(expect.arrayContaining(['合计 1 人', '30']));
});
