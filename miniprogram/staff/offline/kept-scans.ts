import { freshId } from '../../services/ids';
import { platform } from '../../services/platform';
import { isKept, type Kept, type KeptScan } from './kept';
import { setAside } from './set-aside';

const RANGE = 'staff.kept';
const keyOf = (number: number) => `staff.kept.${number}`;
/** UTF-16 to UTF-8 at its worst. */
const BYTES_A_LETTER = 3;

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

  /** The oldest ones: at most `limit`, and no more than fit into a request of `maxBytes`; one at least, if there is any. */
  oldest({ limit, maxBytes }: { limit: number; maxBytes: number }): KeptScan[] {
    const scans: KeptScan[] = [];
    let bytes = 0;
    for (const { scan } of all().slice(0, limit)) {
      bytes += JSON.stringify(scan).length * BYTES_A_LETTER;
      if (scans.length > 0 && bytes > maxBytes) break;
      scans.push(scan);
    }
    return scans;
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

  /**
   * The service will never take the oldest one as it is: it goes to the list of what was set aside, and word of it takes
   * its place, so that the ones behind it are not kept waiting. Word that is itself refused is dropped.
   */
  setOldestAside({ code, message }: { code: string; message: string }): void {
    const [oldest] = all();
    if (!oldest) return;
    if (oldest.scan.kind === 'set_aside') {
      keptScans.drop(1);
      return;
    }
    setAside.add({ kept: oldest, code, message });
    replaceOldest({ ...oldest, scan: wordOf(oldest, code) });
  },

  /** What was set aside is sent once more, behind all others. */
  bringBack(): void {
    for (const { kept } of setAside.all()) keptScans.add(kept);
    setAside.clear();
  },

  /** Whom the waiting scans let in, and where; undone ones do not count. */
  admitted(): Map<string, { at: Date; room: string; nonce: string }> {
    const entries = all();
    const undone = new Set(entries.flatMap(({ scan }) => (scan.kind === 'undo' ? [scan.of] : [])));
    const admitted = new Map<string, { at: Date; room: string; nonce: string }>();
    for (const { scan, bookingId, room, at } of entries) {
      if (scan.kind !== 'scan' || bookingId === null || undone.has(scan.nonce)) continue;
      admitted.set(bookingId, { at: new Date(at), room, nonce: scan.nonce });
    }
    return admitted;
  },
};

function wordOf({ scan, room, bookingId }: Kept, problem: string): KeptScan {
  const { nonce: of, scannedAt } = scan;
  const about = scan.kind === 'undo' ? scan.bookingId : bookingId;
  return { kind: 'set_aside', nonce: freshId(), of, room, scannedAt, bookingId: about, problem };
}

function replaceOldest(kept: Kept): void {
  platform.storage.write(keyOf(range().first), kept);
  all()[0] = kept;
}

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
