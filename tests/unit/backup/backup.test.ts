import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Binary, Double, MongoClient } from 'mongodb';
import { backUp } from '../../../server/backup/backup';
import { restore } from '../../../server/backup/restore';
import { startEmbeddedMongo } from '../../../server/embedded-mongo/server';
import { systemClock } from '../../../server/platform/clock';

let folder: string;
let mongo: Awaited<ReturnType<typeof startEmbeddedMongo>>;
let client: MongoClient;
const uri = (name: string) => mongo.uri.replace('/?', `/${name}?`);
const inFolder = (name: string) => path.join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'backup-'));
  mongo = await startEmbeddedMongo({ dataDir: path.join(folder, 'mongo'), clock: systemClock });
  client = await new MongoClient(mongo.uri).connect();
  const db = client.db('school');
  await db
    .collection('orders')
    .createIndex(
      { transactionId: 1 },
      { unique: true, partialFilterExpression: { transactionId: { $exists: true } } },
    );
  await db.collection<{ _id: string; [field: string]: unknown }>('orders').insertMany(
    Array.from({ length: 1_200 }, (_, n) => ({
      _id: `order-${n}`,
      transactionId: `42${n}`,
      totalFen: 3000,
      rate: new Double(1),
      paidAt: new Date(1_668_474_000_000 + n),
      refunds: [],
      note: '王芳\n二',
    })),
  );
  await db
    .collection('identities')
    .insertOne({ name: { sealed: new Binary(Buffer.from([0, 1, 254, 255])) } });
  await db.collection('shared_limits').insertOne({ points: 3 });
  await backUp({ mongodbUri: uri('school'), file: inFolder('school.backup') });
});
afterAll(async () => {
  await client?.close();
  await mongo?.close();
  await rm(folder, { recursive: true, force: true });
});

const everything = async (name: string) => {
  const found: Record<string, unknown[]> = {};
  for (const { name: collection } of await client.db(name).listCollections().toArray())
    found[collection] = await client
      .db(name)
      .collection(collection)
      .find({}, { promoteValues: false })
      .sort({ _id: 1 })
      .toArray();
  return found;
};

it('gives every document back with the types it had, and the indexes that keep it unique', async () => {
  const restored = await restore({ mongodbUri: uri('restored'), file: inFolder('school.backup') });
  expect(restored.documents).toBe(1_201);
  const { shared_limits, ...kept } = await everything('school');
  expect(shared_limits).toHaveLength(1);
  expect(await everything('restored')).toEqual(kept);
  await expect(
    client.db('restored').collection('orders').insertOne({ transactionId: '421' }),
  ).rejects.toMatchObject({ code: 11000 });
});

it('writes a file that only its owner can read, and leaves sealed values sealed', async () => {
  expect((await stat(inFolder('school.backup'))).mode & 0o777).toBe(0o600);
  const text = gunzipSync(await readFile(inFolder('school.backup'))).toString();
  expect(text).toContain('"$binary":{"base64":"AAH+/w=="');
});

it('refuses a database that is not empty, and changes nothing in it', async () => {
  await client.db('busy').collection('orders').insertOne({ precious: true });
  await expect(restore({ mongodbUri: uri('busy'), file: inFolder('school.backup') })).rejects.toThrow(
    /not empty/,
  );
  expect(await client.db('busy').collection('orders').countDocuments()).toBe(1);
});

it('replaces what is there when told to', async () => {
  await client.db('old').collection('orders').insertOne({ stale: true });
  await client.db('old').collection('left_over').insertOne({ stale: true });
  await restore({ mongodbUri: uri('old'), file: inFolder('school.backup'), replace: true });
  expect(await client.db('old').collection('orders').countDocuments({ stale: true })).toBe(0);
  expect(await client.db('old').collection('left_over').countDocuments()).toBe(0);
});

it.each<[string, (whole: Buffer) => Buffer, RegExp]>([
  ['cut short within the compression', (whole) => whole.subarray(0, whole.length - 200), /cannot be read/],
  [
    'cut short between two lines',
    (whole) => gzipSync(gunzipSync(whole).toString().split('\n').slice(0, 100).join('\n')),
    /no end/,
  ],
  [
    'changed by one digit',
    (whole) => gzipSync(gunzipSync(whole).toString().replace('"3000"', '"3001"')),
    /checksum/,
  ],
  [
    'robbed of a line',
    (whole) =>
      gzipSync(
        gunzipSync(whole)
          .toString()
          .split('\n')
          .filter((_, n) => n !== 7)
          .join('\n'),
      ),
    /checksum/,
  ],
  ['something else', () => gzipSync('hello\n'), /not a line of a backup/],
])('refuses a file that is %s, before it writes anything', async (_, spoil, complaint) => {
  await writeFile(inFolder('spoilt.backup'), spoil(await readFile(inFolder('school.backup'))));
  await expect(
    restore({ mongodbUri: uri('untouched'), file: inFolder('spoilt.backup'), replace: true }),
  ).rejects.toThrow(complaint);
  expect(await client.db('untouched').listCollections().toArray()).toEqual([]);
});

it('leaves no file behind that looks like a backup when the database goes away half-way', async () => {
  const target = inFolder('never.backup');
  await expect(
    backUp({ mongodbUri: 'mongodb://127.0.0.1:9/school?serverSelectionTimeoutMS=200', file: target }),
  ).rejects.toThrow();
  await expect(stat(target)).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(stat(`${target}.partial`)).rejects.toMatchObject({ code: 'ENOENT' });
});
