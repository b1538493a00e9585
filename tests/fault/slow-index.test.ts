import { MongoNetworkError, MongoNetworkTimeoutError } from 'mongodb';
import mongoose from 'mongoose';
import { Orders } from '../../server/modules/payments/model';
import { connectMongo, disconnectMongo, ensureIndexes } from '../../server/platform/mongo/connect';
import { startTestServer, type TestServer } from '../embedded-mongo/support';

jest.setTimeout(60_000);

/* A database that answers only after the socket's timeout, as one does that builds an index on a million orders. */
const SOCKET_TIMEOUT_MS = 1_000;
const BUILD_MS = 2_000;
/** As often as an attempt may follow another. */
const ATTEMPTS = 5;

let database: TestServer;

beforeAll(async () => {
  database = await startTestServer();
  await connectMongo(database.mongo.uri, { socketTimeoutMs: SOCKET_TIMEOUT_MS });
});
afterAll(async () => {
  await disconnectMongo();
  await database?.stop();
});

const fails = (times: number, how: object) =>
  mongoose.connection
    .getClient()
    .db('admin')
    .command({
      configureFailPoint: 'failCommand',
      mode: { times },
      data: { failCommands: ['createIndexes'], ...how },
    });
const buildsSlowly = (times: number) => fails(times, { blockConnection: true, blockTimeMS: BUILD_MS });
const losesTheConnection = () => fails(1, { closeConnection: true });

const names = async () => (await Orders.collection.indexes()).map(({ name }) => name);

it('control: mongoose gives up on the build, and the start with it', async () => {
  await buildsSlowly(1);
  await expect(Orders.createIndexes()).rejects.toBeInstanceOf(MongoNetworkTimeoutError);
});

it('is waited for as long as the build takes, and every index is there', async () => {
  await Orders.collection.dropIndexes();
  await buildsSlowly(ATTEMPTS);
  await ensureIndexes();
  expect(await names()).toEqual(expect.arrayContaining(['_id_', 'transactionId_1', 'quarantined']));
  expect(await names()).toHaveLength(1 + Orders.schema.indexes().length);
});

describe('a connection that is lost meanwhile', () => {
  it('control: is the end of mongoose’s own build', async () => {
    await losesTheConnection();
    await expect(Orders.createIndexes()).rejects.toBeInstanceOf(MongoNetworkError);
  });

  it('only makes it begin anew', async () => {
    await Orders.collection.dropIndexes();
    await losesTheConnection();
    await ensureIndexes();
    expect(await names()).toHaveLength(1 + Orders.schema.indexes().length);
  });
});

it('stops the start when the data forbid it', async () => {
  await Orders.collection.dropIndexes();
  const twice = { transactionId: '4200000000202211150000000001' };
  await Orders.collection.insertMany(['a', 'b'].map((_id) => ({ _id, ...twice }) as never));
  await expect(ensureIndexes()).rejects.toMatchObject({ code: 11000 });
  await Orders.collection.deleteMany({});
  await ensureIndexes();
});
