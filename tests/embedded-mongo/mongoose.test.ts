import mongoose from 'mongoose';
import { startTestServer, type TestServer } from './support';

let server: TestServer;
let connection: mongoose.Connection;

beforeAll(async () => {
  server = await startTestServer();
  connection = await mongoose.createConnection(server.mongo.uri, { dbName: 'shop' }).asPromise();
});

afterAll(async () => {
  await connection.close();
  await server.stop();
});

const schema = new mongoose.Schema(
  { session: String, seat: Number, student: String, active: Boolean, at: Date, tags: [String] },
  { timestamps: true },
);
schema.index({ session: 1, seat: 1 }, { unique: true, partialFilterExpression: { active: true } });

describe('mongoose, unchanged', () => {
  const bookings = () => connection.model('Booking', schema);

  beforeAll(() => bookings().init());
  beforeEach(() => bookings().deleteMany({}));

  it('creates the indexes of a schema and finds them again', async () => {
    expect(await bookings().collection.indexes()).toEqual([
      { v: 2, key: { _id: 1 }, name: '_id_' },
      {
        v: 2,
        key: { session: 1, seat: 1 },
        name: 'session_1_seat_1',
        unique: true,
        partialFilterExpression: { active: true },
      },
    ]);
    await expect(bookings().syncIndexes()).resolves.toEqual([]);
  });

  it('tells which unique index refused an insert', async () => {
    await bookings().create({ session: 's', seat: 1, active: true });
    const lost = bookings().create({ session: 's', seat: 1, active: true });
    await expect(lost).rejects.toMatchObject({
      code: 11000,
      keyPattern: { session: 1, seat: 1 },
      keyValue: { session: 's', seat: 1 },
      message: expect.stringContaining(
        'E11000 duplicate key error collection: shop.bookings index: session_1_seat_1 dup key: { session: "s", seat: 1 }',
      ),
    });
  });

  it('lets a partial index ignore what it does not cover', async () => {
    await bookings().create({ session: 's', seat: 1, active: false });
    await bookings().create({ session: 's', seat: 1, active: false });
    await bookings().create({ session: 's', seat: 1, active: true });
    expect(await bookings().countDocuments({ session: 's' })).toBe(3);
  });

  it('compares and sets in one step, and returns the document after it', async () => {
    const { _id } = await bookings().create({ session: 's', seat: 1, active: true });
    const first = await bookings().findOneAndUpdate(
      { _id, active: true },
      { active: false, $push: { tags: 'freed' } },
      { returnDocument: 'after' },
    );
    const second = await bookings().findOneAndUpdate({ _id, active: true }, { active: false });
    expect(first).toMatchObject({ active: false, tags: ['freed'] });
    expect(second).toBeNull();
  });

  it('upserts with timestamps, which need $setOnInsert', async () => {
    const made = await bookings().findOneAndUpdate(
      { session: 'u' },
      { seat: 3 },
      { upsert: true, returnDocument: 'after' },
    );
    expect(made).toMatchObject({ session: 'u', seat: 3, createdAt: expect.any(Date) });
  });

  it('writes in bulk and reads back through a cursor of many batches', async () => {
    await bookings().insertMany(
      Array.from({ length: 250 }, (_, seat) => ({ session: 'm', seat, active: true })),
    );
    const result = await bookings().bulkWrite([
      { updateMany: { filter: { session: 'm', seat: { $lt: 10 } }, update: { $set: { student: 'x' } } } },
      { deleteMany: { filter: { session: 'm', seat: { $gte: 200 } } } },
      { insertOne: { document: { session: 'n', seat: 1 } } },
    ]);
    expect(result).toMatchObject({ modifiedCount: 10, deletedCount: 50, insertedCount: 1 });
    const seats: number[] = [];
    for await (const booking of bookings().find({ session: 'm' }).sort({ seat: -1 }).batchSize(7))
      seats.push(booking.seat ?? -1);
    expect(seats).toEqual(Array.from({ length: 200 }, (_, i) => 199 - i));
  });

  it('aggregates', async () => {
    await bookings().insertMany([1, 2, 3, 4].map((seat) => ({ session: seat % 2 ? 'odd' : 'even', seat })));
    const totals = await bookings().aggregate([
      { $match: { seat: { $gt: 1 } } },
      { $group: { _id: '$session', seats: { $sum: '$seat' }, n: { $sum: 1 } } },
      { $sort: { _id: 1 } },
    ]);
    expect(totals).toEqual([
      { _id: 'even', seats: 6, n: 2 },
      { _id: 'odd', seats: 3, n: 1 },
    ]);
  });
});
