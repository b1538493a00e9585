import { Readable } from 'node:stream';
import { noTrade, readTradeBill } from '../../../server/modules/reconciliation/trade-bill';
import {
  all,
  DAY,
  MCHID,
  payment,
  refund,
  stream,
  TRADE_COLUMNS,
  TRADE_FOOTER,
  tradeFile,
  tradeSums,
} from './support/bill-files';

async function read(text: string, expected = { mchid: MCHID, day: DAY }) {
  const totals = noTrade();
  const rows = await all(readTradeBill(stream(text), expected, totals));
  return { rows, totals };
}

const refusal = (reason: string) => ({
  code: 'BILL_REFUSED',
  details: { reason: expect.stringContaining(reason) },
});

describe('a trade bill', () => {
  it('becomes payments and refunds in fen, with the footer agreeing', async () => {
    const { rows, totals } = await read(tradeFile());
    expect(rows).toEqual([
      {
        kind: 'payment',
        orderNo: 'A7Kp2mQ9',
        refundNo: null,
        bookingId: null,
        wechatNo: '4200001234202211191234567890',
        at: new Date('2022-11-19T01:05:00Z'),
        fen: 3000,
        settledFen: 3000,
        feeFen: 18,
        rate: '0.60%',
        status: 'SUCCESS',
      },
      {
        kind: 'refund',
        orderNo: 'A7Kp2mQ9',
        refundNo: 'R7Kp2mQ9',
        bookingId: null,
        wechatNo: '50300001234202211190987654321',
        at: new Date('2022-11-19T15:59:59Z'),
        fen: 1500,
        settledFen: 1500,
        feeFen: -9,
        rate: '0.60%',
        status: 'PROCESSING',
      },
    ]);
    expect(totals).toEqual({
      rows: 2,
      payments: 1,
      paidFen: 3000,
      settledFen: 3000,
      refunds: 1,
      refundedFen: 1500,
      settledRefundFen: 1500,
      feeFen: 9,
    });
  });

  it.each([
    ['without the BOM', (text: string) => text.replace('\uFEFF', '')],
    ['with plain line ends', (text: string) => text.replaceAll('\r\n', '\n')],
    ['without the last line end', (text: string) => text.trimEnd()],
    ['with empty lines at its end', (text: string) => `${text}\r\n\r\n`],
  ])('reads the same %s', async (_, change) => {
    expect(await read(change(tradeFile()))).toEqual(await read(tradeFile()));
  });

  it.each([1, 7, 500])('reads the same in pieces of %d bytes, which end anywhere', async (size) => {
    const totals = noTrade();
    const rows = await all(readTradeBill(stream(tradeFile(), size), { mchid: MCHID, day: DAY }, totals));
    expect({ rows, totals }).toEqual(await read(tradeFile()));
  });

  it('reads the same when a value has lost its backtick', async () => {
    const text = tradeFile().replaceAll(',`CNY', ',CNY').replaceAll(',`JSAPI', ',JSAPI');
    expect(await read(text)).toEqual(await read(tradeFile()));
  });

  it('is read by the names of its columns, whatever their order and whatever else there is', async () => {
    const columns = [...TRADE_COLUMNS, '新增列'].reverse();
    const footerColumns = [...TRADE_FOOTER].reverse();
    expect(await read(tradeFile({ columns, footerColumns }))).toEqual(await read(tradeFile()));
  });

  it('may be of the older form without 订单金额 and 申请退款金额', async () => {
    const older = (name: string) =>
      !['订单金额', '申请退款金额', '订单总金额', '申请退款总金额'].includes(name);
    const columns = TRADE_COLUMNS.filter(older);
    const footerColumns = TRADE_FOOTER.filter(older);
    expect(await read(tradeFile({ columns, footerColumns }))).toEqual(await read(tradeFile()));
  });

  it('keeps a comma in the name of the goods apart from the commas between columns', async () => {
    const goods = { 商品名称: '图像采集,含网页制作,30 元' };
    const rows = [
      { ...payment, ...goods },
      { ...refund, ...goods },
    ];
    expect(await read(tradeFile({ rows }))).toEqual(await read(tradeFile()));
  });

  it("tells the order's amount from what the merchant gets when a coupon was at the merchant's cost", async () => {
    const rows = [{ ...payment, 应结订单金额: '28.00', 手续费: '0.17000' }];
    const footer = {
      ...tradeSums,
      总交易单数: '1',
      应结订单总金额: '28.00',
      退款总金额: '0.00',
      手续费总金额: '0.17000',
      申请退款总金额: '0.00',
    };
    const { rows: read_ } = await read(tradeFile({ rows, footer }));
    expect(read_).toMatchObject([{ fen: 3000, settledFen: 2800, feeFen: 17 }]);
  });

  it('streams: more rows than one batch arrive in batches, before the footer was seen', async () => {
    const rows = Array.from({ length: 2_500 }, () => payment);
    const footer = {
      ...tradeSums,
      总交易单数: '2500.0',
      应结订单总金额: '75000.00',
      退款总金额: '0.00',
      手续费总金额: '450.00000',
      订单总金额: '75000.00',
      申请退款总金额: '0.00',
    };
    const sizes: number[] = [];
    const totals = noTrade();
    const content = stream(tradeFile({ rows, footer }), 4_096);
    for await (const batch of readTradeBill(content, { mchid: MCHID, day: DAY }, totals)) {
      sizes.push(batch.length);
    }
    expect(sizes.length).toBeGreaterThan(2);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(2_500);
  });
});

