import type Router from '@koa/router';
import { z } from 'zod';
import { bodyOf, queryOf, refuse } from '../control/requests';
import type { Credentials } from '../credentials/credentials';
import type { Callbacks } from '../wechat-pay/callbacks';
import type { Books, Keyed } from './books';
import { type Planting, plantedEntry } from './planting';
import { isPaid } from './records';

const page = z.object({
  mchid: z.string().optional(),
  after: z.string().optional(),
  limit: z.coerce.number().int().positive().max(100_000).default(1_000),
});
const owner = z.object({ mchid: z.string() });
const balance = z.strictObject({ mchid: z.string(), availableFen: z.number().int() });

const instantOnly = z.strictObject({ at: z.iso.datetime({ offset: true }) });
const bulk = z.strictObject({
  mchid: z.string(),
  day: z.iso.date(),
  count: z.number().int().positive().max(2_000_000),
  totalFen: z.number().int().positive().default(3_000),
});

export interface BooksRouteParts {
  planting: Planting;
  books: Books;
  callbacks: Callbacks;
  credentials: Credentials;
}

/** WeChat's side of the money, for people and for the independent checker. */
export function booksRoutes(
  router: Router,
  { books, callbacks, credentials, planting }: BooksRouteParts,
): void {
  router.get('/books/orders', (context) => {
    const { mchid, after, limit } = queryOf(context, page);
    context.body = paged(books.orders(mchid, after), limit);
  });
  router.get('/books/refunds', (context) => {
    const { mchid, after, limit } = queryOf(context, page);
    context.body = paged(books.refunds(mchid, after), limit);
  });
  router.get('/books/fund-flow', (context) => {
    const { mchid, after, limit } = queryOf(context, page);
    context.body = paged(books.flow(mchid, after), limit);
  });
  router.get('/books/callbacks', (context) => {
    const { after, limit } = queryOf(context, page);
    context.body = paged(callbacks.list(after), limit);
  });
  router.get('/books/balance', (context) => {
    context.body = balanceOf(queryOf(context, owner).mchid);
  });
  router.post('/balance', (context) => {
    const { mchid, availableFen } = bodyOf(context, balance);
    merchantOf(mchid);
    books.setAvailable(mchid, availableFen);
    context.body = balanceOf(mchid);
  });
  router.get('/books/export', (context) => {
    context.body = {
      merchants: credentials
        .merchants()
        .map(({ mchid, name, feeBasisPoints }) => ({ name, feeBasisPoints, ...balanceOf(mchid) })),
      orders: values(books.orders()),
      refunds: values(books.refunds()),
      fundFlow: values(books.flow()),
      callbacks: values(callbacks.list()),
    };
  });

  router.post('/books/entries', (context) => {
    const entry = bodyOf(context, plantedEntry);
    context.body = planting.plant(entry, merchantOf(entry.mchid));
  });
  router.delete('/books/entries/:mchid/:outTradeNo', (context) => {
    const { mchid = '', outTradeNo = '' } = context.params;
    planting.strikeOut(books.order(mchid, outTradeNo) ?? refuse(404, `no order ${outTradeNo}`));
    context.status = 204;
  });
  router.delete('/books/fund-flow/:transactionId', (context) => {
    const { transactionId = '' } = context.params;
    planting.unmove(books.orderByTransactionId(transactionId) ?? refuse(404, `no payment ${transactionId}`));
    context.status = 204;
  });
  router.post('/books/entries/:mchid/:outTradeNo/rebook', (context) => {
    const { mchid = '', outTradeNo = '' } = context.params;
    const { at } = bodyOf(context, instantOnly);
    const order = books.order(mchid, outTradeNo) ?? refuse(404, `no order ${outTradeNo}`);
    if (!isPaid(order)) return refuse(409, `${outTradeNo} is not paid`);
    context.body = planting.rebook(order, at);
  });
  router.post('/books/bulk', async (context) => {
    const { mchid, ...order } = bodyOf(context, bulk);
    await planting.bulk(order, merchantOf(mchid));
    context.status = 204;
  });

  const merchantOf = (mchid: string) => credentials.merchant(mchid) ?? refuse(404, `no merchant ${mchid}`);
  const balanceOf = (mchid: string) => ({
    mchid,
    balanceFen: books.balanceFen(mchid),
    availableFen: books.availableFen(mchid),
  });
}

/** One page and, while there may be more, the `after` of the next. */
function paged<T>(all: Iterable<Keyed<T>>, limit: number): { items: T[]; next: string | null } {
  const items: T[] = [];
  let last: string | null = null;
  for (const { key, value } of all) {
    if (items.length === limit) return { items, next: last };
    items.push(value);
    last = key;
  }
  return { items, next: null };
}

function values<T>(all: Iterable<Keyed<T>>): T[] {
  return Array.from(all, ({ value }) => value);
}
