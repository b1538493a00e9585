import { AppError } from '../../errors';
import { actorName, type StudentActor, type UserActor } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import { wasDone } from '../../platform/mongo/was-done';
import type { World } from '../../world';
import { line } from '../audit/line';
import { recordLook } from '../audit/record-look';
import { findIdentity } from './find-identity';
import { Identities, type Identity } from './model';

/** Documents of a school that wait for a person to look at them. */
export const openReviews = (schoolId: string): Promise<Identity[]> =>
  Identities.find({ schoolId, status: 'manual_review' }).sort({ _id: 1 }).limit(500).lean<Identity[]>();

export const countOpenReviews = (schoolId: string): Promise<number> =>
  Identities.countDocuments({ schoolId, status: 'manual_review' });

export const reviewAskedAt = ({ trail }: Identity): Date =>
  trail.filter(({ verb }) => verb === 'identity.ask-review').at(-1)?.at ?? new Date(0);

/** @throws AppError NOT_FOUND, also for another school's */
export async function findReview(by: UserActor, accountId: string): Promise<Identity> {
  const identity = await findIdentity(accountId);
  if (identity?.schoolId !== by.schoolId) throw new AppError('NOT_FOUND');
  return identity;
}

export interface OpenedReview {
  documentNumber: string;
  photos: { side: 'front' | 'back'; bytes: Buffer; contentType: string }[];
}

/**
 * The full number and the photos of a document under review. Every photo and the number are a line each in the audit
 * log, written before they are shown.
 *
 * @throws AppError CHANGED_MEANWHILE when it is decided already
 */
export async function lookAtReview(world: World, by: UserActor, identity: Identity): Promise<OpenedReview> {
  if (identity.status !== 'manual_review' || !identity.documentSealed)
    throw new AppError('CHANGED_MEANWHILE');
  const subject = `identity:${identity._id}`;
  await recordLook(world, by, { verb: 'identity.look-document', subject });
  const photos: OpenedReview['photos'] = [];
  for (const side of ['front', 'back'] as const) {
    const photo = identity.photos[side];
    if (!photo) continue;
    await recordLook(world, by, { verb: 'identity.look-photo', subject, facts: { side } });
    const blob = await world.blobs.get(photo);
    if (blob) photos.push({ side, bytes: blob.bytes, contentType: blob.contentType });
  }
  const documentNumber = world.sealer.openText(identity.documentSealed, {
    collection: 'identities',
    recordId: identity._id,
    field: 'document',
  });
  return { documentNumber, photos };
}

type Decision = { decision: 'approve' } | { decision: 'reject'; reason: string };

/**
 * Ends a review. The photos are deleted either way: a refused student takes new ones.
 *
 * @throws AppError CHANGED_MEANWHILE
 */
export async function decideReview(
  world: World,
  by: UserActor,
  {
    identity,
    version,
    nonce,
    ...decision
  }: { identity: Identity; version: number; nonce: string } & Decision,
): Promise<Identity> {
  if (wasDone(identity, nonce)) return identity;
  const outcome =
    decision.decision === 'approve'
      ? {
          $set: { status: 'verified' as const, verifiedAt: world.clock.now(), photos: {} },
          $unset: { reviewAnswer: 1 },
        }
      : { $set: { status: 'none' as const, photos: {}, reviewAnswer: decision.reason } };
  const decided = await changeRecord(
    Identities,
    { _id: identity._id, version, status: 'manual_review' },
    outcome,
    line(world, actorName(by), `identity.review-${decision.decision}`, {
      nonce,
      ...(decision.decision === 'reject' ? { reason: decision.reason } : {}),
    }),
  );
  if (!decided) throw new AppError('CHANGED_MEANWHILE');
  for (const photo of [identity.photos.front, identity.photos.back])
    if (photo) await world.blobs.delete(photo);
  return decided;
}

/** The WeChat user behind an identity, for what is done in their name. */
export const studentBehind = ({ _id }: Identity): StudentActor => ({
  kind: 'student',
  role: 'student',
  accountId: _id,
  openid: '',
});
