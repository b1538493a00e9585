import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { type Db, type Document, MongoClient } from 'mongodb';
import { BackupError, type BackupHead, type BackupLine, lineHash, readLine } from './format';

const BATCH = 500;

export interface Restored {
  at: string;
  documents: number;
  collections: number;
}

/**
 * Puts a backup into a database. The whole file is checked before the first write.
 *
 * @param replace drop what is there first; otherwise a database that is not empty is refused
 * @throws BackupError when the file is cut short or changed, or the database is not empty
 */
export async function restore({
  mongodbUri,
  file,
  replace = false,
}: {
  mongodbUri: string;
  file: string;
  replace?: boolean;
}): Promise<Restored> {
  const head = await checkFile(file);
  const client = new MongoClient(mongodbUri, { writeConcern: { w: 'majority', journal: true } });
  try {
    const db = client.db();
    await makeEmpty(db, replace);
    await createIndexes(db, head);
    const documents = await load(db, head, file);
    return { at: head.at, documents, collections: head.collections.length };
  } finally {
    await client.close();
  }
}

/** @throws BackupError */
async function checkFile(file: string): Promise<BackupHead> {
  const hash = lineHash();
  let head: BackupHead | undefined;
  let documents = 0;
  let whole = false;
  for await (const { line, text } of linesOf(file)) {
    if (line.kind === 'end') {
      if (line.end.documents !== documents || line.end.sha256 !== hash.digest('hex'))
        throw new BackupError(`${file} was changed after it was written: its checksum is wrong`);
      whole = true;
      break;
    }
    hash.update(`${text}\n`);
    if (line.kind === 'head') head = line.head;
    else documents += 1;
  }
  if (!head || !whole) throw new BackupError(`${file} is cut short: it has no end`);
  return head;
}

async function makeEmpty(db: Db, replace: boolean): Promise<void> {
  const names = (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);
  const filled: string[] = [];
  for (const name of names) {
    if (replace) await db.collection(name).drop();
    else if ((await db.collection(name).findOne({}, { projection: { _id: 1 } })) !== null) filled.push(name);
  }
  if (filled.length > 0)
    throw new BackupError(
      `database ${db.databaseName} is not empty (${filled.slice(0, 5).join(', ')}…): give an empty one, or --replace to drop what is there`,
    );
}

/** Before the documents, so that nothing can be twice that may be only once. */
async function createIndexes(db: Db, { collections }: BackupHead): Promise<void> {
  for (const { name, indexes } of collections)
    if (indexes.length > 0) await db.collection(name).createIndexes(indexes);
}

async function load(db: Db, { collections }: BackupHead, file: string): Promise<number> {
  let batch: Document[] = [];
  let current = -1;
  let documents = 0;
  const write = async () => {
    const name = collections[current]?.name;
    if (name !== undefined && batch.length > 0)
      await db.collection(name).insertMany(batch, { ordered: false });
    documents += batch.length;
    batch = [];
  };
  for await (const { line } of linesOf(file)) {
    if (line.kind !== 'document') continue;
    const { collection, document } = line.backedUp;
    if (collection !== current || batch.length >= BATCH) await write();
    current = collection;
    batch.push(document);
  }
  await write();
  return documents;
}

async function* linesOf(file: string): AsyncGenerator<{ line: BackupLine; text: string }> {
  const unpacked = createReadStream(file)
    .on('error', (error) => unpacked.destroy(error))
    .pipe(createGunzip());
  try {
    for await (const text of createInterface({ input: unpacked, crlfDelay: Number.POSITIVE_INFINITY }))
      yield { line: readLine(text), text };
  } catch (cause) {
    if (cause instanceof BackupError) throw cause;
    throw new BackupError(`${file} cannot be read: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
}
