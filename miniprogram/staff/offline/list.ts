import { openSnapshot } from '../../../shared/domain/sealed-snapshot';
import type { Snapshot } from '../../../shared/domain/snapshot';
import { call, storedToken } from '../../services/api';
import { serverClock } from '../../services/clock';
import { platform } from '../../services/platform';

const LIST = 'staff.list';
const AHEAD = 'staff.clock';

interface Stored {
  sealed: string;
  /** ISO 8601 */
  takenAt: string;
  expiresAt: string;
  bookings: number;
}

/** Read once: half a megabyte from the phone's storage is not free. */
let kept: { stored: Stored | undefined } | undefined;
let opened: { sealed: string; snapshot: Snapshot | undefined } | undefined;

/** The sealed list of this phone's rooms: what lets it judge codes without network, also after a cold start. */
export const list = {
  /** @throws ApiError; the old list stays */
  async refresh(): Promise<void> {
    const { now, sealed, takenAt, expiresAt, bookings } = await call('GET /api/onsite/snapshot', {});
    learnTime(now);
    const stored: Stored = { sealed, takenAt, expiresAt, bookings };
    platform.storage.write(LIST, stored);
    kept = { stored };
  },

  /** Undefined when there is none, it has expired, or it was sealed for another sign-in. The first call takes a moment. */
  open(): Snapshot | undefined {
    const stored = read();
    const token = storedToken('staff');
    if (!stored || !token) return undefined;
    if (opened?.sealed !== stored.sealed) {
      opened = { sealed: stored.sealed, snapshot: openSnapshot(stored.sealed, token) };
    }
    return opened.snapshot;
  },

  /** Of what date it is and how many bookings it knows, without opening it. */
  about(): Omit<Stored, 'sealed'> | undefined {
    const stored = read();
    return stored && Date.parse(stored.expiresAt) > serverClock.now().getTime() ? stored : undefined;
  },

  forget(): void {
    opened = undefined;
    kept = { stored: undefined };
    platform.storage.remove(LIST);
  },
};

/** A phone's own clock may be an hour wrong; how wrong is remembered for a start without network. */
export function learnTime(now: string): void {
  serverClock.learn(now);
  platform.storage.write(AHEAD, serverClock.aheadMs());
}

export function recallTime(): void {
  const ahead = platform.storage.read(AHEAD);
  if (serverClock.aheadMs() === 0 && typeof ahead === 'number') serverClock.assume(ahead);
}

function read(): Stored | undefined {
  if (!kept) {
    const stored = platform.storage.read(LIST);
    kept = { stored: isStored(stored) ? stored : undefined };
  }
  return kept.stored;
}

const isStored = (value: unknown): value is Stored =>
  typeof value === 'object' && value !== null && 'sealed' in value && typeof value.sealed === 'string';
