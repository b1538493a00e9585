import { Readable } from 'node:stream';

/** Bills as WeChat writes them, by hand, so that the reader has something to be held against. */

export const MCHID = '1900000109';
export const DAY = '2022-11-19';

export const TRADE_COLUMNS =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注'.split(
    ',',
  );
export const TRADE_FOOTER =
  '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额'.split(',');
export const FLOW_COLUMNS =
  '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号'.split(
    ',',
  );
export const FLOW_FOOTER = '资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额'.split(',');

type Cells = Record<string, string>;

export const payment: Cells = {
  交易时间: '2022-11-19 09:05:00',
  公众账号ID: 'wxd678efh567hg6787',
  商户号: MCHID,
  特约商户号: '0',
  微信订单号: '4200001234202211191234567890',
  商户订单号: 'A7Kp2mQ9',
  用户标识: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
  交易类型: 'JSAPI',
  交易状态: 'SUCCESS',
  付款银行: 'CMB_DEBIT',
  货币种类: 'CNY',
  应结订单金额: '30.00',
  代金券金额: '0.00',
  微信退款单号: '0',
  商户退款单号: '0',
  退款金额: '0.00',
  充值券退款金额: '0.00',
  商品名称: '毕业生图像采集',
  手续费: '0.18000',
  费率: '0.60%',
  订单金额: '30.00',
  申请退款金额: '0.00',
};

export const refund: Cells = {
  ...payment,
  交易时间: '2022-11-19 23:59:59',
  交易状态: 'REFUND',
  应结订单金额: '0.00',
  微信退款单号: '50300001234202211190987654321',
  商户退款单号: 'R7Kp2mQ9',
  退款金额: '15.00',
  退款类型: 'ORIGINAL',
  退款状态: 'PROCESSING',
  手续费: '-0.09000',
  订单金额: '0.00',
  申请退款金额: '15.00',
};

export const tradeSums: Cells = {
  总交易单数: '2.0',
  应结订单总金额: '30.00',
  退款总金额: '15.00',
  充值券退款总金额: '0.00',
  手续费总金额: '0.09000',
  订单总金额: '30.00',
  申请退款总金额: '15.00',
};

export const income: Cells = {
  记账时间: '2022-11-19 09:05:00',
  微信支付业务单号: '4200001234202211191234567890',
  资金流水单号: '10001',
  业务名称: '交易',
  业务类型: '交易',
  收支类型: '收入',
  '收支金额(元)': '30.00',
  '账户结余(元)': '30.00',
  资金变更提交申请人: 'system',
  业务凭证号: 'A7Kp2mQ9',
};

export const expense: Cells = {
  ...income,
  资金流水单号: '10002',
  业务类型: '扣除交易手续费',
  收支类型: '支出',
  '收支金额(元)': '0.18',
  '账户结余(元)': '29.82',
};

export const flowSums: Cells = {
  资金流水总笔数: '2',
  收入笔数: '1',
  收入金额: '30.00',
  支出笔数: '1.0',
  支出金额: '0.18',
};

export interface FileParts {
  columns: readonly string[];
  rows: readonly Cells[];
  footerColumns: readonly string[];
  footer: Cells;
}

export function fileText({ columns, rows, footerColumns, footer }: FileParts): string {
  const line = (names: readonly string[], cells: Cells) =>
    `\`${names.map((name) => cells[name] ?? '').join(',`')}\r\n`;
  return [
    '\uFEFF',
    `${columns.join(',')}\r\n`,
    ...rows.map((cells) => line(columns, cells)),
    `${footerColumns.join(',')}\r\n`,
    line(footerColumns, footer),
  ].join('');
}

export const tradeFile = (parts: Partial<FileParts> = {}): string =>
  fileText({
    columns: TRADE_COLUMNS,
    rows: [payment, refund],
    footerColumns: TRADE_FOOTER,
    footer: tradeSums,
    ...parts,
  });

export const flowFile = (parts: Partial<FileParts> = {}): string =>
  fileText({
    columns: FLOW_COLUMNS,
    rows: [income, expense],
    footerColumns: FLOW_FOOTER,
    footer: flowSums,
    ...parts,
  });

/** In pieces that break lines and characters anywhere, as a download does. */
export function stream(text: string, pieceBytes = 7): Readable {
  const bytes = Buffer.from(text);
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes) pieces.push(bytes.subarray(at, at + pieceBytes));
  return Readable.from(pieces);
}

export async function all<T>(batches: AsyncIterable<readonly T[]>): Promise<T[]> {
  const items: T[] = [];
  for await (const batch of batches) items.push(...batch);
  return items;
}
