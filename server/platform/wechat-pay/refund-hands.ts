import { setTimeout as sleep } from 'node:timers/promises';
import type { CallLog } from '../call-log';
import type { Slots } from '../mongo/shared-slots';
import { WeChatPayError } from './errors';

/** Slots that all instances share, as many as calls may fail in a second; and where it is said when one cannot be given back. */
export interface SharedPace {
  slots: Slots;
  log: CallLog;
}

/** After a failing call nobody uses its slot for a second: so no more fail within one than there are slots. */
const AFTER_FAILURE_MS = 1_000;
/** From one call with a slot to the next: all instances together make 125 of the 150 calls a second that WeChat allows. */
const BETWEEN_CALLS_MS = 40;
/** A slot stays in hand from one refund of a batch to the next, so that few of them cost a write, */
const LINGER_MS = 200;
/** but not for so long that another instance starves. With the longest call it is shorter than the slot's lease. */
const MOST_IN_HAND_MS = 1_500;

interface Hand {
  giveBack: (restMs: number) => Promise<void>;
  takenAt: number;
  /** When the next call may go with it. */
  readyAt: number;
  leaving?: NodeJS.Timeout;
}

interface Waiting {
  resolve: (hand: Hand) => void;
  reject: (cause: unknown) => void;
}

/** Makes calls with a slot in hand, which is shared with all other instances. */
export function openHands({ slots, log }: SharedPace) {
  /** In hand and not in use, the one that is ready first in front. */
  const idle: Hand[] = [];
  /** Calls without a slot, in order: the next that is free here is theirs, or the next that other instances leave. */
  const waiting: Waiting[] = [];
  let asking: Promise<void> | undefined;
  let leaving: Promise<unknown> = Promise.resolve();

  async function take(): Promise<Hand> {
    const hand = idle.shift() ?? (await nextFree());
    clearTimeout(hand.leaving);
    const waitMs = hand.readyAt - performance.now();
    if (waitMs > 0) await sleep(waitMs);
    return hand;
  }

  const nextFree = (): Promise<Hand> =>
    new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      asking ??= askForMore();
    });

  /** One asks for all who wait: while other instances have every slot, each question costs the database a write. */
  async function askForMore(): Promise<void> {
    const isWanted = () => waiting.length > 0;
    try {
      while (isWanted()) {
        const giveBack = await slots.take(isWanted);
        if (giveBack) offer({ giveBack, takenAt: performance.now(), readyAt: 0 });
      }
    } catch (cause) {
      for (const { reject } of waiting.splice(0)) reject(cause);
    } finally {
      // Not a moment later: whoever waits from now on must ask anew.
      asking = undefined;
    }
  }

  function offer(hand: Hand): void {
    const next = waiting.shift();
    if (next) next.resolve(hand);
    else keep(hand);
  }

  function keep(hand: Hand): void {
    idle.push(hand);
    hand.leaving = setTimeout(() => {
      idle.splice(idle.indexOf(hand), 1);
      leaving = Promise.all([leaving, leave(hand, 0)]);
    }, LINGER_MS);
  }

  // What became of the refund counts; the slot comes back by itself when its lease ends.
  const leave = (hand: Hand, restMs: number): Promise<void> =>
    hand.giveBack(restMs).catch((error: unknown) => log.warn({ err: error }, 'refund slot not given back'));

  return {
    async withSlot<T>(call: () => Promise<T>): Promise<T> {
      const hand = await take();
      const begunAt = performance.now();
      try {
        const answer = await call();
        hand.readyAt = begunAt + BETWEEN_CALLS_MS;
        if (performance.now() - hand.takenAt < MOST_IN_HAND_MS) offer(hand);
        else await leave(hand, BETWEEN_CALLS_MS);
        return answer;
      } catch (error) {
        await leave(hand, error instanceof WeChatPayError ? AFTER_FAILURE_MS : 0);
        throw error;
      }
    },
    /** Gives back what is in hand; calls under way give theirs back themselves. */
    async close(): Promise<void> {
      await asking;
      for (const hand of idle) clearTimeout(hand.leaving);
      await Promise.all([leaving, ...idle.splice(0).map((hand) => leave(hand, 0))]);
    },
  };
}
