import { setTimeout as sleep } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import type { Api, Stack } from '../demo/stack';
import { type ClockRelay, openClockRelay } from './clock-relay';
import { openTcpProxy } from './tcp-proxy';

const START_ATTEMPTS = 5;
const SILENCE_MS = 25;
const CUT_ATTEMPTS = 20;
const CUT_AGAIN_MS = 50;

/** The API processes behind one address, each with its own connections to the database and its own clock. */
export interface Harbour {
  /** Where the processes are that are up now. */
  up(): readonly string[];
  /** SIGKILL, and up again at once. @returns once it answers again */
  kill(api: number): Promise<void>;
  /**
   * Cuts the connections of one process, or of the next when that one has none: it is down, or they were cut a moment ago.
   * Tries for a second. @returns how many, 0 when none had any
   */
  cutDatabase(api: number): Promise<number>;
  /** Puts one process's clock wrong by so much; 0 puts it right. */
  skewClock(api: number, milliseconds: number): void;
  /** Waits until every process is up. */
  allUp(): Promise<void>;
  close(): Promise<void>;
}

interface Berth {
  /** What it calls itself at the database. */
  name: string;
  clock: ClockRelay;
  /** Null while it is down. */
  api: Api | null;
  starting: Promise<void>;
}

export async function openHarbour(
  stack: Stack,
  { apis, env }: { apis: number; env: Record<string, string> },
): Promise<Harbour> {
  const database = await MongoClient.connect(stack.mongodbUri);
  const berths: Berth[] = [];
  const up = () => berths.flatMap(({ api }) => (api ? [api.url] : []));
  // WeChat knows one address.
  const front = await openTcpProxy(() => up().map((url) => Number(new URL(url).port)));

  const start = async (berth: Berth, attempts = START_ATTEMPTS): Promise<void> => {
    try {
      berth.api = await stack.addApi({
        ...env,
        PUBLIC_URL: `http://127.0.0.1:${front.port}`,
        MONGODB_URI: withAppName(stack.mongodbUri, berth.name),
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
    for (const { clock } of berths) await clock.close();
    await database.close();
  };
  try {
    for (let n = 0; n < apis; n += 1) {
      const clock = await openClockRelay(stack.sandboxUrls.control);
      const berth: Berth = { name: `storm-${n}`, clock, api: null, starting: Promise.resolve() };
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

  const cut = async (n: number): Promise<number> => {
    const { lost } = await database
      .db('admin')
      .command({ loseConnections: 1, appName: at(n).name, silenceMS: SILENCE_MS });
    return Number(lost);
  };

  return {
    up,
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
      for (let attempt = 0; attempt < CUT_ATTEMPTS; attempt += 1) {
        const struck = await cut((n + attempt) % berths.length);
        if (struck > 0) return struck;
        await sleep(CUT_AGAIN_MS);
      }
      return 0;
    },
    skewClock: (n, milliseconds) => at(n).clock.skew(milliseconds),
    async allUp() {
      await Promise.all(berths.map(({ starting }) => starting));
    },
    close,
  };
}

function withAppName(uri: string, name: string): string {
  const url = new URL(uri);
  url.searchParams.set('appName', name);
  return url.href;
}
