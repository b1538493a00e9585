import { Receipts } from '../../server/modules/receipts/model';
import type { ReceiptKind } from '../../shared/contract/receipts';
import { openPaymentWorld, type PaymentWorld } from '../support/payment-world';
import { FIRST, layReportScene, type ReportScene, readSheet, SECOND } from '../support/report-scene';

jest.setTimeout(120_000);

let w: PaymentWorld;
let scene: ReportScene;

beforeAll(async () => {
  w = await openPaymentWorld();
  scene = await layReportScene(w);
});
afterAll(() => w?.close());

const issue = (orderNo: string, number: string, kind: ReceiptKind = 'e_receipt', by = w.finance[0]) =>
  by.call('POST /api/console/orders/:orderNo/receipt', { params: { orderNo }, body: { kind, number } });
const read = async (orderNo: string) =>
  (await w.auditor.call('GET /api/console/orders/:orderNo/receipt', { params: { orderNo } })).receipt;
const voidIt = (orderNo: string, version: number) =>
  w.finance[0].call('POST /api/console/orders/:orderNo/receipt/void', {
    params: { orderNo },
    body: { version, reason: '开错抬头' },
  });
const sheet = async () =>
  readSheet(
    await w.finance[0].download('GET /api/console/merchants/:merchantId/reports.xlsx', {
      params: { merchantId: w.merchantId },
      query: { report: 'detail', from: FIRST, to: SECOND },
    }),
    '商户订单号',
  );

it('is not issued until somebody writes its number down, then with who did', async () => {
  expect(await read(scene.whole)).toBeNull();
  await issue(scene.whole, '00530001');
  expect(await read(scene.whole)).toMatchObject({
    kind: 'e_receipt',
    number: '00530001',
    by: expect.any(String),
  });
  const rows = await sheet();
  const receiptOf = (orderNo: string) => rows.find((row) => row.商户订单号 === orderNo)?.票据;
  expect([receiptOf(scene.whole), receiptOf(scene.partly)]).toEqual(['财政电子票据 00530001', '未开']);
});

it('is the same when the same is written down again, after an answer that was lost', async () => {
  await issue(scene.whole, '00530001');
  expect(await Receipts.countDocuments({ orderNo: scene.whole })).toBe(1);
  await expect(issue(scene.whole, '00530002')).rejects.toMatchObject({ code: 'RECEIPT_ISSUED' });
});

it('has a number that stands for one order only', async () => {
  await expect(issue(scene.partly, '00530001')).rejects.toMatchObject({ code: 'RECEIPT_NUMBER_TAKEN' });
  await issue(scene.partly, '00530001', 'paper');
});

it('is one, when two write down different ones at once', async () => {
  const outcomes = await Promise.allSettled([
    issue(scene.returned, '00530010'),
    issue(scene.returned, '00530011', 'e_receipt', w.finance[1]),
  ]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await Receipts.countDocuments({ orderNo: scene.returned, state: 'issued' })).toBe(1);
});

it('says that it has to be voided once all the money has gone back', async () => {
  const row = (await sheet()).find(({ 商户订单号 }) => 商户订单号 === scene.returned);
  expect(row?.票据).toMatch(/^财政电子票据 0053001[01]，已全退，待冲红$/);
});

it('once void makes room for another, and keeps its number for ever', async () => {
  const { version = 0 } = (await read(scene.whole)) ?? {};
  await expect(voidIt(scene.whole, version + 1)).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE' });
  await voidIt(scene.whole, version);
  expect(await read(scene.whole)).toBeNull();
  await expect(issue(scene.whole, '00530001')).rejects.toMatchObject({ code: 'RECEIPT_NUMBER_TAKEN' });
  await issue(scene.whole, '00530003');
  expect(await read(scene.whole)).toMatchObject({ number: '00530003' });
});

it('is written down by finance alone, and for money that came', async () => {
  await expect(issue(scene.aside, '00530020', 'e_receipt', w.auditor)).rejects.toMatchObject({
    code: 'NOT_ALLOWED',
  });
  const { orderNo } = await w.paying(await w.session());
  await expect(issue(orderNo, '00530021')).rejects.toMatchObject({ code: 'ORDER_NOT_PAID' });
});
