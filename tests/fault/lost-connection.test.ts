import { type AddressInfo, createServer, connect as dial, type Server, type Socket } from 'node:net';
import { type Collection, MongoClient, type MongoClientOptions, MongoError } from 'mongodb';
import { isTransient } from '../../server/platform/mongo/failures';
import { LOSS_AWARE } from '../../server/platform/mongo/loss-aware-connection';
import { startTestServer, type TestServer } from '../embedded-mongo/support';
import { untilSeen } from '../support/race';

jest.setTimeout(60_000);

/* A connection that the database closes in the very turn in which a command is written to it. */
const TURNS = 8;
const SILENCE_MS = 2_000;

let database: TestServer;
let between: Server;
const incoming = new Set<Socket>();

beforeAll(async () => {
  database = await startTestServer();
  const target = Number(new URL(database.mongo.uri).port);
  between = createServer((near) => {
    incoming.add(near);
    const far = dial(target, '127.0.0.1');
    near.pipe(far).pipe(near);
    for (const end of [near, far]) end.on('error', () => undefined);
    near.on('close', () => {
      incoming.delete(near);
      far.destroy();
    });
  });
  await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  for (const socket of incoming) socket.destroy();
  between?.close();
  await database?.stop();
});

async function withLetters<T>(
  options: MongoClientOptions,
  use: (letters: Collection) => Promise<T>,
): Promise<T> {
  const { port } = between.address() as AddressInfo;
  const uri = `mongodb://127.0.0.1:${port}/?directConnection=true`;
  const client = await new MongoClient(uri, { maxPoolSize: TURNS, ...options }).connect();
  try {
    return await use(client.db('lost').collection('letters'));
  } finally {
    await client.close();
  }
}

/** Whether every command of a client whose connection goes while they are written comes to an end. */
const allAnswered = (options: MongoClientOptions) => withLetters(options, answered);

async function answered(letters: Collection): Promise<boolean> {
  await Promise.all(Array.from({ length: TURNS }, () => letters.findOne({})));
  for (const socket of incoming) socket.end();
  const written: Promise<unknown>[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    written.push(letters.insertOne({ turn }));
  }
  let patience: NodeJS.Timeout | undefined;
  const silence = new Promise<false>((resolve) => {
    patience = setTimeout(resolve, SILENCE_MS, false);
  });
  const answers = Promise.allSettled(written).then(() => true);
  return Promise.race([answers, silence]).finally(() => clearTimeout(patience));
}

it('control: the driver alone waits for ever for a connection that has gone', async () => {
  await untilSeen(async () => !(await allAnswered({ socketTimeoutMS: 500 })));
});

it('our connection hears of its own end, and what was written to it comes to an end', async () => {
  for (let round = 0; round < 10; round += 1) expect(await allAnswered(LOSS_AWARE)).toBe(true);
});

/** Why commands failed that were written to connections in the very turn in which these were reset. */
async function reasons(letters: Collection): Promise<unknown[]> {
  await Promise.all(Array.from({ length: TURNS }, () => letters.findOne({})));
  for (const socket of incoming) socket.resetAndDestroy();
  const written = Array.from({ length: TURNS }, (_, turn) => letters.insertOne({ turn }));
  const outcomes = await Promise.allSettled(written);
  return outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
}

it('control: the driver alone hands on what the system says of a reset, as if it were a defect', async () => {
  await untilSeen(async () => {
    const seen = await withLetters({ socketTimeoutMS: 2_000 }, reasons);
    return seen.some((reason) => !(reason instanceof MongoError));
  });
});

it('with our connection a reset is a network error, which can be told from a defect', async () => {
  let seen = 0;
  for (let round = 0; round < 10; round += 1) {
    for (const reason of await withLetters(LOSS_AWARE, reasons)) {
      expect(isTransient(reason)).toBe(true);
      seen += 1;
    }
  }
  expect(seen).toBeGreaterThan(0);
});
