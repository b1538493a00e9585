import {
  type Blobs,
  BlobTooLarge,
  databaseBlobs,
  MAX_BLOB_BYTES,
} from '../../../../server/platform/blobs/blobs';
import { type BlobRecord, BlobRecords } from '../../../../server/platform/blobs/model';
import { createSealer, SealError } from '../../../../server/platform/crypto/sealer';
import { randomIds } from '../../../../server/platform/ids';
import { openTestDatabase, type TestDatabase } from '../support/database';

const START = new Date('2022-11-19T01:00:00Z');
const photo = {
  kind: 'id-photo-front',
  bytes: Buffer.from('the picture of an ID card'),
  contentType: 'image/jpeg',
  expiresAt: new Date('2022-11-26T01:00:00Z'),
  owner: 'student:64b0',
};

let now = START;
const clock = { now: () => now };
let database: TestDatabase;
let blobs: Blobs;

beforeAll(async () => {
  database = await openTestDatabase(clock);
  const key = Buffer.alloc(32, 1).toString('base64');
  const sealer = createSealer({ setting: 'DATA_KEYS', keys: [{ id: 'k1', key }] });
  blobs = databaseBlobs({ sealer, ids: randomIds, clock });
});
afterAll(() => database.close());
beforeEach(async () => {
  now = START;
  await BlobRecords.deleteMany({});
});

async function storedIn(id: string): Promise<BlobRecord> {
  const record = await BlobRecords.findById(id).lean<BlobRecord>();
  if (!record) throw new Error('nothing is stored');
  return record;
}

describe('a file', () => {
  it('comes back as it was put in', async () => {
    expect(await blobs.get(await blobs.put(photo))).toEqual(photo);
  });

  it('may be as large as 8 MB, and no larger', async () => {
    const bytes = Buffer.alloc(MAX_BLOB_BYTES, 7);
    const stored = await blobs.get(await blobs.put({ ...photo, bytes }));
    expect(stored?.bytes.equals(bytes)).toBe(true);
    const larger = { ...photo, bytes: Buffer.alloc(MAX_BLOB_BYTES + 1) };
    await expect(blobs.put(larger)).rejects.toThrow(BlobTooLarge);
    expect(await BlobRecords.countDocuments({})).toBe(1);
  });

  it('is not there under an id that was never given', async () => {
    expect(await blobs.get('637800000000000000000000')).toBeUndefined();
  });

  it('is gone once deleted; deleting it again is no error', async () => {
    const id = await blobs.put(photo);
    await blobs.delete(id);
    await blobs.delete(id);
    expect(await blobs.get(id)).toBeUndefined();
  });

  it('is erased with all else of its owner, and nobody else’s', async () => {
    await blobs.put(photo);
    await blobs.put({ ...photo, kind: 'id-photo-back' });
    const other = await blobs.put({ ...photo, owner: 'student:64b1' });
    expect(await blobs.deleteOwnedBy('student:64b0')).toBe(2);
    expect(await blobs.get(other)).toBeDefined();
    expect(await BlobRecords.countDocuments({})).toBe(1);
  });
});

describe('what expires', () => {
  it('is not given out from that instant on, though the database still has it', async () => {
    const id = await blobs.put(photo);
    now = new Date(photo.expiresAt.getTime() - 1);
    expect(await blobs.get(id)).toBeDefined();
    now = photo.expiresAt;
    expect(await blobs.get(id)).toBeUndefined();
  });

  it('is removed by the database itself', async () => {
    const id = await blobs.put(photo);
    now = new Date(photo.expiresAt.getTime() + 1);
    while (await BlobRecords.exists({ _id: id })) await new Promise((resolve) => setTimeout(resolve, 50));
  });
});

describe('in the database', () => {
  it('the bytes cannot be read', async () => {
    const { sealed } = await storedIn(await blobs.put(photo));
    expect(Buffer.from(sealed.value()).includes(photo.bytes)).toBe(false);
  });

  it('they cannot be moved to another file, nor changed', async () => {
    const [one, two] = [await blobs.put(photo), await blobs.put(photo)];
    const { sealed } = await storedIn(one);
    await BlobRecords.updateOne({ _id: two }, { $set: { sealed: Buffer.from(sealed.value()) } });
    await expect(blobs.get(two)).rejects.toThrow(SealError);

    const changed = Buffer.from(sealed.value());
    changed.writeUInt8(changed.readUInt8(changed.length - 1) ^ 1, changed.length - 1);
    await BlobRecords.updateOne({ _id: one }, { $set: { sealed: changed } });
    await expect(blobs.get(one)).rejects.toThrow(SealError);
  });
});
