import { AppError } from '../../errors';
import type { BillAnswer } from '../../platform/wechat-pay/bills';
import type { WeChatPay } from '../../platform/wechat-pay/client';
import { WeChatPayError } from '../../platform/wechat-pay/errors';
import { refuseBill } from './bill-table';

export type BillFile = Exclude<BillAnswer, { status: 'creating' }>;

/** Both bills of a day, each asked for when it is wanted: a download must not wait for the other one's end. */
export interface BillFiles {
  /** @throws AppError BILL_NOT_READY, UPSTREAM_UNAVAILABLE */
  trade(): Promise<BillFile>;
  fund(): Promise<BillFile>;
  /** Drops what was not read. */
  close(): void;
}

export function billFiles(pay: WeChatPay, day: string): BillFiles {
  const opened: BillFile[] = [];
  const once = (request: () => Promise<BillAnswer>) => {
    let file: BillFile | undefined;
    return async () => {
      if (file) return file;
      file = await ask(request);
      // Whoever reads it meets its failure; until someone does, it must not end the process.
      if (file.status === 'ready') file.content.on('error', () => undefined);
      opened.push(file);
      return file;
    };
  };
  return {
    trade: once(() => pay.tradeBill(day, 'ALL')),
    fund: once(() => pay.fundFlowBill(day)),
    close() {
      for (const file of opened) if (file.status === 'ready') file.content.destroy();
    },
  };
}

/** A day without movements has no file. */
export const hashOf = (file: BillFile): string => (file.status === 'ready' ? file.declaredHash : 'none');

/** What broke while a file was read, told as what may be done about it: again later, or not at all. */
export function asRefusal(cause: unknown): unknown {
  if (!(cause instanceof WeChatPayError)) return cause;
  if (cause.code === 'HASH_MISMATCH') return refuseBill('校验值（SHA-1）与微信声明的不符', cause);
  if (cause.kind === 'unexpected-answer') return refuseBill('压缩文件损坏，下载不完整', cause);
  return new AppError('UPSTREAM_UNAVAILABLE', {}, { cause });
}

async function ask(request: () => Promise<BillAnswer>): Promise<BillFile> {
  try {
    const answer = await request();
    if (answer.status === 'creating') throw new AppError('BILL_NOT_READY');
    return answer;
  } catch (cause) {
    if (cause instanceof WeChatPayError) throw new AppError('UPSTREAM_UNAVAILABLE', {}, { cause });
    throw cause;
  }
}
