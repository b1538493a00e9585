import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { formatYuan } from '../../../shared/domain/money';
import { shanghaiStamp } from '../../../shared/domain/time';
import { FEE_FEN, FEN, type Sale } from './sales';

export interface BillOnDisk {
  file: string;
  bytes: number;
  /** SHA-1 of the file, as WeChat declares it. */
  sha1: string;
}

const TRADE =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注';
const TRADE_SUMS =
  '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';
const FLOW =
  '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号';
const FLOW_SUMS = '资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额';

const line = (...cells: (string | number)[]) => `${cells.map((cell) => `\`${cell}`).join(',')}\r\n`;
const fee = (fen: number) => `${formatYuan(fen)}000`;

/** The trade bill of some sales in WeChat's own format, as a file. */
export const writeTradeBill = (folder: string, merchant: Merchant, sales: () => Iterable<Sale>) =>
  write(path.join(folder, 'trade.csv'), tradeLines(merchant, sales()));

/** The fund-flow bill that belongs to it: the money, and the fee. */
export const writeFundFlowBill = (folder: string, merchant: Merchant, sales: () => Iterable<Sale>) =>
  write(path.join(folder, 'flow.csv'), flowLines(merchant, sales()));

export interface Merchant {
  mchid: string;
  appid: string;
}

function* tradeLines({ mchid, appid }: Merchant, sales: Iterable<Sale>): Generator<string> {
  yield `\ufeff${TRADE}\r\n`;
  const yuan = formatYuan(FEN);
  let rows = 0;
  for (const { at, orderNo, wechatNo, openid, attach } of sales) {
    rows += 1;
    const who = [shanghaiStamp(at), appid, mchid, '0', '', wechatNo, orderNo, openid];
    const what = ['JSAPI', 'SUCCESS', 'OTHERS', 'CNY', yuan, '0.00', '0', '0', '0.00', '0.00', '', ''];
    yield line(...who, ...what, '毕业生图像采集费', attach, fee(FEE_FEN), '0.60%', yuan, '0.00', '');
  }
  yield `${TRADE_SUMS}\r\n`;
  const sum = formatYuan(rows * FEN);
  yield line(`${rows}.0`, sum, '0.00', '0.00', fee(rows * FEE_FEN), sum, '0.00');
}

function* flowLines({ mchid }: Merchant, sales: Iterable<Sale>): Generator<string> {
  yield `\ufeff${FLOW}\r\n`;
  let rows = 0;
  for (const { at, orderNo, wechatNo } of sales) {
    rows += 1;
    const head = [shanghaiStamp(at), wechatNo];
    const number = `1000${String(rows).padStart(20, '0')}`;
    const balance = formatYuan(rows * (FEN - FEE_FEN));
    yield line(...head, `${number}1`, '交易', '交易', '收入', formatYuan(FEN), balance, mchid, '', orderNo);
    yield line(
      ...head,
      `${number}2`,
      '交易',
      '扣除交易手续费',
      '支出',
      formatYuan(FEE_FEN),
      balance,
      mchid,
      '',
      orderNo,
    );
  }
  yield `${FLOW_SUMS}\r\n`;
  yield line(2 * rows, rows, formatYuan(rows * FEN), rows, formatYuan(rows * FEE_FEN));
}

const LINES_A_WRITE = 2_000;

async function write(file: string, lines: Iterable<string>): Promise<BillOnDisk> {
  const hash = createHash('sha1');
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline(Readable.from(inParts(lines)), counted, createWriteStream(file));
  return { file, bytes, sha1: hash.digest('hex') };
}

function* inParts(lines: Iterable<string>): Generator<Buffer> {
  let part: string[] = [];
  for (const one of lines) {
    part.push(one);
    if (part.length < LINES_A_WRITE) continue;
    yield Buffer.from(part.join(''));
    part = [];
  }
  if (part.length > 0) yield Buffer.from(part.join(''));
}
