import { addMinutes } from '../../../shared/domain/time';
import { actorName, type StudentActor } from '../../http/actor';
import type { UploadedFile } from '../../http/route';
import type { World } from '../../world';
import { requireConsent } from './consents';
import { identityOf } from './find-identity';
import { PHOTO_CAP_MINUTES } from './photo-cap';

/**
 * Keeps a photo, sealed, for a person to look at: no machine reads it, so any document will do.
 *
 * @returns its id. @throws AppError CONSENT_MISSING
 */
export async function keepEvidencePhoto(world: World, by: StudentActor, file: UploadedFile): Promise<string> {
  requireConsent(await identityOf(world, by), 'id_photo');
  return world.blobs.put({
    kind: 'evidence',
    bytes: file.bytes,
    contentType: file.contentType,
    expiresAt: addMinutes(world.clock.now(), PHOTO_CAP_MINUTES),
    owner: actorName(by),
  });
}
