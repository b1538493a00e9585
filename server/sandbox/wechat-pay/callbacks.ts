import { randomUUID } from 'node:crypto';
import { rfc3339 } from '../books/time';
import type { DemoClock } from '../clock/demo-clock';
import type { Timer, Timers } from '../clock/timers';
import type { Credentials, Merchant } from '../credentials/credentials';
import type { Fault, Faults } from '../faults/faults';
import { type Store, timeKey } from '../store';
import { encryptResource } from './aead';
import { type Answer, post } from './post';
import { signBody, signingKey } from './signature';

interface Attempt {
  /** 0 for the first; copies of a duplicate share one. */
  round: number;
  atMs: number;
  /** HTTP status, or why there was none. */
  answer: number | string;
  fault?: string | undefined;
}

export interface Callback {
  id: string;
  mchid: string;
  url: string;
  eventType: string;
  originalType: 'transaction' | 'refund';
  summary: string;
  /** The resource before encryption. */
  plain: string;
  outTradeNo: string;
  outRefundNo?: string | undefined;
  createdMs: number;
  state: 'pending' | 'delivered' | 'exhausted' | 'dropped';
  attempts: Attempt[];
}

type CallbackEvent = Omit<Callback, 'id' | 'createdMs' | 'state' | 'attempts'>;

export interface Callbacks {
  /** Sends an event to its notify_url: at once, and again by the schedule until it is accepted. */
  send(event: CallbackEvent): void;
  list(after?: string): Iterable<{ key: string; value: Callback }>;
}

/** Waits after each failed attempt: 15s 15s 30s 3m 10m 20m 30m×3 60m 3h×3 6h×2. */
const RETRY_SECONDS = [
  15, 15, 30, 180, 600, 1_200, 1_800, 1_800, 1_800, 3_600, 10_800, 10_800, 10_800, 21_600, 21_600,
];
const TIMER = 'callback';
const REORDER_PATIENCE_MS = 5_000;
const DELAY_MS = 60_000;

export interface CallbackParts {
  store: Store;
  clock: DemoClock;
  timers: Timers;
  faults: Faults;
  credentials: Credentials;
}

export function openCallbacks({ store, clock, timers, faults, credentials }: CallbackParts): Callbacks {
  const table = store.table<Callback>('callbacks');
  const underway = new Set<string>();
  /** How the first attempt will be spoilt, by callback id; a restart forgets it. */
  const plannedFaults = new Map<string, Fault>();
  /** Held back so that a later callback overtakes it. */
  let overtaken: string[] = [];

  const keyOf = ({ createdMs, id }: Callback) => `${timeKey(createdMs)}/${id}`;
  const keep = (callback: Callback) => store.write(() => table.put(keyOf(callback), callback));
  const due = (key: string, round: number, dueMs: number) =>
    timers.schedule({ kind: TIMER, ref: `${key}#${round}`, dueMs });
  const roundsOf = ({ attempts }: Callback) => (attempts.at(-1)?.round ?? -1) + 1;

  /** First attempts may be dropped, or put off; returns the wait in ms. */
  const planFirst = (callback: Callback, fault: Fault | undefined): number | 'never' => {
    if (fault?.kind === 'drop') return 'never';
    if (fault?.kind === 'delay') return fault.delayMs ?? DELAY_MS;
    if (fault?.kind !== 'reorder') return 0;
    overtaken.push(keyOf(callback));
    return fault.delayMs ?? REORDER_PATIENCE_MS;
  };

  /** Those held back go as soon as another has gone; one that went by itself waits for nobody. */
  const releaseOvertaken = (by: string) => {
    if (overtaken.includes(by)) {
      overtaken = overtaken.filter((key) => key !== by);
      return;
    }
    const waiting = overtaken;
    overtaken = [];
    for (const key of waiting) due(key, 0, clock.nowMs());
  };

  const deliver = async (
    callback: Callback,
    merchant: Merchant,
    fault: Fault | undefined,
  ): Promise<Answer> => {
    const body = Buffer.from(JSON.stringify(wrap(callback, merchant, fault)));
    const key = signingKey(merchant, credentials);
    const signer = fault?.kind === 'wrong-key' ? { ...key, privateKey: merchant.keys.privateKey } : key;
    const headers = await signBody(body, signer, clock.nowMs(), fault);
    const sent = fault?.kind === 'tamper-body' ? Buffer.concat([body, Buffer.from(' ')]) : body;
    return post(callback.url, sent, { ...headers });
  };

  const attempt = async (callback: Callback, round: number, dueMs: number) => {
    const merchant = credentials.merchant(callback.mchid);
    if (!merchant) throw new Error(`callback ${callback.id} is for an unknown merchant`);
    const fault = plannedFaults.get(callback.id);
    plannedFaults.delete(callback.id);
    const copies = 1 + (fault?.kind === 'duplicate' ? (fault.copies ?? 1) : 0);
    const atMs = clock.nowMs();
    const answers = await Promise.all(
      Array.from({ length: copies }, () => deliver(callback, merchant, fault)),
    );
    const attempts = answers.map((answer) => ({ round, atMs, answer, fault: fault?.kind }));
    record({ ...callback, attempts: [...callback.attempts, ...attempts] }, attempts, dueMs);
  };

  const record = (callback: Callback, latest: Attempt[], dueMs: number) => {
    const accepted = latest.some(({ answer }) => answer === 200 || answer === 204);
    const rounds = roundsOf(callback);
    const wait = RETRY_SECONDS[rounds - 1];
    const state = accepted ? 'delivered' : wait === undefined ? 'exhausted' : 'pending';
    store.write(() => {
      keep({ ...callback, state });
      if (state === 'pending' && wait !== undefined) due(keyOf(callback), rounds, dueMs + wait * 1000);
    });
  };

  const run = async ({ ref, dueMs }: Timer) => {
    const [key = '', round] = ref.split('#');
    const callback = table.get(key);
    if (callback?.state !== 'pending' || roundsOf(callback) !== Number(round) || underway.has(key)) return;
    underway.add(key);
    try {
      await attempt(callback, Number(round), dueMs);
    } finally {
      underway.delete(key);
    }
    releaseOvertaken(key);
  };

  timers.handle(TIMER, run);

  return {
    send(event) {
      const callback: Callback = {
        ...event,
        id: randomUUID(),
        createdMs: clock.nowMs(),
        state: 'pending',
        attempts: [],
      };
      const fault = faults.strike('callback', event.originalType, event);
      const wait = planFirst(callback, fault);
      store.write(() => {
        keep(wait === 'never' ? { ...callback, state: 'dropped' } : callback);
        if (wait !== 'never') due(keyOf(callback), 0, callback.createdMs + wait);
      });
      if (fault) plannedFaults.set(callback.id, fault);
    },
    list: (after) => table.getRange(after === undefined ? {} : { start: `${after}\0` }),
  };
}

function wrap(callback: Callback, merchant: Merchant, fault: Fault | undefined) {
  const resource = encryptResource(callback.plain, merchant.apiV3Key, callback.originalType);
  return {
    id: callback.id,
    create_time: rfc3339(callback.createdMs),
    resource_type: 'encrypt-resource',
    event_type: callback.eventType,
    summary: callback.summary,
    resource: {
      original_type: callback.originalType,
      ...resource,
      ...(fault?.kind === 'tamper' ? { ciphertext: flipFirstByte(resource.ciphertext) } : {}),
      ...(fault?.kind === 'tamper-aad' ? { associated_data: 'tampered' } : {}),
    },
  };
}

function flipFirstByte(base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return bytes.toString('base64');
}
