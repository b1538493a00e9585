import type { Api, Stack } from '../demo/stack';
import { type ClockRelay, openClockRelay } from './clock-relay';
import { openTcpProxy, type TcpProxy } from './tcp-proxy';

const START_ATTEMPTS = 5;

/** The API processes behind one address, each with its own way to the database and its own clock. */
export interface Harbour {
  /** Where phones and WeChat reach whichever process is up. */
  url: string;
  /** SIGKILL, and up again at once. @returns once it answers again */
  kill(api: number): Promise<void>;
  /** Cuts the connections of one process, or of the next when that one is down. @returns how many */
  cutDatabase(api: number): Promise<number>;
  /** Puts one process's clock wrong by so much; 0 puts it right. */
  skewClock(api: number, milliseconds: number): void;
  /** Waits until every process is up. */
  allUp(): Promise<void>;
  close(): Promise<void>;
}

interface Berth {
  database: TcpProxy;
  clock: ClockRelay;
  /** Null while it is down. */
  api: Api | null;
  starting: Promise<void>;
}

export async function openHarbour(
  stack: Stack,
  { apis, env }: { apis: number; env: Record<string, string> },
): Promise<Harbour> {
  const databasePort = Number(new URL(stack.mongodbUri).port);
  const berths: Berth[] = [];
  const front = await openTcpProxy(() =>
    berths.flatMap(({ api }) => (api ? [Number(new URL(api.url).port)] : [])),
  );
  const url = `http://127.0.0.1:${front.port}`;

  const start = async (berth: Berth, attempts = START_ATTEMPTS): Promise<void> => {
    try {
      berth.api = await stack.addApi({
        ...env,
        PUBLIC_URL: url,
        MONGODB_URI: throughProxy(stack.mongodbUri, berth.database.port),
        SANDBOX_CONTROL_URL: berth.clock.url,
      });
    } catch (error) {
      // A cut connection may hit a start too: then it ends, and whoever watches over processes starts it anew.
      if (attempts === 1) throw error;
      await start(berth, attempts - 1);
    }
  };
  const close = async () => {
    for (const { api } of berths) await api?.stop();
    await front.close();
    for (const { database, clock } of berths) {
      await database.close();
      await clock.close();
    }
  };
  try {
    for (let n = 0; n < apis; n += 1) {
      const database = await openTcpProxy(() => [databasePort]);
      const clock = await openClockRelay(stack.sandboxUrls.control);
      const berth: Berth = { database, clock, api: null, starting: Promise.resolve() };
      berths.push(berth);
      await start(berth);
    }
  } catch (error) {
    await close();
    throw error;
  }
  const at = (n: number): Berth => {
    const berth = berths[n];
    if (!berth) throw new Error(`no API process ${n}`);
    return berth;
  };

  return {
    url,
    async kill(n) {
      const berth = at(n);
      await berth.starting;
      const { api } = berth;
      berth.api = null;
      await api?.kill();
      berth.starting = start(berth);
      await berth.starting;
    },
    async cutDatabase(n) {
      const struck = await at(n).database.cut();
      return struck > 0 ? struck : at((n + 1) % berths.length).database.cut();
    },
    skewClock: (n, milliseconds) => at(n).clock.skew(milliseconds),
    async allUp() {
      await Promise.all(berths.map(({ starting }) => starting));
    },
    close,
  };
}

function throughProxy(uri: string, port: number): string {
  const url = new URL(uri);
  url.port = String(port);
  return url.href;
}
