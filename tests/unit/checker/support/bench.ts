import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Document, MongoClient } from 'mongodb';
import { type Proof, type ProveOptions, prove } from '../../../../server/checker/prove';
import { startEmbeddedMongo } from '../../../../server/embedded-mongo/server';
import { NOW } from './records';
import type { World } from './world';

/** A database and a set of WeChat's books that worlds are put into, one after another. */
export interface Bench {
  client: MongoClient;
  /** Writes a world into a database of its own. @returns how to reach it */
  write(world: World): Promise<{ mongodbUri: string; sandboxControlUrl: string }>;
  /** Writes a world and has it proved, with WeChat's books. */
  prove(world: World, options?: Partial<ProveOptions>): Promise<Proof>;
  close(): Promise<void>;
}

export async function openBench(): Promise<Bench> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'checker-'));
  const mongo = await startEmbeddedMongo({ dataDir, clock: { now: () => NOW } });
  const client = await new MongoClient(mongo.uri).connect();
  const books = await openBooks();
  let worlds = 0;

  const write = async (world: World) => {
    worlds += 1;
    const name = `world${worlds}`;
    for (const [collection, documents] of Object.entries(collectionsOf(world))) {
      if (documents.length > 0)
        await client
          .db(name)
          .collection<Document>(collection)
          .insertMany(documents, { ignoreUndefined: true });
    }
    books.show(world);
    return { mongodbUri: new URL(name, mongo.uri).href, sandboxControlUrl: books.url };
  };
  return {
    client,
    write,
    prove: async (world, options = {}) => prove({ ...(await write(world)), settled: true, ...options }),
    async close() {
      await books.close();
      await client.close();
      await mongo.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const collectionsOf = (world: World): Record<string, Document[]> => ({
  schools: world.schools,
  campaigns: world.campaigns,
  collection_sessions: world.sessions,
  merchants: world.merchants,
  students: world.students,
  bookings: world.bookings,
  orders: world.orders,
  refund_batches: world.batches,
  refund_lines: world.lines,
  orphan_notifications: world.notices,
  bill_days: world.billDays,
  differences: world.differences,
});

/** Answers the part of the sandbox's control API that the checker reads; ordered and paged as there. */
async function openBooks() {
  let shown: World | null = null;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://books');
    const body = shown && answer(shown, url);
    response.statusCode = body ? 200 : 404;
    response.end(JSON.stringify(body ?? { error: 'not found' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    show(world: World) {
      shown = world;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(world: World, url: URL): object | null {
  switch (url.pathname) {
    case '/clock':
      return { now: NOW.toISOString() };
    case '/credentials':
      return { merchants: world.theirMerchants.map((mchid) => ({ mchid })) };
    case '/books/orders':
      return page(world.theirOrders, url, ({ outTradeNo }) => outTradeNo);
    case '/books/refunds':
      return page(world.theirRefunds, url, ({ outRefundNo }) => outRefundNo);
    case '/books/fund-flow':
      return page(world.flow, url, (_, index) => String(index).padStart(9, '0'));
    default:
      return null;
  }
}

function page<T extends { mchid: string }>(
  rows: readonly T[],
  { searchParams }: URL,
  numberOf: (row: T, index: number) => string,
) {
  const after = searchParams.get('after') ?? '';
  const keyed = rows
    .map((row, index) => ({ row, key: `${row.mchid}/${numberOf(row, index)}` }))
    .filter(({ row, key }) => row.mchid === searchParams.get('mchid') && key > after)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const items = keyed.slice(0, Number(searchParams.get('limit')));
  return {
    items: items.map(({ row }) => row),
    next: keyed.length > items.length ? (items.at(-1)?.key ?? null) : null,
  };
}
