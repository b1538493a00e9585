import { addMinutes } from '../../../shared/domain/time';
import { actorName, type StudentActor } from '../../http/actor';
import type { UploadedFile } from '../../http/route';
import type { World } from '../../world';
import { requireConsent } from './consents';
import { identityOf } from './find-identity';
import { photoCapMinutes } from './photo-cap';

/**
 * Keeps a photo, sealed, for a person to look at: no machine reads it, so any document will do.
 *
 * @returns its id. @throws AppError CONSENT_MISSING
 */
export async function keepEvidencePhoto(
  world: World,
  by: StudentActor,
  file: UploadedFile,
  purpose: 'review' | 'correction',
): Promise<string> {
  const kind = purpose === 'correction' ? 'correction-proof' : 'evidence';
  requireConsent(await identityOf(world, by), 'id_photo');
  return world.blobs.put({
    kind,
    bytes: file.bytes,
    contentType: file.contentType,
    expiresAt: addMinutes(world.clock.now(), photoCapMinutes(kind)),
    owner: actorName(by),
  });
}
