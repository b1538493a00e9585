import { type AddressInfo, createServer, connect as dial, type Server, type Socket } from 'node:net';
import { type Collection, MongoClient, type MongoClientOptions } from 'mongodb';
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

/** Whether every command of a client whose connection goes while they are written comes to an end. */
async function allAnswered(options: MongoClientOptions): Promise<boolean> {
  const { port } = between.address() as AddressInfo;
  const uri = `mongodb://127.0.0.1:${port}/?directConnection=true`;
  const client = await new MongoClient(uri, { maxPoolSize: TURNS, ...options }).connect();
  try {
    return await answered(client.db('lost').collection('letters'));
  } finally {
    await client.close();
  }
}

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
