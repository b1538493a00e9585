import net from 'node:net';
import { deserialize, serialize } from 'bson';
import { type Document, MongoClient } from 'mongodb';
import { eventually } from '../../server/demo/eventually';
import { crc32c } from '../../server/embedded-mongo/wire/crc32c';
import { refusal, startTestServer, type TestServer } from './support';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const OP_QUERY = 2004;
const OP_COMPRESSED = 2012;
const OP_MSG = 2013;

function message(opCode: number, body: Buffer, requestId = 7): Buffer {
  const header = Buffer.alloc(16);
  header.writeInt32LE(16 + body.length, 0);
  header.writeInt32LE(requestId, 4);
  header.writeInt32LE(opCode, 12);
  return Buffer.concat([header, body]);
}

function opMsg(
  command: Document,
  { flags = 0, sections = Buffer.alloc(0) }: { flags?: number; sections?: Buffer } = {},
): Buffer {
  const start = Buffer.alloc(5);
  start.writeUInt32LE(flags, 0);
  return message(OP_MSG, Buffer.concat([start, serialize(command), sections]));
}

function sequence(name: string, documents: readonly Document[]): Buffer {
  const content = Buffer.concat([
    Buffer.from(`${name}\0`),
    ...documents.map((document) => serialize(document)),
  ]);
  const head = Buffer.alloc(5);
  head[0] = 1;
  head.writeInt32LE(4 + content.length, 1);
  return Buffer.concat([head, content]);
}

function withChecksum(command: Document, spoil = 0): Buffer {
  const bytes = Buffer.concat([opMsg(command, { flags: 1 }), Buffer.alloc(4)]);
  bytes.writeInt32LE(bytes.length, 0);
  bytes.writeUInt32LE((crc32c([bytes.subarray(0, -4)]) ^ spoil) >>> 0, bytes.length - 4);
  return bytes;
}

/** A bare connection: what is written, and what comes back until it closes or enough has come. */
class Wire {
  private received: Buffer = Buffer.alloc(0);
  private closed = false;
  private wake: () => void = () => undefined;

