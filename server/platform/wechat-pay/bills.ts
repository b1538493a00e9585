import { createHash } from 'node:crypto';
import { pipeline, type Readable, Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { ShanghaiDay } from '../../../shared/domain/time';
import { codeOf } from '../http/transport';
import { WeChatPayError, type WeChatPayOperation } from './errors';
import type { Exchange } from './exchange';
import { isRefusal } from './orders';
import { billDay, checkRequest, readAnswer } from './request-rules';
import { billAddress } from './wire';

export type TradeBillType = 'ALL' | 'SUCCESS' | 'REFUND';

/** A day without movements has no bill; before about 10:00 of the next day there is none yet. */
export type BillAnswer =
  | {
      status: 'ready';
      /** SHA-1 of the uncompressed file as WeChat declares it, lower-case hexadecimal. */
      declaredHash: string;
      /**
       * The uncompressed file. Ends with a WeChatPayError when the download breaks or its hash is not the declared
       * one: nothing read from it may count before it has ended well.
       */
      content: Readable;
    }
  | { status: 'none' }
  | { status: 'creating' };

const NO_BILL: ReadonlySet<string> = new Set(['NO_STATEMENT_EXIST']);
const BILL_IN_MAKING: ReadonlySet<string> = new Set(['STATEMENT_CREATING']);

export function tradeBill(exchange: Exchange, day: ShanghaiDay, type: TradeBillType): Promise<BillAnswer> {
  const bill_date = checkRequest('trade-bill', billDay, day);
  return bill(exchange, 'trade-bill', (sdk) =>
    sdk.tradebill({ bill_date, bill_type: type, tar_type: 'GZIP' }),
  );
}

export function fundFlowBill(exchange: Exchange, day: ShanghaiDay): Promise<BillAnswer> {
  const bill_date = checkRequest('fund-flow-bill', billDay, day);
  return bill(exchange, 'fund-flow-bill', (sdk) =>
    sdk.fundflowbill({ bill_date, account_type: 'BASIC', tar_type: 'GZIP' }),
  );
}

async function bill(
  exchange: Exchange,
  operation: 'trade-bill' | 'fund-flow-bill',
  call: Parameters<Exchange['ask']>[1],
): Promise<BillAnswer> {
  try {
    const { hash_value, download_url } = readAnswer(
      operation,
      billAddress,
      await exchange.ask(operation, call),
    );
    const declaredHash = hash_value.toLowerCase();
    const { body } = await exchange.download('download-bill', download_url);
    return { status: 'ready', declaredHash, content: unpacked(body, declaredHash) };
  } catch (error) {
    if (isRefusal(error, NO_BILL)) return { status: 'none' };
    if (isRefusal(error, BILL_IN_MAKING)) return { status: 'creating' };
    throw error;
  }
}

function unpacked(compressed: Readable, declaredHash: string): Readable {
  const checked = hashChecked(declaredHash);
  const gunzip = createGunzip();
  compressed.once('error', (error) =>
    checked.destroy(broken('unknown-outcome', codeOf(error) ?? 'DOWNLOAD_BROKEN')),
  );
  gunzip.once('error', (error) =>
    checked.destroy(broken('unexpected-answer', codeOf(error) ?? 'DOWNLOAD_BROKEN')),
  );
  // Each end is told above, in our own words; the callback only keeps `pipeline` from throwing.
  pipeline(compressed, gunzip, checked, () => undefined);
  return checked;
}

function hashChecked(declaredHash: string): Transform {
  const hash = createHash('sha1');
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      done(hash.digest('hex') === declaredHash ? null : broken('unauthentic-answer', 'HASH_MISMATCH'));
    },
  });
}

const OPERATION: WeChatPayOperation = 'download-bill';

const broken = (kind: WeChatPayError['kind'], code: string) =>
  new WeChatPayError({ kind, operation: OPERATION, code });
