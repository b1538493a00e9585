import { AuditLines } from '../../server/modules/audit/model';
import type { Contract } from '../../shared/contract';
import type { Received } from '../../shared/contract/endpoint';
import type { ReportName } from '../../shared/contract/reports';
import { openPaymentWorld, type PaymentWorld } from '../support/payment-world';
import {
  FIRST,
  fenOf,
  layReportScene,
  type ReportScene,
  readSheet,
  SECOND,
  SHOT_DAY,
} from '../support/report-scene';

jest.setTimeout(120_000);

type Asked = Partial<Received<Contract['GET /api/console/merchants/:merchantId/reports/summary']>['query']>;

let w: PaymentWorld;
let scene: ReportScene;

/** An amount as it stands in a cell: a number, so without zeros at its end. */
const cell = (fen: number) => String(fen / 100);

const span = { from: FIRST, to: SECOND };
const params = () => ({ merchantId: w.merchantId });
const summary = (asked: Asked = {}) =>
  w.finance[0].call('GET /api/console/merchants/:merchantId/reports/summary', {
    params: params(),
    query: { ...span, ...asked },
  });
const workbook = (report: ReportName, asked: Asked = {}) =>
  w.finance[0].download('GET /api/console/merchants/:merchantId/reports.xlsx', {
    params: params(),
    query: { report, ...span, ...asked },
  });
const fetchDay = (day: string) =>
  w.finance[0].call('POST /api/console/merchants/:merchantId/days/:day/fetch', {
    params: { ...params(), day },
  });

/** What WeChat's own books say of these days. */
async function theirBooks() {
  const { items: orders } = await w.control<{
    items: { payment: { totalFen: number; feeFen: number } | null }[];
  }>('GET', '/books/orders?limit=1000');
  const { items: refunds } = await w.control<{ items: { refundFen: number; feeFen: number }[] }>(
    'GET',
    '/books/refunds?limit=1000',
  );
  const payments = orders.flatMap(({ payment }) => (payment ? [payment] : []));
  const sum = (parts: number[]) => parts.reduce((total, part) => total + part, 0);
  return {
    payments: payments.length,
    paidFen: sum(payments.map(({ totalFen }) => totalFen)),
    refunds: refunds.length,
    refundedFen: sum(refunds.map(({ refundFen }) => refundFen)),
    feeFen: sum(payments.map(({ feeFen }) => feeFen)) - sum(refunds.map(({ feeFen }) => feeFen)),
  };
}

beforeAll(async () => {
  w = await openPaymentWorld();
  scene = await layReportScene(w);
  await w.control('POST', '/clock', { now: '2022-11-17T10:30:00+08:00' });
});
afterAll(() => w?.close());

describe('before the bills are in', () => {
  it('tells our side, names no footer and says which days are missing', async () => {
    const { days } = await summary();
    expect(days).toMatchObject([
      { day: FIRST, ours: { payments: 3, paidFen: 8900, refunds: 1, refundedFen: 1500 }, theirs: null },
      { day: SECOND, ours: { payments: 1, paidFen: 3000, refunds: 1, refundedFen: 3000 }, theirs: null },
    ]);
    const rows = await readSheet(await workbook('daily'), '日期');
    expect(rows.at(-1)).toMatchObject({ 日期: '合计', 我方收款: '119', 微信收款: '', 收款相差: '' });
  });
});

it('waits for the bills of days with money only, and for none that WeChat has not made yet', async () => {
  const { days } = await w.finance[0].call('GET /api/console/merchants/:merchantId/days', {
    params: params(),
    query: { from: '2022-11-13', to: '2022-11-20' },
  });
  expect(days.map(({ day, state, bills }) => [day, state, bills])).toEqual([
    ['2022-11-13', 'waiting', 'idle'],
    ['2022-11-14', 'waiting', 'idle'],
    [FIRST, 'waiting', 'due'],
    [SECOND, 'waiting', 'due'],
    ['2022-11-17', 'waiting', 'not_yet'],
  ]);
});