describe('a trade bill is refused, with the reason,', () => {
  it.each([
    ['after the details', (text: string) => text.slice(0, text.indexOf('总交易单数')), '缺少汇总行'],
    [
      'after the header of the footer',
      (text: string) => text.slice(0, text.lastIndexOf('`2.0')),
      '缺少汇总行',
    ],
    ['within the footer', (text: string) => text.slice(0, text.lastIndexOf(',`30.00')), '缺列'],
    [
      "within the footer's last amount",
      (text: string) => text.slice(0, -'5.00\r\n'.length),
      '申请退款总金额',
    ],
    ['within a row', (text: string) => text.slice(0, text.indexOf('REFUND')), '缺'],
    ['before everything', () => '\uFEFF', '缺少汇总行'],
  ])('when it is cut short %s', async (_, cut, reason) => {
    await expect(read(cut(tradeFile()))).rejects.toMatchObject(refusal(reason));
  });

  it.each(Object.keys(tradeSums).filter((name) => name !== '充值券退款总金额'))(
    'when its footer is wrong in %s',
    async (name) => {
      const footer = { ...tradeSums, [name]: name === '总交易单数' ? '3.0' : '30.01' };
      await expect(read(tradeFile({ footer }))).rejects.toMatchObject(refusal(`“${name}”`));
    },
  );

  it("when it is another merchant's", async () => {
    const expected = { mchid: '1900009999', day: DAY };
    await expect(read(tradeFile(), expected)).rejects.toMatchObject(refusal(MCHID));
  });

  it("when it is another day's, and a day ends at midnight in Shanghai", async () => {
    const expected = { mchid: MCHID, day: '2022-11-18' };
    await expect(read(tradeFile(), expected)).rejects.toMatchObject(refusal('2022-11-19'));
    const rows = [payment, { ...refund, 交易时间: '2022-11-20 00:00:00' }];
    await expect(read(tradeFile({ rows }))).rejects.toMatchObject(refusal('2022-11-20'));
  });

  it('when it is a bill of another type, which lacks columns', async () => {
    const columns = TRADE_COLUMNS.filter((name) => !name.includes('退款'));
    await expect(read(tradeFile({ columns }))).rejects.toMatchObject(refusal('一列'));
  });

  it('when it goes on after its footer', async () => {
    const text = tradeFile();
    await expect(read(text + text.slice(1))).rejects.toMatchObject(refusal('之后还有内容'));
  });

  it('when a spreadsheet has saved it anew, without backticks', async () => {
    await expect(read(tradeFile().replaceAll('`', ''))).rejects.toMatchObject(refusal('另存'));
  });

  it.each([
    ['an amount', { 应结订单金额: '3E+1' }, '3E+1'],
    ['a fraction of a fen', { 手续费: '0.18500' }, '0.18500'],
    ['a time', { 交易时间: '2022/11/19 9:05' }, '2022/11/19'],
  ])('when %s cannot be read', async (_, change, shown) => {
    const rows = [{ ...payment, ...change }, refund];
    await expect(read(tradeFile({ rows }))).rejects.toMatchObject(refusal(shown));
  });

  it('when it is no bill at all', async () => {
    await expect(read('<html>服务繁忙</html>')).rejects.toMatchObject(refusal('一列'));
    await expect(read('x'.repeat(100_000))).rejects.toMatchObject(refusal('不是微信的账单文件'));
  });
});

describe('a download that breaks', () => {
  it('is told as what broke, not as a bill', async () => {
    const cause = new Error('connection lost');
    async function* half() {
      yield Buffer.from(tradeFile().slice(0, 400));
      throw cause;
    }
    const reading = all(readTradeBill(Readable.from(half()), { mchid: MCHID, day: DAY }, noTrade()));
    await expect(reading).rejects.toBe(cause);
  });

  it('is noticed also when it broke before anybody read', async () => {
    const broken = stream(tradeFile());
    broken.on('error', () => undefined).destroy(new Error('connection lost'));
    await new Promise(setImmediate);
    const reading = all(readTradeBill(broken, { mchid: MCHID, day: DAY }, noTrade()));
    await expect(reading).rejects.toThrow();
  });

  it('is closed when its reader leaves early', async () => {
    const content = stream(tradeFile());
    for await (const batch of readTradeBill(content, { mchid: MCHID, day: DAY }, noTrade())) {
      expect(batch).toHaveLength(2);
      break;
    }
    expect(content.destroyed).toBe(true);
  });
});
