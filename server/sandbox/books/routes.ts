import type Router from '@koa/router';
import { z } from 'zod';
import { bodyOf, queryOf, refuse } from '../control/requests';
import type { Credentials } from '../credentials/credentials';
import type { Callbacks } from '../wechat-pay/callbacks';
import type { Books, Keyed } from './books';

const page = z.object({
  mchid: z.string().optional(),
  after: z.string().optional(),
  limit: z.coerce.number().int().positive().max(100_000).default(1_000),
});
const owner = z.object({ mchid: z.string() });
const balance = z.strictObject({ mchid: z.string(), availableFen: z.number().int() });

export interface BooksRouteParts {
  books: Books;
  callbacks: Callbacks;
  credentials: Credentials;
}

/** WeChat's side of the money, for people and for the independent checker. */
export function booksRoutes(router: Router, { books, callbacks, credentials }: BooksRouteParts): void {
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
    if (!credentials.merchant(mchid)) refuse(404, `no merchant ${mchid}`);
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
