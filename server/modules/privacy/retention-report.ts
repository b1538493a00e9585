import type { RetentionReport } from '../../../shared/contract/privacy';
import { addMinutes } from '../../../shared/domain/time';
import type { World } from '../../world';
import { bookingsOfAccount } from '../bookings/find-booking';
import { ordersOfBookings } from '../payments/find-order';
import { countIdentities } from '../verification/count-identities';
import { PHOTO_CAP_DAYS, PHOTO_KINDS, photoCapMinutes } from '../verification/photo-cap';

const SHOWN_ERASURES = 100;

/** What a school still keeps of its students' documents, what is gone, and what was asked to be erased. */
export async function retentionReport(world: World, schoolId: string): Promise<RetentionReport> {
  const now = world.clock.now();
  const counts = await countIdentities(schoolId);
  const stored = (await world.blobs.ofKinds(PHOTO_KINDS)).filter(({ owner }) =>
    counts.accounts.has(owner.slice(owner.indexOf(':') + 1)),
  );
  const photos = PHOTO_KINDS.map((kind) => {
    const kept = stored.filter((one) => one.kind === kind);
    const latestEnd = addMinutes(now, photoCapMinutes(kind));
    const ends = kept.map(({ expiresAt }) => expiresAt.getTime());
    return {
      kind: PHOTO_NAMES[kind],
      capDays: PHOTO_CAP_DAYS[kind],
      kept: kept.length,
      firstEnd: ends.length === 0 ? null : new Date(Math.min(...ends)).toISOString(),
      lastEnd: ends.length === 0 ? null : new Date(Math.max(...ends)).toISOString(),
      overCap: kept.filter(({ expiresAt }) => expiresAt > latestEnd).length,
    };
  });
  const keptOfCards = stored.filter(({ kind }) => kind.startsWith('id-photo')).length;
  return {
    photos,
    cards: { taken: counts.photosTaken, deleted: counts.photosTaken - keptOfCards },
    verifiedWithPhoto: counts.verifiedWithPhoto,
    identities: counts.byStatus,
    consents: counts.consents,
    erasures: {
      total: counts.erasures.length,
      latest: await Promise.all(counts.erasures.slice(0, SHOWN_ERASURES).map(presentErasure)),
    },
  };
}

const PHOTO_NAMES = {
  'id-photo-front': 'id_front',
  'id-photo-back': 'id_back',
  evidence: 'evidence',
  'correction-proof': 'proof',
} as const;

/** Who it was is erased; that their money is still explained is not. */
async function presentErasure({ accountId, at }: { accountId: string; at: Date }) {
  const bookings = await bookingsOfAccount(accountId);
  const orders = await ordersOfBookings(bookings.map(({ _id }) => _id));
  return { account: accountId.slice(-6), at: at.toISOString(), ordersKept: orders.length };
}
