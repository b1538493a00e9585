import { setTimeout as sleep } from 'node:timers/promises';
import { model, Schema } from 'mongoose';

/** One of a few things of which each is in one hand at a time, whichever instance it is. */
interface Slot {
  _id: string;
  /** What it is a slot of. */
  of: string;
  /** On the machine's clock, as all shared limits: nobody has it from then on. */
  freeAt: Date;
  takenBy: string | null;
}

const schema = new Schema<Slot>(
  {
    _id: { type: String, required: true },
    of: { type: String, required: true },
    freeAt: { type: Date, required: true },
    takenBy: { type: String, default: null },
  },
  { versionKey: false },
);
schema.index({ of: 1, freeAt: 1 });

export const SharedSlots = model<Slot>('SharedSlot', schema, 'shared_slots');

export interface Slots {
  /**
   * Waits until one is free, or no longer wanted.
   *
   * @returns how it is given back: at once, or after so many milliseconds of rest; null when it was no longer wanted
   */
  take(isWanted: () => boolean): Promise<((restMs: number) => Promise<void>) | null>;
}

/** Where all are taken they are asked for again, each time after twice as long, but after no longer than the most. */
const AGAIN_MS = 20;
const MOST_AGAIN_MS = 80;

/**
 * So many of something for all instances together. Whoever dies with one in hand keeps it until its lease ends.
 *
 * @param leaseMs longer than anything that is done with one in hand, unless that may be done twice
 */
export function sharedSlots(
  of: string,
  { count, leaseMs, newToken }: { count: number; leaseMs: number; newToken: () => string },
): Slots {
  let laidOut: Promise<unknown> | undefined;

  return {
    async take(isWanted) {
      laidOut ??= layOut(of, count);
      await laidOut.catch((error: unknown) => {
        laidOut = undefined;
        throw error;
      });
      const token = newToken();
      let pauseMs = AGAIN_MS;
      while (!(await takeFree(of, token, leaseMs))) {
        await sleep(pauseMs);
        if (!isWanted()) return null;
        pauseMs = Math.min(pauseMs * 2, MOST_AGAIN_MS);
      }
      return async (restMs) => {
        await SharedSlots.updateOne(
          { of, takenBy: token },
          { $set: { freeAt: later(restMs), takenBy: null } },
        );
      };
    },
  };
}

const later = (ms: number): Date => new Date(Date.now() + ms);

const takeFree = (of: string, token: string, leaseMs: number): Promise<unknown> =>
  SharedSlots.findOneAndUpdate(
    { of, freeAt: { $lte: later(0) } },
    { $set: { freeAt: later(leaseMs), takenBy: token } },
  )
    .select({ _id: 1 })
    .lean();

/** Those that are there stay as they are. */
const layOut = (of: string, count: number): Promise<unknown> =>
  SharedSlots.bulkWrite(
    Array.from({ length: count }, (_, n) => ({
      updateOne: {
        filter: { _id: `${of}:${n}` },
        update: { $setOnInsert: { of, freeAt: new Date(0), takenBy: null } },
        upsert: true,
      },
    })),
    { ordered: false },
  );
