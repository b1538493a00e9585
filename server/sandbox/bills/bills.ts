import { createReadStream } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { z } from 'zod';
import type { Books } from '../books/books';
import { dayOf, daySpan } from '../books/time';
import type { DemoClock } from '../clock/demo-clock';
import type { Merchant } from '../credentials/credentials';
import { randomText } from '../random';
import { type Store, under } from '../store';
import { payErrors } from '../wechat-pay/errors';
import { parseQuery } from '../wechat-pay/validate';
import { type BillFile, writeBill } from './bill-file';
import type { CountStyle } from './format';
import { fundFlowBill } from './fund-flow-bill';
import { type BillDay, tradeBill, tradeBillTypes } from './trade-bill';

/** A day's bill can be had from 10:00 of the next day on, for three months. */
const READY_AFTER_MS = 10 * 3_600_000;
const KEPT_MS = 92 * 86_400_000;
const TOKEN_MS = 5 * 60_000;
/** The real host: clients sign the path of this URL, and the SDK knows no other origin. */
const DOWNLOAD = 'https://api.mch.weixin.qq.com/v3/billdownload/file';

const day = z.iso.date();
const tradeQuery = z.object({
  bill_date: day,
  bill_type: z.enum(tradeBillTypes).default('ALL'),
  tar_type: z.literal('GZIP').optional(),
});
const flowQuery = z.object({
  bill_date: day,
  account_type: z.literal('BASIC').default('BASIC'),
  tar_type: z.literal('GZIP').optional(),
});
const downloadQuery = z.object({ token: z.string().min(1) });

interface Token {
  mchid: string;
  file: string;
  gzip: boolean;
  expiresMs: number;
}

interface BillTicket {
  hash_type: 'SHA1';
  hash_value: string;
  download_url: string;
}

export interface Bills {
  /** `GET /v3/bill/tradebill` */
  tradeBill(query: object, merchant: Merchant): Promise<BillTicket>;
  /** `GET /v3/bill/fundflowbill` */
  fundFlowBill(query: object, merchant: Merchant): Promise<BillTicket>;
  /** `GET /v3/billdownload/file` */
  download(query: object, merchant: Merchant): Readable;
  /** Forgets a day's bills, so that planted entries appear in them; a real bill never changes. */
  forget(mchid: string, billDay: string): void;
}

export interface BillParts {
  store: Store;
  books: Books;
  clock: DemoClock;
  countStyle(): CountStyle;
}

export function openBills({ store, books, clock, countStyle }: BillParts): Bills {
  const made = store.table<BillFile>('bills');
  const tokens = store.table<Token>('bill-tokens');
  const underway = new Map<string, Promise<BillFile | undefined>>();
  const fileOf = (key: string) => path.join(store.directory, 'bills', `${key.replaceAll('/', '-')}.csv`);

  const make = async (key: string, lines: Iterable<string>) => {
    const bill = await writeBill(fileOf(key), lines);
    if (bill) store.write(() => made.put(key, bill));
    return bill;
  };

  /** Made once, then the same for ever, however the refunds in it go on. */
  const billFor = (key: string, lines: Iterable<string>) => {
    const known = made.get(key);
    if (known) return Promise.resolve(known);
    const making = underway.get(key) ?? make(key, lines).finally(() => underway.delete(key));
    underway.set(key, making);
    return making;
  };

  const ticket = async (key: string, lines: Iterable<string>, merchant: Merchant, gzip: boolean) => {
    const bill = await billFor(key, lines);
    if (!bill) throw payErrors.noStatementExist();
    const token = randomText(64);
    const expiresMs = clock.nowMs() + TOKEN_MS;
    store.write(() => tokens.put(token, { mchid: merchant.mchid, file: fileOf(key), gzip, expiresMs }));
    return { hash_type: 'SHA1' as const, hash_value: bill.sha1, download_url: `${DOWNLOAD}?token=${token}` };
  };

  const billDay = (date: string, merchant: Merchant): BillDay => {
    const span = daySpan(date);
    const readyMs = span.toMs + READY_AFTER_MS;
    const nowMs = clock.nowMs();
    if (date >= dayOf(nowMs) || nowMs - span.toMs > KEPT_MS) throw payErrors.noStatementExist();
    if (nowMs < readyMs) throw payErrors.statementCreating();
    return { ...span, merchant, books, snapshotMs: readyMs, countStyle: countStyle() };
  };

  return {
    async tradeBill(query, merchant) {
      const { bill_date: date, bill_type: type, tar_type: tar } = parseQuery(query, tradeQuery);
      const lines = tradeBill(type, billDay(date, merchant));
      return ticket(`${merchant.mchid}/${date}/trade-${type}`, lines, merchant, tar === 'GZIP');
    },
    async fundFlowBill(query, merchant) {
      const { bill_date: date, account_type: account, tar_type: tar } = parseQuery(query, flowQuery);
      const lines = fundFlowBill(billDay(date, merchant));
      return ticket(`${merchant.mchid}/${date}/flow-${account}`, lines, merchant, tar === 'GZIP');
    },
    download(query, merchant) {
      const { token } = parseQuery(query, downloadQuery);
      const ticketed = tokens.get(token);
      if (ticketed?.mchid !== merchant.mchid) throw payErrors.paramError('token有误');
      if (ticketed.expiresMs < clock.nowMs()) throw payErrors.paramError('token已过期');
      const file = createReadStream(ticketed.file);
      return ticketed.gzip ? file.pipe(createGzip()) : file;
    },
    forget(mchid, billDate) {
      store.write(() => {
        for (const { key } of [...made.getRange(under(`${mchid}/${billDate}/`))]) made.remove(key);
      });
    },
  };
}
