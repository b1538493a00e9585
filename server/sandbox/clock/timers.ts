import { type Store, timeKey } from '../store';
import type { DemoClock } from './demo-clock';

/** Something due at an instant of the demo clock. `ref` names the record it is about. */
export interface Timer {
  kind: string;
  ref: string;
  dueMs: number;
}

type Handler = (timer: Timer) => void | Promise<void>;

export interface Timers {
  schedule(timer: Timer): void;
  handle(kind: string, handler: Handler): void;
  start(): void;
  /** Runs `move` and takes no timer meanwhile: what is due after a jump waits until all have seen it. */
  standStill<T>(move: () => Promise<T>): Promise<T>;
  /** Takes no more timers and waits for those under way. */
  stop(): Promise<void>;
  pending(): Timer[];
}

const MOST_AT_ONCE = 64;
const LONGEST_WAIT_MS = 60_000;

/**
 * The durable schedule. Timers are taken in due order, also after the clock has jumped over many of
 * them. One is forgotten only after its handler has ended, so a killed process repeats it: handlers
 * are idempotent.
 */
export function openTimers(store: Store, clock: DemoClock): Timers {
  const table = store.table<Timer>('timers');
  const handlers = new Map<string, Handler>();
  const underway = new Map<string, Promise<void>>();
  let count = 0;
  let running = false;
  let standing = 0;
  let alarm: NodeJS.Timeout | undefined;

  const finish = (key: string) => {
    store.write(() => table.remove(key));
    underway.delete(key);
  };

  const take = (key: string, timer: Timer) => {
    const handler = handlers.get(timer.kind);
    if (!handler) throw new Error(`no handler for timers of kind ${timer.kind}`);
    const work = handler(timer);
    if (!(work instanceof Promise)) return finish(key);
    underway.set(
      key,
      work.then(
        () => {
          finish(key);
          pump();
        },
        (error: unknown) => {
          console.error(`sandbox timer ${timer.kind} ${timer.ref} failed`, error);
          finish(key);
          pump();
        },
      ),
    );
  };

  const firstWaiting = () => {
    for (const { key, value } of table.getRange()) {
      if (!underway.has(key)) return { key, timer: value };
    }
    return undefined;
  };

  const pump = () => {
    clearTimeout(alarm);
    while (running && standing === 0 && underway.size < MOST_AT_ONCE) {
      const first = firstWaiting();
      if (!first) return;
      const waitMs = first.timer.dueMs - clock.nowMs();
      if (waitMs > 0) {
        alarm = setTimeout(pump, Math.min(waitMs, LONGEST_WAIT_MS));
        return;
      }
      take(first.key, first.timer);
    }
  };

  return {
    schedule(timer) {
      count += 1;
      const key = `${timeKey(timer.dueMs)}/${timeKey(Date.now())}/${String(count).padStart(9, '0')}`;
      store.write(() => table.put(key, timer));
      // After the write that scheduled it has been committed.
      setImmediate(pump);
    },
    handle: (kind, handler) => handlers.set(kind, handler),
    start() {
      running = true;
      pump();
    },
    async standStill(move) {
      standing += 1;
      try {
        return await move();
      } finally {
        standing -= 1;
        pump();
      }
    },
    async stop() {
      running = false;
      clearTimeout(alarm);
      await Promise.all(underway.values());
    },
    pending: () => [...table.getRange()].map(({ value }) => value),
  };
}
