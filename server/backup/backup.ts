import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type ClientSession, type Db, type IndexDescription, MongoClient } from 'mongodb';
import { type BackupEnd, type BackupHead, documentLine, endLine, headLine, lineHash } from './format';

/**
 * Where no snapshot can be had, this order makes whole what changed meanwhile: a booking read after its order names
 * nothing that the service does not find out again by itself.
 */
const FIRST = ['orders', 'bookings'];
/** Of no use tomorrow. */
const LEFT_OUT: ReadonlySet<string> = new Set(['shared_limits']);
const BATCH = 500;

/**
 * Writes every collection of a database, with its indexes, into one file. Documents are streamed, memory stays flat.
 * On a replica set it is one moment's snapshot. The file gets its name only once it is whole and on the disk.
 */
export async function backUp({
  mongodbUri,
  file,
}: {
  mongodbUri: string;
  file: string;
}): Promise<BackupEnd & { collections: number }> {
  const client = new MongoClient(mongodbUri);
  const partial = `${file}.partial`;
  try {
    const db = client.db();
    const session = await snapshotSession(client, db);
    const head = await describe(db);
    const end: BackupEnd = { documents: 0, sha256: '' };
    await pipeline(
      Readable.from(lines(db, head, end, session)),
      createGzip({ level: 6 }),
      createWriteStream(partial, { mode: 0o600 }),
    );
    await syncToDisk(partial);
    await rename(partial, file);
    await session?.endSession();
    return { ...end, collections: head.collections.length };
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  } finally {
    await client.close();
  }
}

async function snapshotSession(client: MongoClient, db: Db): Promise<ClientSession | undefined> {
  const { setName } = await db.command({ hello: 1 });
  return setName ? client.startSession({ snapshot: true }) : undefined;
}

async function describe(db: Db): Promise<BackupHead> {
  const found = await db.listCollections({}, { nameOnly: true }).toArray();
  const names = found
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('system.') && !LEFT_OUT.has(name));
  const ordered = [
    ...FIRST.filter((name) => names.includes(name)),
    ...names.filter((name) => !FIRST.includes(name)).sort(),
  ];
  const collections: BackupHead['collections'] = [];
  for (const name of ordered) collections.push({ name, indexes: await indexesOf(db, name) });
  return { format: 1, at: new Date().toISOString(), database: db.databaseName, collections };
}

async function indexesOf(db: Db, name: string): Promise<IndexDescription[]> {
  const all = await db.collection(name).indexes();
  return all.filter((index) => index.name !== '_id_').map(({ v: _, ...index }) => index as IndexDescription);
}

async function* lines(
  db: Db,
  head: BackupHead,
  end: BackupEnd,
  session: ClientSession | undefined,
): AsyncGenerator<string> {
  const hash = lineHash();
  const told = (line: string) => {
    hash.update(line);
    return line;
  };
  yield told(headLine(head));
  for (const [collection, { name }] of head.collections.entries()) {
    const documents = db.collection(name).find(
      {},
      {
        ...(session ? { session } : {}),
        batchSize: BATCH,
        // As stored: an integer stays one, a double 1.0 does not become an integer.
        promoteValues: false,
        promoteBuffers: false,
      },
    );
    for await (const document of documents) {
      end.documents += 1;
      yield told(documentLine({ collection, document }));
    }
  }
  end.sha256 = hash.digest('hex');
  yield endLine(end);
}

async function syncToDisk(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
