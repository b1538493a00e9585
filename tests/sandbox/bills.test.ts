import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { Formatter } from 'wechatpay-axios-plugin';
import type Pay from 'wechatpay-node-v3';
import { type NotifyReceiver, openNotifyReceiver } from './support/notify-receiver';
import { openTestSandbox, type TestSandbox } from './support/sandbox';
import { sdkClient } from './support/sdk-client';
import { openShop, type Shop } from './support/shop';

type Row = Record<string, string>;

/** A day far enough ahead that the demo clock only moves forward. */
const at = (day: number, time: string) => new Date(`2027-03-0${day}T${time}+08:00`).toISOString();

describe('bills', () => {
  let sandbox: TestSandbox;
  let receiver: NotifyReceiver;
  let shop: Shop;
  let sdk: Pay;

  beforeAll(async () => {
    [sandbox, receiver] = await Promise.all([openTestSandbox(), openNotifyReceiver()]);
    shop = openShop(sandbox, `${receiver.url}/notify`);
    sdk = sdkClient(sandbox, sandbox.merchant);
  });
  afterAll(() => Promise.all([sandbox.close(), receiver.close()]));

  const setClock = async (now: string) => {
    const { status } = await sandbox.control('POST', '/clock', { now });
    expect(status).toBe(200);
  };
  const download = async (ticket: Record<string, string>) => {
    const { data } = await sdk.downloadBill(ticket.download_url ?? '');
    return data as Buffer;
  };
  const tradeBill = async (day: number, type: 'ALL' | 'SUCCESS' | 'REFUND', tar?: 'GZIP') => {
    const wish = { bill_date: `2027-03-0${day}`, bill_type: type, ...(tar ? { tar_type: tar } : {}) };
    const { data, error } = await sdk.tradebill(wish);
    return { ticket: data, error };
  };
  const flowBill = async (day: number) => {
    const { data } = await sdk.fundflowbill({ bill_date: `2027-03-0${day}`, account_type: 'BASIC' });
    return data;
  };
  /** Detail rows and the summary row, by their headers, without backticks. */
  const read = (file: Buffer): { rows: Row[]; summary: Row; header: string[] } => {
    const lines: string[][] = parse(file, { bom: true, relax_column_count: true, record_delimiter: '\r\n' });
    const bare = lines.map((line) => line.map((value) => value.replace(/^`/, '')));
    const [header = [], ...rest] = bare;
    const record = (names: string[], values: string[] = []) =>
      Object.fromEntries(names.map((name, place) => [name, values[place] ?? '']));
    return {
      header,
      rows: rest.slice(0, -2).map((values) => record(header, values)),
      summary: record(rest.at(-2) ?? [], rest.at(-1)),
    };
  };
  const sum = (rows: Row[], name: string) =>
    rows.reduce((total, row) => total + Math.round(Number(row[name]) * 100), 0) / 100;

  describe('of a day with payments, refunds and its midnight', () => {
    let sold: string[];
    let late: string;

    beforeAll(async () => {
      await setClock(at(1, '09:00:00'));
      sold = [await shop.sell(), await shop.sell(3000), await shop.sell(600)];
      await shop.refund(sold[0] ?? '', { amount: { refund: 3000, total: 3000, currency: 'CNY' } });
      await setClock(at(1, '23:59:59'));
      await sandbox.control('POST', '/faults', {
        service: 'pay',
        operation: 'refund',
        kind: 'refund-outcome',
        code: 'PROCESSING',
        times: 1,
      });
      await shop.refund(sold[1] ?? '', {
        out_refund_no: 'R-slow',
        amount: { refund: 1000, total: 3000, currency: 'CNY' },
      });
      await setClock(at(2, '00:00:01'));
      late = await shop.sell();
    });

    it('does not exist while its day lasts, is being made until 10:00, then can be had', async () => {
      expect((await tradeBill(2, 'ALL')).error).toMatchObject({ code: 'NO_STATEMENT_EXIST' });
      await setClock(at(2, '09:59:59'));
      expect((await tradeBill(1, 'ALL')).error).toMatchObject({ code: 'STATEMENT_CREATING' });
      await setClock(at(2, '10:00:01'));
      expect((await tradeBill(1, 'ALL')).ticket).toMatchObject({
        hash_type: 'SHA1',
        download_url: expect.stringMatching(
          /^https:\/\/api\.mch\.weixin\.qq\.com\/v3\/billdownload\/file\?token=/,
        ),
      });
    });

    it('lists every payment and refund once, adds up to its summary, and has the hash it promised', async () => {
      const { ticket } = await tradeBill(1, 'ALL');
      const file = await download(ticket);
      expect(createHash('sha1').update(file).digest('hex')).toBe(ticket.hash_value);
      expect(file.toString('utf8').startsWith('\uFEFF交易时间,公众账号ID,商户号')).toBe(true);

      const { rows, summary } = read(file);
      const payments = rows.filter((row) => row.交易状态 === 'SUCCESS');
      const refunds = rows.filter((row) => row.交易状态 === 'REFUND');
      expect(payments.map((row) => row.商户订单号).sort()).toEqual([...sold].sort());
      expect(refunds.map((row) => [row.订单金额, row.申请退款金额, row.手续费])).toEqual([
        ['0.00', '30.00', '-0.18000'],
        ['0.00', '10.00', '-0.06000'],
      ]);
      expect(payments.find((row) => row.商户订单号 === sold[2])).toMatchObject({
        订单金额: '6.00',
        手续费: '0.04000',
        费率: '0.60%',
      });
      expect(summary).toEqual({
        总交易单数: '5',
        应结订单总金额: '66.00',
        退款总金额: '40.00',
        充值券退款总金额: '0.00',
        手续费总金额: '0.16000',
        订单总金额: '66.00',
        申请退款总金额: '40.00',
      });
      expect(sum(rows, '手续费')).toBe(0.16);
      expect(sum(rows, '订单金额')).toBe(66);
    });

    it('shows a refund as it stood when the bill was made, whatever became of it since', async () => {
      await sandbox.control('POST', '/refunds/R-slow/outcome', { outcome: 'SUCCESS' });
      const { rows } = read(await download((await tradeBill(1, 'REFUND')).ticket));
      expect(rows.map((row) => [row.退款状态, row.退款成功时间 !== ''])).toEqual([
        ['SUCCESS', true],
        ['PROCESSING', false],
      ]);
      expect(rows[1]).toMatchObject({
        交易时间: expect.stringMatching(/^2027-03-01 09:00:/),
        退款申请时间: expect.stringMatching(/^2027-03-01 23:59:59/),
      });
    });

    it('leaves refund columns out of the SUCCESS bill', async () => {
      const { header, rows } = read(await download((await tradeBill(1, 'SUCCESS')).ticket));
      expect(header).not.toContain('微信退款单号');
      expect(header).not.toContain('申请退款金额');
      expect(rows).toHaveLength(3);
    });

    it('moves the same money in the fund flow as in the trade bill', async () => {
      const { rows, summary } = read(await download(await flowBill(1)));
      const of = (type: string) =>
        sum(
          rows.filter((row) => row.业务类型 === type),
          '收支金额(元)',
        );
      expect([of('交易'), of('扣除交易手续费'), of('退款'), of('退还交易手续费')]).toEqual([
        66, 0.4, 40, 0.24,
      ]);
      expect(summary).toEqual({
        资金流水总笔数: '10',
        收入笔数: '5',
        收入金额: '66.24',
        支出笔数: '5',
        支出金额: '40.40',
      });
      const last = rows.at(-1);
      expect(last?.['账户结余(元)']).toBe('25.84');
    });

    it('comes gzipped when asked, the hash being of the file inside', async () => {
      const { ticket } = await tradeBill(1, 'ALL', 'GZIP');
      const file = gunzipSync(await download(ticket));
      expect(createHash('sha1').update(file).digest('hex')).toBe(ticket.hash_value);
    });

    it('is asked for, fetched and read by wechatpay-axios-plugin as well, to the same rows and sums', async () => {
      const had = async (address: string, params: Record<string, string>) => {
        const { data } = await shop.pay.get(address, { params });
        const { pathname, searchParams } = new URL(data.download_url);
        const file = await shop.pay.get(pathname, {
          params: Object.fromEntries(searchParams),
          responseType: 'arraybuffer',
        });
        const bytes = Buffer.from(file.data);
        expect(createHash('sha1').update(bytes).digest('hex')).toBe(data.hash_value);
        return bytes;
      };
      const day = { bill_date: '2027-03-01' };
      for (const file of [
        await had('/v3/bill/tradebill', { ...day, bill_type: 'ALL' }),
        await had('/v3/bill/fundflowbill', { ...day, account_type: 'BASIC' }),
      ]) {
        const { rows, summary } = read(file);
        expect(rows.length).toBeGreaterThan(3);
        expect(Formatter.castCsvBill(file)).toEqual({ rows, summary });
      }
    });

    it('puts what happened after midnight into the next day', async () => {
      await setClock(at(3, '10:00:00'));
      const { rows } = read(await download((await tradeBill(2, 'ALL')).ticket));
      expect(rows.map((row) => row.商户订单号)).toEqual([late]);
    });

    it('keeps its download address for five minutes', async () => {
      const { ticket } = await tradeBill(2, 'ALL');
      await sandbox.control('POST', '/clock', { advanceMs: 5 * 60_000 + 1_000 });
      expect(await sdk.downloadBill(ticket.download_url)).toMatchObject({ status: 400 });
    });

    it('shows planted surplus and shortage, and money of an unknown kind', async () => {
      const { mchid } = sandbox.merchant;
      await sandbox.control('POST', '/books/entries', {
        kind: 'payment',
        mchid,
        at: at(2, '12:00:00'),
        totalFen: 3000,
        outTradeNo: 'X-nobody-knows',
      });
      await sandbox.control('POST', '/books/entries', {
        kind: 'fund-flow',
        mchid,
        at: at(2, '13:00:00'),
        type: '提现',
        direction: '支出',
        amountFen: 100,
      });
      await sandbox.control('DELETE', `/books/entries/${mchid}/${late}`);
      const trade = read(await download((await tradeBill(2, 'ALL')).ticket));
      const flow = read(await download(await flowBill(2)));
      expect(trade.rows.map((row) => row.商户订单号)).toEqual(['X-nobody-knows']);
      expect(flow.rows.map((row) => row.业务类型)).toEqual(['交易', '扣除交易手续费', '提现']);
    });
  });

  it('does not exist for a day without trade', async () => {
    await setClock(at(9, '12:00:00'));
    expect((await tradeBill(7, 'ALL')).error).toMatchObject({ code: 'NO_STATEMENT_EXIST' });
  });

  it('streams a long day, and prints counts as 5000.0 on request', async () => {
    await sandbox.control('PUT', '/settings', { billCounts: 'decimal' });
    await sandbox.control('POST', '/books/bulk', {
      mchid: sandbox.merchant.mchid,
      day: '2027-03-06',
      count: 5000,
    });
    const { rows, summary } = read(await download((await tradeBill(6, 'ALL')).ticket));
    expect(rows).toHaveLength(5000);
    expect(summary).toMatchObject({
      总交易单数: '5000.0',
      订单总金额: '150000.00',
      手续费总金额: '900.00000',
    });
  });
});
