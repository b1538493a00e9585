import { createHash } from 'node:crypto';
import { pipeline, Readable, Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError } from '../../errors';
import { refuseBill } from './bill-table';
import { noFlow, readFundFlowBill } from './fund-flow-bill';
import type { BillKind } from './model';
import { noTrade, readTradeBill } from './trade-bill';

const GZIP = Buffer.from([0x1f, 0x8b]);
/** A million rows are a third of it; a small file may unpack to more than any bill is. */
const LARGEST_BYTES = 1024 * 1024 * 1024;
const HEAD_BYTES = 2_048;
/** So many payments are looked for in the fund flow, to see whether it is of the same merchant. */
const SAMPLE = 200;

/** A bill as a person hands it in: WeChat's file, or the same gzipped. */
export function contentOf(bytes: Buffer): Readable {
  const source = Readable.from([bytes], { objectMode: false });
  if (!bytes.subarray(0, GZIP.length).equals(GZIP)) return source;
  const limited = limitedTo(LARGEST_BYTES);
  const gunzip = createGunzip();
  gunzip.once('error', (cause) => limited.destroy(refuseBill('压缩文件损坏，没有下载完整', cause)));
  pipeline(source, gunzip, limited, () => undefined);
  return limited;
}

/**
 * Reads an uploaded bill from the first byte to the last, so that it can be refused before anything is changed.
 *
 * @throws AppError BILL_REFUSED for what is no bill, of another day or merchant, cut short, with a footer that is wrong
 */
export async function readUpload(
  bytes: Buffer,
  expected: { mchid: string; day: string },
): Promise<{ kind: BillKind; rows: number; hash: string }> {
  const kind = await kindOf(bytes);
  const hash = createHash('sha1');
  const content = contentOf(bytes);
  const seen = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  content.once('error', (cause) => seen.destroy(cause));
  content.pipe(seen);
  const rows =
    kind === 'trade'
      ? await count(readTradeBill(seen, expected, noTrade()))
      : await count(readFundFlowBill(seen, expected, noFlow()));
  return { kind, rows, hash: hash.digest('hex') };
}

/**
 * The fund-flow bill does not name its merchant: of the same one it has some of the trade bill's numbers.
 *
 * @throws AppError BILL_REFUSED
 */
export async function refuseStrangers(
  { trade, fund }: Record<BillKind, Buffer>,
  expected: { mchid: string; day: string },
): Promise<void> {
  const wanted = new Set<string>();
  for await (const rows of readTradeBill(contentOf(trade), expected, noTrade())) {
    for (const { wechatNo } of rows.slice(0, SAMPLE)) wanted.add(wechatNo);
    break;
  }
  if (wanted.size === 0) return;
  for await (const rows of readFundFlowBill(contentOf(fund), expected, noFlow()))
    if (rows.some(({ wechatNo }) => wanted.has(wechatNo))) return;
  throw refuseBill('资金账单和交易账单没有一笔对得上，可能是别的商户的账单；请把两份重新上传');
}

async function kindOf(bytes: Buffer): Promise<BillKind> {
  const head = (await headOf(bytes)).split(/\r?\n/, 1)[0] ?? '';
  if (head.includes('资金流水单号')) return 'fund';
  if (head.includes('商户订单号')) return 'trade';
  throw refuseBill('不是微信的交易账单或资金账单，请使用从商户平台下载的原始文件');
}

async function headOf(bytes: Buffer): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of contentOf(bytes) as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= HEAD_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, HEAD_BYTES).toString('utf8');
}

async function count(batches: AsyncIterable<readonly unknown[]>): Promise<number> {
  let rows = 0;
  for await (const batch of batches) rows += batch.length;
  return rows;
}

function limitedTo(most: number): Transform {
  let length = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      length += chunk.length;
      done(length > most ? new AppError('BODY_TOO_LARGE', { limit: most }) : null, chunk);
    },
  });
}
