import { createHash } from 'node:crypto';
import type { EvidenceFile } from '../../../shared/contract/reconciliation';
import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import type { Download, UploadedFile } from '../../http/route';
import type { EffectOutcome } from '../../platform/effects/runner';
import { duplicateKey } from '../../platform/mongo/failures';
import { insertRecord, newRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { recordLook } from '../audit/record-look';
import { type DifferenceRecord, personOf } from './difference-model';
import { EvidenceFiles, type EvidenceRecord } from './evidence-model';

const MOST_FILES = 20;
/** Statements of account are kept for ten years (会计档案管理办法, 2016). */
const KEPT_YEARS = 10;
/** Bytes that no record has claimed: whoever handed them in died half-way. */
const UNCLAIMED_DAYS = 7;

const KINDS: readonly { bytes: readonly number[]; contentType: string; ending: string }[] = [
  { bytes: [0x25, 0x50, 0x44, 0x46], contentType: 'application/pdf', ending: '.pdf' },
  { bytes: [0xff, 0xd8, 0xff], contentType: 'image/jpeg', ending: '.jpg' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], contentType: 'image/png', ending: '.png' },
];

/**
 * Attaches a file to a difference, whatever state it is in. The same file again is the one that is there. The bytes are
 * stored first, for a few days; the record that claims them has them kept, so that a crash leaves none behind for ever.
 *
 * @throws AppError EVIDENCE_REFUSED for what is neither PDF, JPEG nor PNG, or one too many
 */
export async function attachEvidence(
  world: World,
  by: UserActor,
  { difference, file }: { difference: DifferenceRecord; file: UploadedFile },
): Promise<EvidenceRecord> {
  const kind = KINDS.find(({ bytes }) => bytes.every((byte, at) => file.bytes[at] === byte));
  if (!kind) throw new AppError('EVIDENCE_REFUSED', { reason: '只收 PDF、JPG 或 PNG' });
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  const _id = `${difference._id}:${sha256}`;
  const known = await evidenceOf(difference._id);
  const same = known.find((one) => one._id === _id);
  if (same) return same;
  if (known.length >= MOST_FILES)
    throw new AppError('EVIDENCE_REFUSED', { reason: `一处差错最多 ${MOST_FILES} 个附件` });
  const at = world.clock.now();
  const blobId = await world.blobs.put({
    kind: 'evidence',
    owner: `difference:${difference._id}`,
    bytes: file.bytes,
    contentType: kind.contentType,
    expiresAt: addDays(at, UNCLAIMED_DAYS),
  });
  const keep = world.effects.planned('keep', 'keep-evidence');
  const attached = line(world, actorName(by), 'evidence.attach', { difference: difference._id });
  const record: EvidenceRecord = {
    ...newRecord(_id, attached, [keep]),
    schoolId: difference.schoolId,
    differenceId: difference._id,
    sha256,
    name: file.name.trim().slice(0, 120) || `依据${kind.ending}`,
    bytes: file.bytes.length,
    blobId,
    by: personOf(by),
    at,
  };
  try {
    const written = await insertRecord(EvidenceFiles, record);
    await world.effects.runNow(EvidenceFiles, _id, keep);
    return written;
  } catch (error) {
    // Handed in twice at once: the other one is there.
    const other = duplicateKey(error) && (await EvidenceFiles.findById(_id).lean<EvidenceRecord>());
    if (!other) throw error;
    await world.blobs.delete(blobId);
    return other;
  }
}

/** Effect `keep-evidence` of an attached file: its bytes are claimed. */
export async function keepEvidence(world: World, id: string): Promise<EffectOutcome> {
  const file = await EvidenceFiles.findById(id).lean<EvidenceRecord>();
  if (!file) return 'done';
  const until = new Date(file.at);
  until.setUTCFullYear(until.getUTCFullYear() + KEPT_YEARS);
  await world.blobs.keepUntil(file.blobId, until);
  return 'done';
}

const addDays = (at: Date, days: number): Date => new Date(at.getTime() + days * 24 * 3_600_000);

/** The oldest first. */
export const evidenceOf = (differenceId: string): Promise<EvidenceRecord[]> =>
  EvidenceFiles.find({ differenceId }).sort({ at: 1 }).lean<EvidenceRecord[]>();

/** Written down before anything is shown. @throws AppError NOT_FOUND */
export async function openEvidence(
  world: World,
  by: UserActor,
  { difference, fileId }: { difference: DifferenceRecord; fileId: string },
): Promise<Download> {
  const file = await EvidenceFiles.findById(`${difference._id}:${fileId}`).lean<EvidenceRecord>();
  const blob = file && (await world.blobs.get(file.blobId));
  if (!file || !blob) throw new AppError('NOT_FOUND');
  await recordLook(world, by, { verb: 'evidence.look', subject: `difference:${difference._id}` });
  return { name: file.name, body: blob.bytes };
}

export const presentEvidence = ({ sha256, name, bytes, by, at }: EvidenceRecord): EvidenceFile => ({
  id: sha256,
  name,
  bytes,
  by: by.name,
  at: at.toISOString(),
});
