import { Identities, type Identity } from './model';

type Counted = Pick<Identity, '_id' | 'status' | 'photos' | 'consents' | 'trail'>;

/** What a school's identities say about keeping and letting go. */
export interface IdentityCounts {
  /** Of everybody who has consented or verified at the school. */
  accounts: ReadonlySet<string>;
  byStatus: Record<Identity['status'], number>;
  /** Photos of ID cards that were ever handed in. */
  photosTaken: number;
  /** Verified, and a photo is still named: none, or something is wrong. */
  verifiedWithPhoto: number;
  consents: { kind: string; version: number; people: number }[];
  /** Newest first. */
  erasures: { accountId: string; at: Date }[];
}

export async function countIdentities(schoolId: string): Promise<IdentityCounts> {
  const accounts = new Set<string>();
  const byStatus = { none: 0, verified: 0, unverified: 0, manual_review: 0, onsite_only: 0 };
  const people = new Map<string, IdentityCounts['consents'][number]>();
  const erasures: IdentityCounts['erasures'] = [];
  let photosTaken = 0;
  let verifiedWithPhoto = 0;
  const all = Identities.find({ schoolId }, { status: 1, photos: 1, consents: 1, trail: 1 }).lean<
    Counted[]
  >();
  for await (const { _id, status, photos, consents, trail } of all.cursor({ batchSize: 500 })) {
    accounts.add(_id);
    byStatus[status] += 1;
    if (status === 'verified' && (photos.front || photos.back)) verifiedWithPhoto += 1;
    photosTaken += trail.filter(({ verb }) => verb === 'identity.photo').length;
    for (const { verb, at } of trail) if (verb === 'identity.erase') erasures.push({ accountId: _id, at });
    for (const { kind, version } of consents) {
      const known = people.get(`${kind} ${version}`) ?? { kind, version, people: 0 };
      people.set(`${kind} ${version}`, { ...known, people: known.people + 1 });
    }
  }
  return {
    accounts,
    byStatus,
    photosTaken,
    verifiedWithPhoto,
    consents: [...people.values()].sort((a, b) => a.kind.localeCompare(b.kind) || b.version - a.version),
    erasures: erasures.sort((a, b) => b.at.getTime() - a.at.getTime()),
  };
}
