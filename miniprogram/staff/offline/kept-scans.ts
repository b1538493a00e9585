import type { Parts } from '../../services/api';
import { platform } from '../../services/platform';

/** A scan, or the undoing of one, as it goes to the service. */
export type KeptScan = Parts<'POST /api/onsite/offline-scans'>['body']['scans'][number];

interface Kept {
  scan: KeptScan;
  /** Whom it let in, where the list knew; so that the same code is not let in twice. */
  bookingId: string | null;
  room: string;
  /** By the service's clock, ISO 8601; the scan itself carries the phone's. */
  at: string;
}

const RANGE = 'staff.kept';
const keyOf = (number: number) => `staff.kept.${number}`;

/**
 * Scans that wait for the network, one storage entry each, numbered: a phone that dies while it writes loses at most
 * the one that nobody has seen recorded. An entry goes only once the service has answered for it.
 */
export const keptScans = {
  /** @throws what the phone's storage throws when it is full: then nothing was recorded */
  add(kept: Kept): void {
    const { first, next } = range();
    const entries = all();
    platform.storage.write(keyOf(next), kept);
    platform.storage.write(RANGE, { first, next: next + 1 });
    entries.push(kept);
  },

  count: (): number => all().length,

  oldest(limit: number): KeptScan[] {
    return all()
      .slice(0, limit)
      .map(({ scan }) => scan);
  },

  /** The service has answered for the oldest ones. */
  drop(count: number): void {
    const { first, next } = range();
    const entries = all();
    const after = count >= entries.length ? next : first + count;
    platform.storage.write(RANGE, { first: after, next });
    entries.splice(0, count);
    for (let number = first; number < after; number += 1) platform.storage.remove(keyOf(number));
  },

  /** Whom the waiting scans let in, and where; undone ones do not count. */
  admitted(): Map<string, { at: Date; room: string; nonce: string }> {
    const entries = all();
    const undone = new Set(entries.flatMap(({ scan }) => (scan.kind === 'undo' ? [scan.of] : [])));
    const admitted = new Map<string, { at: Date; room: string; nonce: string }>();
    for (const { scan, bookingId, room, at } of entries) {
      if (scan.kind === 'undo' || bookingId === null || undone.has(scan.nonce)) continue;
      admitted.set(bookingId, { at: new Date(at), room, nonce: scan.nonce });
    }
    return admitted;
  },
};

/** Read from the storage once, then kept beside it: a queue of hundreds is not read anew for every scan. */
let memory: Kept[] | undefined;

function all(): Kept[] {
  if (memory) return memory;
  const { first, next } = range();
  const entries: Kept[] = [];
  for (let number = first; number < next; number += 1) {
    const kept = platform.storage.read(keyOf(number));
    if (isKept(kept)) entries.push(kept);
  }
  memory = entries;
  return entries;
}

function range(): { first: number; next: number } {
  const stored = platform.storage.read(RANGE);
  return isRange(stored) ? stored : { first: 0, next: 0 };
}

const isRange = (value: unknown): value is { first: number; next: number } =>
  typeof value === 'object' &&
  value !== null &&
  'first' in value &&
  typeof value.first === 'number' &&
  'next' in value &&
  typeof value.next === 'number';

const isKept = (value: unknown): value is Kept =>
  typeof value === 'object' && value !== null && 'scan' in value && 'room' in value;
