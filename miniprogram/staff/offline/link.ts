import { problemOf } from '../../hooks/use-task';
import { ApiError, call, storedToken } from '../../services/api';
import { platform } from '../../services/platform';
import type { KeptScan } from './kept';
import { keptScans } from './kept-scans';
import { learnTime, list, recallTime } from './list';
import { setAside } from './set-aside';
import { warmUp } from './warm-up';

/** The service takes no more at once; of the 100 kB of a body some are left for what goes with the scans. */
const BATCH = { limit: 50, maxBytes: 90_000 };
const SOON_MS = 3_000;
const IDLE_MS = 20_000;
const LIST_EVERY_MS = 120_000;
const REPORT_EVERY_MS = 20_000;
/** The page is drawn first. */
const OPEN_LIST_AFTER_MS = 50;
const PATIENCE = { timeoutMs: 8_000, again: false };

/** Whether the service answers, and what waits for it. */
export interface LinkState {
  isOnline: boolean;
  /** Scans on this phone that the service has not seen. */
  waiting: number;
  /** Uploaded scans that contradict another phone or the service: the office has them on its list. */
  doubtful: number;
  /** Scans that the service would not take: on this phone until somebody has looked at them. */
  setAside: number;
  /** Why the last exchange failed although somebody answered, in words; it is tried again. */
  trouble: string | null;
  /** The office has stopped this phone. */
  isStopped: boolean;
  /** When the list was taken, ISO 8601; null while there is none that counts. */
  listTakenAt: string | null;
}

let state: LinkState = {
  isOnline: true,
  waiting: 0,
  doubtful: 0,
  setAside: 0,
  trouble: null,
  isStopped: false,
  listTakenAt: null,
};
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;
let running = false;
let users = 0;
let stopListening: () => void = () => undefined;
let reportedAt = 0;
let listedAt = 0;
let isWarm = false;

/**
 * Keeps a staff phone and the service together: fetches the list before it is needed, notices that the network is
 * gone, uploads what was kept as soon as it is back, and says every twenty seconds that nothing is left.
 */
export const link = {
  state: (): LinkState => state,

  onChange(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },

  /** Runs while any staff page is open. @returns the way to stop */
  use(): () => void {
    users += 1;
    if (users === 1) start();
    return () => {
      users -= 1;
      if (users === 0) stop();
    };
  },

  /** A call has just found that nobody answers. */
  lost(): void {
    change({ isOnline: false });
    again(SOON_MS);
  },

  /** A scan was kept. */
  noteKept(): void {
    change({ waiting: keptScans.count() });
  },

  dismissDoubtful(): void {
    change({ doubtful: 0 });
  },

  sendSetAsideAgain(): void {
    keptScans.bringBack();
    change(counts());
    again(0);
  },

  /** Somebody has seen to the students behind them. */
  forgetSetAside(): void {
    setAside.clear();
    change(counts());
  },

  /** After signing in: whatever was known of another sign-in is gone. */
  begin(): void {
    reportedAt = 0;
    listedAt = 0;
    change({ isOnline: true, isStopped: false, trouble: null, doubtful: 0, ...counts() });
    if (users > 0) again(0);
  },
};

/** No answer at all, or only from a gateway in front of the service. */
export const isLost = (error: unknown): boolean =>
  error instanceof ApiError && (error.code === 'NO_NETWORK' || [502, 503, 504].includes(error.status));

function start(): void {
  recallTime();
  change({ ...counts(), listTakenAt: list.about()?.takenAt ?? null });
  stopListening = platform.onNetworkChange((online) => {
    if (online) again(0);
    else link.lost();
  });
  openListSoon();
  again(0);
}

/** Opening takes a moment on an old phone: better now than before the first student without network. */
function openListSoon(): void {
  setTimeout(() => {
    const snapshot = list.open();
    if (!snapshot || isWarm) return;
    isWarm = true;
    warmUp(snapshot);
  }, OPEN_LIST_AFTER_MS);
}

function stop(): void {
  clearTimeout(timer);
  stopListening();
}

function again(afterMs: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => void round(), afterMs);
}

async function round(): Promise<void> {
  if (running || !storedToken('staff')) return;
  running = true;
  try {
    await upload();
    if (Date.now() - listedAt > LIST_EVERY_MS) {
      await list.refresh();
      listedAt = Date.now();
      openListSoon();
    }
    change({ isOnline: true, isStopped: false, trouble: null, listTakenAt: list.about()?.takenAt ?? null });
  } catch (error) {
    learnFrom(error);
  } finally {
    running = false;
  }
  if (users > 0) again(state.isOnline && (state.waiting === 0 || state.trouble) ? IDLE_MS : SOON_MS);
}

/**
 * Oldest first, in batches; sent again until the service has answered for them. A batch that it will never take is cut
 * in half, until the one scan is found for which that is so.
 */
async function upload(): Promise<void> {
  let { limit } = BATCH;
  for (;;) {
    const scans = keptScans.oldest({ ...BATCH, limit });
    const isDue = !state.isOnline || Date.now() - reportedAt > REPORT_EVERY_MS;
    if (scans.length === 0 && !isDue) return;
    const pending = keptScans.count() - scans.length;
    // The phone's own clock, right or wrong: the service believes only how long ago a scan was.
    const body = { sentAt: new Date().toISOString(), pending, scans };
    const answer = await call('POST /api/onsite/offline-scans', { body }, PATIENCE).catch(refusalOf);
    if (answer instanceof ApiError) {
      if (scans.length === 0) throw answer;
      if (scans.length === 1) keptScans.setOldestAside(answer);
      limit = scans.length === 1 ? BATCH.limit : Math.ceil(scans.length / 2);
      change(counts());
      continue;
    }
    const { now, results } = answer;
    learnTime(now);
    reportedAt = Date.now();
    keptScans.drop(scans.length);
    const doubtful = state.doubtful + doubtfulAmong(scans, results);
    change({ isOnline: true, doubtful, ...counts() });
    // What was just uploaded is on the list only once it is fetched anew.
    if (scans.length > 0) listedAt = 0;
    if (keptScans.count() === 0) return;
  }
}

/** Of what was set aside the phone itself speaks. */
function doubtfulAmong(
  scans: readonly KeptScan[],
  results: readonly { nonce: string; outcome: string }[],
): number {
  const words = new Set(scans.flatMap(({ kind, nonce }) => (kind === 'set_aside' ? [nonce] : [])));
  const isDoubtful = (outcome: string) => outcome === 'conflict' || outcome === 'refused';
  return results.filter(({ nonce, outcome }) => isDoubtful(outcome) && !words.has(nonce)).length;
}

/** What is sent is wrong or too much: the same again would be refused again. @throws any other error */
function refusalOf(error: unknown): ApiError {
  if (error instanceof ApiError && [400, 413, 422].includes(error.status)) return error;
  throw error;
}

function learnFrom(error: unknown): void {
  if (isLost(error)) {
    change({ isOnline: false, trouble: null });
  } else if (error instanceof ApiError && ['NOT_SIGNED_IN', 'DEVICE_REVOKED'].includes(error.code)) {
    list.forget();
    change({ isOnline: true, isStopped: true, trouble: null, listTakenAt: null });
  } else {
    change({ isOnline: true, trouble: problemOf(error).message });
  }
}

const counts = () => ({ waiting: keptScans.count(), setAside: setAside.all().length });

function change(to: Partial<LinkState>): void {
  const next = { ...state, ...to };
  const isSame = (Object.keys(next) as (keyof LinkState)[]).every((key) => next[key] === state[key]);
  if (isSame) return;
  state = next;
  for (const listener of listeners) listener();
}
