import { type AddressInfo, createServer, connect as dial, type Server, type Socket } from 'node:net';
import { type Collection, MongoClient, type MongoClientOptions, MongoError } from 'mongodb';
import { isTransient } from '../../server/platform/mongo/failures';
import { LOSS_AWARE } from '../../server/platform/mongo/loss-aware-connection';
import { startTestServer, type TestServer } from '../embedded-mongo/support';
import { untilSeen } from '../support/race';

jest.setTimeout(60_000);

/* Connections that the database ends in the very turns in which commands are written to them. */
const TURNS = 8;
/** That a command waits for ever is believed after so long, ms. */
const SILENCE_MS = 10_000;
/** A control asks again and again, until it sees it. */
const CONTROL_SILENCE_MS = 2_000;

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

const port = () => (between.address() as AddressInfo).port;

async function withLetters<T>(
  options: MongoClientOptions,
  use: (letters: Collection) => Promise<T>,
): Promise<T> {
  const uri = `mongodb://127.0.0.1:${port()}/?directConnection=true`;
  const client = await new MongoClient(uri, { maxPoolSize: TURNS, ...options }).connect();
  try {
    return await use(client.db('lost').collection('letters'));
  } finally {
    await client.close();
  }
}

type End = (socket: Socket) => unknown;
const says: End = (socket) => socket.end();
const isGone: End = (socket) => socket.resetAndDestroy();

/** When a command is written: at once, in the next turn of the event loop, or when another socket has news in one. */
type Moment = () => Promise<unknown>;
const atOnce: Moment = async () => undefined;
const nextTurn: Moment = () => new Promise((resolve) => setImmediate(resolve));
const whenAnotherHasNews: Moment = () =>
  new Promise<void>((resolve) => {
    const other = dial(port(), '127.0.0.1', () => {
      other.destroy();
      resolve();
    });
  });

interface Answers {
  /** Every command came to an end. */
  areAll: boolean;
  /** Why commands failed. */
  reasons: unknown[];
}

/** What becomes of commands that are written while their connections end. */
const answersWhen =
  (end: End, moment: Moment, silenceMs: number) =>
  async (letters: Collection): Promise<Answers> => {
    await Promise.all(Array.from({ length: TURNS }, () => letters.findOne({})));
    for (const socket of incoming) end(socket);
    const reasons: unknown[] = [];
    const written: Promise<unknown>[] = [];
    for (let turn = 0; turn < TURNS; turn += 1) {
      await moment();
      written.push(letters.insertOne({ turn }).catch((reason: unknown) => reasons.push(reason)));
    }
    let patience: NodeJS.Timeout | undefined;
    const silence = new Promise<false>((resolve) => {
      patience = setTimeout(resolve, silenceMs, false);
    });
    const all = Promise.all(written).then(() => true);
    const areAll = await Promise.race([all, silence]).finally(() => clearTimeout(patience));
    return { areAll, reasons };
  };

const waitForEver = ({ areAll }: Answers) => !areAll;
const areDefects = ({ reasons }: Answers) => reasons.some((reason) => !(reason instanceof MongoError));

describe.each([
  ['closed, and written to in the next turns', says, nextTurn, 'wait for ever', waitForEver],
  [
    'closed, and written to in a turn of other news',
    says,
    whenAnotherHasNews,
    'look like defects',
    areDefects,
  ],
  ['reset, and written to at once', isGone, atOnce, 'look like defects', areDefects],
])('connections that are %s', (_, end, moment, how, isSo) => {
  it(`control: with the driver alone commands ${how}`, async () => {
    await untilSeen(async () => isSo(await withLetters({}, answersWhen(end, moment, CONTROL_SILENCE_MS))));
  });

  it('with ours every command comes to an end, and why it failed can be told from a defect', async () => {
    let failed = 0;
    for (let round = 0; round < 10; round += 1) {
      const { areAll, reasons } = await withLetters(LOSS_AWARE, answersWhen(end, moment, SILENCE_MS));
      expect(areAll).toBe(true);
      expect(reasons.filter((reason) => !isTransient(reason))).toEqual([]);
      failed += reasons.length;
    }
    expect(failed).toBeGreaterThan(0);
  });
});
