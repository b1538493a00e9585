import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Collection, type Document, MongoClient } from 'mongodb';
import { type ServerProcess, startServerProcess } from './server-process';

let folder: string;
const dataDir = () => path.join(folder, 'data');

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'embedded-mongo-process-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bookings = (client: MongoClient) => client.db('d').collection<Document>('bookings');

async function kill(server: ServerProcess, signal: NodeJS.Signals): Promise<void> {
  server.child.kill(signal);
  await server.exited;
}

/** Writes from several connections until the server dies, some ms after so many writes; notes what was acknowledged. */
async function writeUntilKilled(
  server: ServerProcess,
  { round, writes }: { round: number; writes: number },
  acknowledged: Map<string, number>,
): Promise<void> {
  const client = await new MongoClient(server.uri, { serverSelectionTimeoutMS: 2_000 }).connect();
  const enough = acknowledged.size + writes;
  const collection = bookings(client);
  const writer = async (name: number) => {
    for (let i = 0; ; i++) {
      const id = `${round}-${name}-${i}`;
      await collection.insertOne({
        _id: id,
        round,
        seat: i,
        owner: id,
        tags: [name, `t${i % 3}`],
        version: 1,
      } as Document);
      acknowledged.set(id, 1);
      if (acknowledged.size === enough) setTimeout(() => server.child.kill('SIGKILL'), round * 7);
      const changed = await collection.findOneAndUpdate({ _id: id } as Document, {
        $inc: { version: 1 },
        $set: { owner: `${id}!` },
      });
      if (changed) acknowledged.set(id, 2);
    }
  };
  await Promise.allSettled(Array.from({ length: 6 }, (_, name) => writer(name)));
  await client.close();
}

/** Every index tells the same as the documents themselves. */
async function expectConsistent(collection: Collection): Promise<void> {
  const all = await collection.find().hint({ $natural: 1 }).toArray();
  for (const { name } of await collection.indexes()) {
    const served = await collection.find().hint(String(name)).toArray();
    expect(served.map(({ _id }) => String(_id)).sort()).toEqual(all.map(({ _id }) => String(_id)).sort());
  }
  for (const { _id, owner, tags } of all.filter((_, i) => i % 7 === 0)) {
    expect(await collection.findOne({ owner })).toMatchObject({ _id });
    expect(await collection.countDocuments({ tags: tags[1], _id })).toBe(1);
  }
}

describe('a server killed with SIGKILL', () => {
  it('has every write it acknowledged, and indexes that fit, each time it starts again', async () => {
    const acknowledged = new Map<string, number>();
    for (let round = 0; round < 4; round++) {
      const server = await startServerProcess(dataDir());
      const client = await new MongoClient(server.uri).connect();
      const collection = bookings(client);
      await collection.createIndex({ owner: 1 }, { unique: true });
      await collection.createIndex({ tags: 1, seat: -1 });

      for (const [id, version] of acknowledged) {
        const found = await collection.findOne({ _id: id } as Document);
        expect(found?.version).toBeGreaterThanOrEqual(version);
      }
      await expectConsistent(collection);
      await client.close();

      const before = acknowledged.size;
      const writes = 200 * (round + 1);
      await writeUntilKilled(server, { round, writes }, acknowledged);
      expect(acknowledged.size).toBeGreaterThanOrEqual(before + writes);
      await server.exited;
    }
  }, 60_000);
});

describe('the process', () => {
  it('stops cleanly on SIGTERM and gives its folder back', async () => {
    const server = await startServerProcess(dataDir());
    server.child.kill('SIGTERM');
    expect(await server.exited).toMatchObject({ code: 0, stderr: '' });
    await kill(await startServerProcess(dataDir()), 'SIGTERM');
  });

  it('refuses a folder that another one holds', async () => {
    const server = await startServerProcess(dataDir());
    await expect(startServerProcess(dataDir())).rejects.toThrow(`in use by process ${server.child.pid}`);
    await kill(server, 'SIGTERM');
  });

  it('takes over the lock of a process that is no more, even if its number is in use again', async () => {
    await kill(await startServerProcess(dataDir()), 'SIGKILL');
    await kill(await startServerProcess(dataDir()), 'SIGTERM');
    writeFileSync(path.join(dataDir(), 'server.lock'), JSON.stringify({ pid: process.pid, started: '1' }));
    await kill(await startServerProcess(dataDir()), 'SIGTERM');
  });

  it('does not run in production', async () => {
    const production = startServerProcess(dataDir(), { NODE_ENV: 'production' });
    await expect(production).rejects.toThrow(/set MONGODB_URI to a replica set/);
  });
});
