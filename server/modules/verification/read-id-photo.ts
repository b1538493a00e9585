import type { IdCardReading } from '../../../shared/contract/verification';
import { addMinutes } from '../../../shared/domain/time';
import { AppError } from '../../errors';
import { actorName, type StudentActor } from '../../http/actor';
import type { UploadedFile } from '../../http/route';
import { changeRecord } from '../../platform/mongo/record';
import type {
  IdCardProblem,
  IdCardWarning,
  IdCardReading as OcrReading,
} from '../../platform/tencent-cloud/id-card';
import type { World } from '../../world';
import { line } from '../audit/line';
import { requireConsent } from './consents';
import { identityOf } from './find-identity';
import { Identities } from './model';
import { photoCapMinutes } from './photo-cap';

/** Deleted at once when the verification succeeds; otherwise after seven days. */
const DOUBTS: Readonly<Record<IdCardWarning, string>> = {
  border_incomplete: '照片没有拍全，请核对识别结果',
  copy: '看起来是复印件，请用原件拍摄',
  reshot: '看起来是翻拍的照片，请对着原件拍摄',
  temporary_card: '这是临时身份证，请核对识别结果',
  covered: '证件有遮挡，请核对识别结果',
  edited: '照片可能被修改过，请重新拍摄',
  glare: '有反光，请核对识别结果',
  black_and_white_copy: '看起来是黑白复印件，请用原件拍摄',
  validity_wrong: '有效期看起来不对，请核对',
  electronic: '看起来是电子证件，请用原件拍摄',
  watermark: '照片上有水印，请核对识别结果',
};

const PROBLEMS: Partial<Record<IdCardProblem, string>> = {
  blurred: '照片模糊',
  no_id_card: '照片里没有找到身份证',
  several_cards: '照片里有多张证件',
  unreadable_image: '照片文件打不开',
  too_large: '照片太大',
  not_recognised: '没能认出文字',
};

/**
 * Keeps one side of the ID card, sealed, and reads it.
 *
 * @throws AppError CONSENT_MISSING, PHOTO_NOT_RECOGNISED, UPSTREAM_UNAVAILABLE
 */
export async function readIdPhoto(
  world: World,
  by: StudentActor,
  { side, file }: { side: 'front' | 'back'; file: UploadedFile },
): Promise<IdCardReading> {
  const identity = await identityOf(world, by);
  requireConsent(identity, 'id_photo');
  const reading = await world.tencent.idCardOcr({ image: file.bytes, side });
  if (!reading.ok) throw refusal(reading.problem);
  const photoId = await world.blobs.put({
    kind: `id-photo-${side}`,
    bytes: file.bytes,
    contentType: file.contentType,
    expiresAt: addMinutes(world.clock.now(), photoCapMinutes(`id-photo-${side}`)),
    owner: actorName(by),
  });
  const former = identity.photos[side];
  await changeRecord(
    Identities,
    { _id: identity._id },
    { $set: { [`photos.${side}`]: photoId } },
    line(world, actorName(by), 'identity.photo', { side }),
  );
  if (former) await world.blobs.delete(former);
  return { photoId, side, ...presentReading(reading) };
}

function refusal(problem: IdCardProblem): AppError {
  const reason = PROBLEMS[problem];
  return reason
    ? new AppError('PHOTO_NOT_RECOGNISED', { reason, problem })
    : new AppError('UPSTREAM_UNAVAILABLE');
}

function presentReading({
  fields,
  warnings,
}: Extract<OcrReading, { ok: true }>): Pick<IdCardReading, 'fields' | 'doubts'> {
  const doubts = warnings.map((warning) => ({
    field: warning === 'validity_wrong' ? 'validity' : 'photo',
    message: DOUBTS[warning],
  }));
  if (fields.side === 'front')
    return { fields: { name: fields.name, documentNumber: fields.idNumber }, doubts };
  const validity =
    fields.validFrom && fields.validTo
      ? `${fields.validFrom} 至 ${fields.validTo === 'long-term' ? '长期' : fields.validTo}`
      : undefined;
  return { fields: { authority: fields.authority, ...(validity ? { validity } : {}) }, doubts };
}