  private constructor(private readonly socket: net.Socket) {
    socket.on('data', (chunk) => {
      this.received = Buffer.concat([this.received, chunk]);
      this.wake();
    });
    // A reset tells no more than the close that follows it.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.closed = true;
      this.wake();
    });
  }

  static async open(): Promise<Wire> {
    const socket = net.connect(server.mongo.port, '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    return new Wire(socket);
  }

  send(bytes: Buffer): void {
    this.socket.write(bytes);
  }

  end(): void {
    this.socket.destroy();
  }

  /** The next answer; undefined when the server has hung up instead. */
  async answer(): Promise<Document | undefined> {
    for (;;) {
      const length = this.received.length >= 4 ? this.received.readInt32LE(0) : 4;
      if (this.received.length >= length && this.received.length >= 4) {
        const whole = this.received.subarray(0, length);
        this.received = this.received.subarray(length);
        return deserialize(whole.subarray(whole.readInt32LE(12) === 1 ? 36 : 21));
      }
      if (this.closed) return undefined;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }
}

const ping = { ping: 1, $db: 'admin' };

describe('the wire', () => {
  let wire: Wire;
  beforeEach(async () => {
    wire = await Wire.open();
  });
  afterEach(() => wire.end());

  it('answers a first hello that comes as OP_QUERY, as a standalone', async () => {
    const body = Buffer.concat([
      Buffer.alloc(4),
      Buffer.from('admin.$cmd\0'),
      Buffer.alloc(4),
      Buffer.from([255, 255, 255, 255]),
      serialize({ isMaster: 1, helloOk: true }),
    ]);
    wire.send(message(OP_QUERY, body));
    const hello = await wire.answer();
    expect(hello).toMatchObject({ ok: 1, ismaster: true, helloOk: true, maxWireVersion: 21 });
    expect(hello).not.toHaveProperty('setName');
    expect(hello).not.toHaveProperty('compression');
  });

  it('understands messages that arrive byte by byte, and several at once', async () => {
    for (const byte of opMsg(ping)) wire.send(Buffer.from([byte]));
    expect(await wire.answer()).toEqual({ ok: 1 });
    wire.send(Buffer.concat([opMsg(ping), opMsg({ nonsense: 1, $db: 'admin' }), opMsg(ping)]));
    expect(await wire.answer()).toEqual({ ok: 1 });
    expect(await wire.answer()).toMatchObject({ ok: 0, code: 59, codeName: 'CommandNotFound' });
    expect(await wire.answer()).toEqual({ ok: 1 });
  });

  it('takes documents in a sequence', async () => {
    const sections = sequence('documents', [{ _id: 1 }, { _id: 2 }]);
    wire.send(opMsg({ insert: 'seq', $db: 'wire' }, { sections }));
    expect(await wire.answer()).toEqual({ n: 2, ok: 1 });
  });

  it('checks a checksum', async () => {
    wire.send(withChecksum(ping));
    expect(await wire.answer()).toEqual({ ok: 1 });
    wire.send(withChecksum(ping, 1));
    expect(await wire.answer()).toBeUndefined();
  });

  it('does not answer where no answer is wanted, but does the work first', async () => {
    wire.send(
      opMsg(
        { insert: 'unanswered', documents: [{ _id: 1 }], writeConcern: { w: 0 }, $db: 'wire' },
        { flags: 2 },
      ),
    );
    wire.send(opMsg({ count: 'unanswered', $db: 'wire' }));
    expect(await wire.answer()).toMatchObject({ n: 1 });
  });

  it.each<[string, () => Buffer]>([
    ['a length of nothing', () => Buffer.alloc(16)],
    ['a length beyond 48 MB', () => Buffer.from([0, 0, 0, 127, ...Buffer.alloc(12)])],
    ['an unknown operation', () => message(4242, Buffer.alloc(10))],
    ['a compressed message', () => message(OP_COMPRESSED, Buffer.alloc(20))],
    ['an unknown required flag', () => opMsg(ping, { flags: 64 })],
    ['an unknown section', () => opMsg(ping, { sections: Buffer.from([9, 5, 0, 0, 0, 0]) })],
    ['a section longer than its message', () => opMsg(ping, { sections: Buffer.from([1, 99, 0, 0, 0]) })],
    ['no body', () => message(OP_MSG, Buffer.concat([Buffer.alloc(4), sequence('documents', [])]))],
  ])('hangs up on %s, says so in the log, and serves others', async (_, bytes) => {
    server.logged.length = 0;
    wire.send(bytes());
    expect(await wire.answer()).toBeUndefined();
    expect(server.logged).toEqual(['connection closed: malformed message']);
    const other = await Wire.open();
    other.send(opMsg(ping));
    expect(await other.answer()).toEqual({ ok: 1 });
    other.end();
  });

  it('answers, and stays, when only the BSON is bad', async () => {
    const bytes = opMsg({ insert: 'bad', documents: [{ text: 'aaaa' }], $db: 'wire' });
    bytes[bytes.indexOf('aaaa')] = 0xff;
    wire.send(bytes);
    expect(await wire.answer()).toMatchObject({ ok: 0, code: 22, codeName: 'InvalidBSON' });
    wire.send(opMsg(ping));
    expect(await wire.answer()).toEqual({ ok: 1 });
  });

  it.each([{ txnNumber: 1 }, { startTransaction: true, autocommit: false }])(
    'has no transactions: %j',
    async (fields) => {
      wire.send(opMsg({ find: 'x', ...fields, $db: 'wire' }));
      expect(await wire.answer()).toMatchObject({ ok: 0, code: 20, codeName: 'IllegalOperation' });
    },
  );

  it('refuses a field it does not know', async () => {
    wire.send(opMsg({ find: 'x', nonsense: 1, $db: 'wire' }));
    expect(await wire.answer()).toMatchObject({ ok: 0, code: 40415 });
  });
});

describe('sizes', () => {
  const collection = () => server.client.db('wire').collection<Document>('sizes');

  it('takes a document of nearly 16 MB and a batch of many', async () => {
    await collection().insertOne({ _id: 1, text: 'x'.repeat(16_000_000) } as Document);
    expect((await collection().findOne({ _id: 1 } as Document))?.text).toHaveLength(16_000_000);
    await collection().insertMany(Array.from({ length: 30 }, () => ({ text: 'y'.repeat(1_000_000) })));
    expect(await collection().countDocuments()).toBe(31);
  });

  it('refuses to let one grow beyond 16 MB', async () => {
    await collection().insertOne({ _id: 2, text: 'x'.repeat(9_000_000) } as Document);
    const grown = await collection()
      .updateOne({ _id: 2 } as Document, [{ $set: { more: '$text' } }])
      .catch((error) => error.code);
    expect(grown).toBe(10334);
  });

  it('serves many connections at once', async () => {
    const client = await new MongoClient(server.mongo.uri, { maxPoolSize: 100, minPoolSize: 100 }).connect();
    const many = client.db('wire').collection('many');
    await Promise.all(Array.from({ length: 500 }, (_, n) => many.insertOne({ n })));
    expect(await many.countDocuments()).toBe(500);
    await client.close();
  });
});

describe('values that could not be given back unchanged', () => {
  it.each([
    ['a decimal', { a: { $numberDecimal: '1.5' } }],
    ['a 64-bit integer beyond 2^53', { a: { $numberLong: '9007199254740993' } }],
  ])('are refused: %s', async (_, extended) => {
    const { EJSON } = await import('bson');
    const document = EJSON.deserialize(extended, { relaxed: false });
    const code = await server.client
      .db('wire')
      .collection('exact')
      .insertOne(document)
      .catch((error) => error.code);
    expect(code).toBe(2);
  });
});

describe('loseConnections', () => {
  const lose = (command: object) =>
    server.client.db('admin').command({ loseConnections: 1, silenceMS: 50, ...command });
  const named = async (name: string): Promise<Wire> => {
    const wire = await Wire.open();
    wire.send(opMsg({ hello: 1, client: { application: { name } }, $db: 'admin' }));
    expect(await wire.answer()).toMatchObject({ ok: 1 });
    return wire;
  };

  it('lets what was asked take place, and its client not hear of it', async () => {
    const unlucky = await named('unlucky');
    const lucky = await named('lucky');
    await server.client.db('admin').command({
      configureFailPoint: 'failCommand',
      mode: { times: 1 },
      data: { failCommands: ['insert'], blockConnection: true, blockTimeMS: 1_000 },
    });
    unlucky.send(opMsg({ insert: 'lost', documents: [{ _id: 1 }], $db: 'wire' }));
    expect(await lose({ appName: 'unlucky' })).toEqual({ lost: 1, ok: 1 });
    expect(await unlucky.answer()).toBeUndefined();
    await eventually('the insert takes place', async () =>
      server.client.db('wire').collection('lost').findOne(),
    );
    lucky.send(opMsg(ping));
    expect(await lucky.answer()).toEqual({ ok: 1 });
    lucky.end();
  });

  it('strikes nobody of another name', async () => {
    expect(await lose({ appName: 'nobody' })).toEqual({ lost: 0, ok: 1 });
  });

  it.each([
    {},
    { appName: '' },
    { appName: 1 },
    { appName: 'a', silenceMS: -1 },
    { appName: 'a', silenceMS: 'x' },
  ])('refuses %o', async (command) => {
    expect(await refusal(lose(command))).toMatchObject({ code: 2 });
  });
});
