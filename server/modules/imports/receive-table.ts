import type { SheetView } from '../../../shared/contract/imports';
import { actorName, type UserActor } from '../../http/actor';
import { insertRecord, newRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import type { Campaign } from '../campaigns/model';
import { keepFile, openFor } from './kept-file';
import { lookAtFile } from './look-at-sheet';
import { type TableImport, TableImports } from './model';

const KEPT_MS = 24 * 3_600_000;

/**
 * Takes a table in: names what it is, looks at its first rows and keeps it for a day. Nothing of the campaign changes.
 *
 * @throws AppError TABLE_REFUSED for what is no table, or too much of one
 */
export async function receiveTable(
  world: World,
  by: UserActor,
  {
    campaign,
    kind,
    name,
    bytes,
  }: { campaign: Campaign; kind: TableImport['kind']; name: string; bytes: Buffer },
): Promise<{ received: TableImport; sheet: SheetView }> {
  const file = await openFor(kind, bytes);
  const sheet = await lookAtFile(kind, file);
  const _id = world.ids.id();
  const expiresAt = new Date(world.clock.now().getTime() + KEPT_MS);
  const pieces = await keepFile(world, { bytes, expiresAt, owner: `import:${_id}` });
  const received = await insertRecord(TableImports, {
    ...newRecord(_id, line(world, actorName(by), 'import.receive', { kind, bytes: bytes.length })),
    schoolId: campaign.schoolId,
    campaignId: campaign._id,
    kind,
    name: name.slice(0, 120),
    pieces,
    expiresAt,
    sheets: file.sheets.map(({ name, isHidden }) => ({ name, isHidden })),
    state: 'uploaded',
    preview: null,
    isVerified: false,
    committedBy: null,
    progress: null,
    outcome: null,
    stoppedBecause: null,
  });
  return { received, sheet };
}