describe('once they are', () => {
  beforeAll(async () => {
    await fetchDay(FIRST);
    await fetchDay(SECOND);
  });

  it('every day stands beside its footer, which agrees to the fen', async () => {
    const { days } = await summary();
    for (const { ours, theirs } of days) expect(theirs).toMatchObject(ours);
    const books = await theirBooks();
    const total = (pick: (day: (typeof days)[number]) => number) =>
      days.reduce((sum, day) => sum + pick(day), 0);
    expect({
      payments: total(({ theirs }) => theirs?.payments ?? 0),
      paidFen: total(({ theirs }) => theirs?.paidFen ?? 0),
      refunds: total(({ theirs }) => theirs?.refunds ?? 0),
      refundedFen: total(({ theirs }) => theirs?.refundedFen ?? 0),
      feeFen: total(({ theirs }) => theirs?.feeFen ?? 0),
    }).toEqual(books);
  });

  it('the same money stands by campaign, college and fee item', async () => {
    const { days, groups } = await summary();
    const sum = (parts: { paidFen: number; refundedFen: number }[]) => [
      parts.reduce((total, { paidFen }) => total + paidFen, 0),
      parts.reduce((total, { refundedFen }) => total + refundedFen, 0),
    ];
    expect(sum(groups)).toEqual(sum(days.map(({ ours }) => ours)));
    expect(
      groups.map(({ college, code, paidFen, refundedFen }) => [college, code, paidFen, refundedFen]),
    ).toEqual([
      ['农学院', '', 2900, 0],
      ['农学院', 'shooting', 4500, 1500],
      ['农学院', 'web_page', 4500, 3000],
    ]);
  });

  it('日汇总 as a workbook adds up again from its rows, and shows 0.00 apart', async () => {
    const rows = await readSheet(await workbook('daily'), '日期');
    const [lines, total] = [rows.slice(0, -1), rows.at(-1)];
    const books = await theirBooks();
    for (const [column, expected] of [
      ['我方收款', books.paidFen],
      ['微信收款', books.paidFen],
      ['我方退款', books.refundedFen],
      ['微信退款', books.refundedFen],
      ['微信手续费', books.feeFen],
      ['收款相差', 0],
      ['退款相差', 0],
    ] as const) {
      expect([column, fenOf(total?.[column])]).toEqual([column, expected]);
      expect([column, lines.reduce((sum, row) => sum + fenOf(row[column]), 0)]).toEqual([column, expected]);
    }
    const groups = await readSheet(await workbook('daily'), '采集批次', 1);
    expect(groups.at(-1)).toMatchObject({ 收款金额: cell(books.paidFen) });
  });

  it('明细 has every paid order with whole numbers and masked names, and ends in WeChat’s total', async () => {
    const rows = await readSheet(await workbook('detail'), '商户订单号');
    const orders = rows.slice(0, 4);
    expect(orders.map((row) => row.商户订单号).sort()).toEqual(Object.values(scene).sort());
    for (const row of orders) {
      expect(row).toMatchObject({ 姓名: '王*', 学院: '农学院' });
      expect(row.微信支付订单号).toMatch(/^\d{28}$/);
    }
    const books = await theirBooks();
    expect(orders.reduce((sum, row) => sum + fenOf(row.收款), 0)).toBe(books.paidFen);
    expect(rows.slice(4).map((row) => [row.商户订单号, row.收款])).toEqual([
      ['合计 4 笔', cell(books.paidFen)],
      ['微信账单合计 4 笔', cell(books.paidFen)],
      ['相差（已有账单的日子）', '0'],
    ]);
    expect(orders.find((row) => row.商户订单号 === scene.aside)?.说明).toBe('款项存疑，未入账');
  });

  it('明细 comes in pages that hold each order once', async () => {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await w.finance[0].call('GET /api/console/merchants/:merchantId/reports/orders', {
        params: params(),
        query: { ...span, limit: 3, ...(after && { after }) },
      });
      if (after === undefined) expect(page.totals).toMatchObject({ orders: 4, receivedFen: 11_900 });
      else expect(page.totals).toBeNull();
      seen.push(...page.lines.map(({ orderNo }) => orderNo));
      after = page.next ?? undefined;
    } while (after);
    expect(seen).toHaveLength(4);
    expect(new Set(seen)).toEqual(new Set(Object.values(scene)));
  });

  it('退款 names the promised day and the working days it took, and ties to the footer', async () => {
    const report = await w.finance[0].call('GET /api/console/merchants/:merchantId/reports/refunds', {
      params: params(),
      query: span,
    });
    expect(report.lines).toMatchObject([
      { orderNo: scene.partly, amountFen: 1500, dueDay: '2022-11-18', promise: 'arrived', workingDays: 0 },
      { orderNo: scene.returned, amountFen: 3000, dueDay: '2022-11-21', promise: 'arrived', workingDays: 0 },
    ]);
    const { refunds, refundedFen } = await theirBooks();
    expect(report.accepted).toEqual({ refunds, amountFen: refundedFen });
    const rows = await readSheet(await workbook('refunds'), '商户退款单号');
    expect(rows.slice(-2).map((row) => [row.商户退款单号, row.退款金额])).toEqual([
      [`微信账单合计 ${refunds} 笔`, cell(refundedFen)],
      ['相差（已有账单的日子）', '0'],
    ]);
    // A text that begins like a formula stays text.
    expect(rows[0]?.原因).toBe('=未制作网页');
  });

  it('手续费 is what the rates make of the amounts, and what the footer says', async () => {
    const { days } = await w.finance[0].call('GET /api/console/merchants/:merchantId/reports/fees', {
      params: params(),
      query: span,
    });
    const { feeFen } = await theirBooks();
    const sum = (pick: (day: (typeof days)[number]) => number) =>
      days.reduce((all, day) => all + pick(day), 0);
    expect(sum(({ chargedFen, returnedFen }) => chargedFen - returnedFen)).toBe(feeFen);
    expect(sum(({ expectedFen }) => expectedFen)).toBe(feeFen);
    expect(sum(({ footerFen }) => footerFen)).toBe(feeFen);
    const rows = await readSheet(await workbook('fees'), '账单日');
    expect(rows.at(-1)).toMatchObject({ 账单日: '合计', 微信合计: cell(feeFen), 相差: '0' });
  });

  it('月报 is the sum of its days', async () => {
    const rows = await readSheet(await workbook('monthly', { from: '2022-11-01', to: '2022-11-30' }), '月份');
    const books = await theirBooks();
    expect(rows).toMatchObject([
      { 月份: '2022-11', 微信收款: cell(books.paidFen), 收款相差: '0', 关账: '0 / 2 天已关账' },
      { 月份: '合计', 我方收款: cell(books.paidFen), 退款相差: '0' },
    ]);
  });

  it('by the day of the shot it counts those photographed with all they paid, and compares with no footer', async () => {
    const onDay = { from: SHOT_DAY, to: SHOT_DAY, by: 'shot' as const };
    const { days } = await summary(onDay);
    expect(days).toMatchObject([
      {
        day: SHOT_DAY,
        shots: 2,
        ours: { payments: 2, paidFen: 6000, refunds: 1, refundedFen: 1500 },
        theirs: null,
        state: null,
      },
    ]);
    const { lines } = await w.finance[0].call('GET /api/console/merchants/:merchantId/reports/orders', {
      params: params(),
      query: onDay,
    });
    expect(lines.map(({ orderNo, shotDay }) => [orderNo, shotDay])).toEqual([
      [scene.partly, SHOT_DAY],
      [scene.whole, SHOT_DAY],
    ]);
    const rows = await readSheet(await workbook('daily', onDay), '拍摄日');
    expect(rows.at(-1)).toMatchObject({ 已拍人数: '2', 净额: '45' });
  });

  it('pages those photographed one by one', async () => {
    const query = { from: SHOT_DAY, to: SHOT_DAY, by: 'shot' as const, limit: 1 };
    const page = (after?: string) =>
      w.finance[0].call('GET /api/console/merchants/:merchantId/reports/orders', {
        params: params(),
        query: { ...query, ...(after && { after }) },
      });
    const first = await page();
    const second = await page(first.next ?? '');
    expect([first, second].map(({ lines, next }) => [lines.map(({ orderNo }) => orderNo), next])).toEqual([
      [[scene.partly], '1'],
      [[scene.whole], null],
    ]);
  });

  it('批次结算 leaves of each item what was not given back', async () => {
    const { lines } = await w.finance[0].call('GET /api/console/merchants/:merchantId/reports/campaigns', {
      params: params(),
      query: {},
    });
    expect(lines).toMatchObject([
      {
        campaignId: w.campaignId,
        college: '农学院',
        shots: 2,
        shotUnpaid: 0,
        paidWithoutShot: 0,
        payments: 4,
        receivedFen: 11_900,
        refundedFen: 4500,
        refundingFen: 0,
        asideFen: 2900,
      },
    ]);
    const [line] = lines;
    expect(line?.items.map(({ code, netFen }) => [code, netFen]).sort()).toEqual([
      ['shooting', 3000],
      ['web_page', 1500],
    ]);
    const rows = await readSheet(await workbook('campaigns'), '采集批次');
    expect(rows.at(-1)).toMatchObject({ 采集批次: '合计', 收款: '119', 存疑: '29' });
  });

  it('差异 tells how far both sides are apart, and that ours and the footer differ by as much', async () => {
    await w.control('POST', '/books/entries', {
      kind: 'payment',
      mchid: w.merchant.mchid,
      at: `${SECOND}T15:00:00+08:00`,
      totalFen: 4500,
    });
    await fetchDay(SECOND);
    const report = await w.finance[0].call('GET /api/console/merchants/:merchantId/reports/differences', {
      params: params(),
      query: span,
    });
    expect(report.types).toEqual(
      expect.arrayContaining([{ type: 'surplus', all: 1, unsettled: 1, unsettledFen: 4500 }]),
    );
    const rows = await readSheet(await workbook('differences'), '账单日');
    expect(rows).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ 类型: '长款：只有微信有', 状态: '待处理', 微信: '45' }),
      ]),
    );
    const days = await readSheet(await workbook('differences'), '日期', 2);
    expect(days.at(-1)).toMatchObject({ 日期: '合计', 收款相差: '45', 退款相差: '0' });
  });
});

describe('who takes a report away', () => {
  it('is in the audit log with which report and which days', async () => {
    await workbook('monthly');
    const lines = await AuditLines.find({ verb: 'export', subject: `merchant:${w.merchantId}` }).lean();
    expect(lines.at(-1)?.facts).toMatchObject({ report: 'monthly', span: `${FIRST} 至 ${SECOND}` });
  });

  it('may be the auditor, not the office', async () => {
    const asked = { params: params(), query: { ...span, report: 'daily' as const } };
    const key = 'GET /api/console/merchants/:merchantId/reports.xlsx';
    await expect(w.auditor.download(key, asked)).resolves.toBeInstanceOf(Buffer);
    await expect(w.office.download(key, asked)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
  });

  it('is told when the days cannot be', async () => {
    await expect(summary({ from: SECOND, to: FIRST })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(summary({ from: '2020-01-01', to: SECOND })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(summary({ campaignId: '0'.repeat(24) })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
