import type { DocumentType } from '../../../shared/domain/documents';
import { AppError } from '../../errors';
import { actorName, type StudentActor } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import type { Campaign } from '../campaigns/model';
import { attemptsLeft } from './attempt-rules';
import { requireConsent } from './consents';
import { identityOf } from './find-identity';
import { Identities, type Identity } from './model';
import { type Claimed, checkClaimed, sealed } from './verify-identity';

interface Asked {
  campaign: Campaign;
  claimed: Claimed;
}

/**
 * Goes on without the bank check, once its attempts are used up and where the campaign allows it. Staff will look at
 * the original document.
 *
 * @throws AppError NOT_ALLOWED, DOCUMENT_INVALID, ALREADY_VERIFIED
 */
export async function goUnverified(
  world: World,
  by: StudentActor,
  { campaign, claimed }: Asked,
): Promise<Identity> {
  const identity = await unverifiedIdentity(world, by);
  const left = attemptsLeft(identity, campaign.rules.verificationAttempts, world.clock.now());
  if (!campaign.rules.allowUnverified || left > 0) throw new AppError('NOT_ALLOWED');
  const person = checkClaimed(claimed);
  return change(world, by, identity, 'identity.unverified', campaign, {
    ...sealed(world, by, { ...person, type: claimed.documentType }),
    status: 'unverified',
  });
}

/**
 * Documents that no bank check knows (港澳台, foreign): photos for the office to review.
 *
 * @throws AppError CONSENT_MISSING, DOCUMENT_INVALID, PHOTO_MISSING, ALREADY_VERIFIED
 */
export async function askForReview(
  world: World,
  by: StudentActor,
  { campaign, claimed, photoIds }: Asked & { photoIds: readonly string[] },
): Promise<Identity> {
  const identity = await unverifiedIdentity(world, by);
  requireConsent(identity, 'id_photo');
  const person = checkClaimed(claimed);
  for (const id of photoIds) {
    const photo = await world.blobs.get(id);
    if (photo?.owner !== actorName(by)) throw new AppError('PHOTO_MISSING', { side: '照片' });
  }
  const [front, back] = photoIds;
  return change(world, by, identity, 'identity.ask-review', campaign, {
    ...sealed(world, by, { ...person, type: claimed.documentType }),
    status: 'manual_review',
    photos: { ...(front && { front }), ...(back && { back }) },
  });
}

/** No ID card at hand, or no wish to go on: the booking is done on site. It can be taken back by verifying after all. */
export async function goOnSite(
  world: World,
  by: StudentActor,
  { campaign, reason }: { campaign: Campaign; reason: string },
): Promise<Identity> {
  const identity = await unverifiedIdentity(world, by);
  return change(world, by, identity, 'identity.on-site', campaign, { status: 'onsite_only' }, { reason });
}

async function unverifiedIdentity(world: World, by: StudentActor): Promise<Identity> {
  const identity = await identityOf(world, by);
  if (identity.status === 'verified') throw new AppError('ALREADY_VERIFIED');
  return identity;
}

async function change(
  world: World,
  by: StudentActor,
  identity: Identity,
  verb: string,
  campaign: Campaign,
  facts: Partial<Identity>,
  audit: { [name: string]: unknown } = {},
): Promise<Identity> {
  const changed = await changeRecord(
    Identities,
    { _id: identity._id, version: identity.version },
    { $set: { ...facts, schoolId: campaign.schoolId } },
    line(world, actorName(by), verb, audit),
  );
  if (!changed) throw new AppError('CHANGED_MEANWHILE');
  return changed;
}

/** The document as the blind index knows it: under every key, for the roster look-up. */
export function knownPersonOf(world: World, identity: Identity) {
  const { status, name, documentSealed, documentType } = identity;
  if ((status !== 'verified' && status !== 'unverified') || !name || !documentSealed || !documentType) {
    throw new AppError('NOT_VERIFIED');
  }
  const number = world.sealer.openText(documentSealed, {
    collection: 'identities',
    recordId: identity._id,
    field: 'document',
  });
  const type: DocumentType = documentType;
  return { level: status, name, documentIndexes: world.blindIndex.candidates(type, number) };
}
