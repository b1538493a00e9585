import type {
  RosterImportPreview,
  TableLayout,
  TimetableImportPreview,
} from '../../../shared/contract/imports';
import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import type { TableFile } from '../../platform/tables/table-file';
import type { World } from '../../world';
import { line } from '../audit/line';
import type { Campaign } from '../campaigns/model';
import { previewTimetable } from '../campaigns/preview-timetable';
import { previewRoster } from '../roster/preview-roster';
import { openKept, orRefused } from './kept-file';
import { type TableImport, TableImports } from './model';
import { dataRows, noticeIn, rosterLayout, timetableGrid, timetableLayout } from './read-import';

interface Chosen {
  layout: TableLayout;
  capacityMarginPercent: number;
}

export interface Reading {
  found: TableImport;
  campaign: Campaign;
  chosen: Chosen;
  file: TableFile;
}

/**
 * Dry run with a layout that the user has seen. What it came to is remembered, so that exactly this can be committed.
 *
 * @throws AppError IMPORT_EXPIRED, IMPORT_COLUMNS_MISSING, TABLE_REFUSED; IMPORT_RUNNING once it is being written
 */
export async function previewImport(
  world: World,
  by: UserActor,
  { found, campaign, chosen }: { found: TableImport; campaign: Campaign; chosen: Chosen },
): Promise<RosterImportPreview | TimetableImportPreview> {
  const file = await openKept(world, found);
  const preview = await readPreview(world, { found, campaign, chosen, file });
  const { fingerprint } = preview;
  const remembered = await changeRecord(
    TableImports,
    { _id: found._id, state: { $in: ['uploaded', 'previewed', 'stopped'] } },
    {
      $set: {
        state: 'previewed',
        preview: { ...chosen, fingerprint },
        stoppedBecause: null,
        isVerified: false,
      },
    },
    line(world, actorName(by), 'import.preview', { kind: found.kind }),
  );
  if (!remembered) throw new AppError('IMPORT_RUNNING');
  return preview;
}

/** What an import comes to now. */
export function readPreview(
  world: World,
  { found, campaign, chosen, file }: Reading,
): Promise<RosterImportPreview | TimetableImportPreview> {
  const { layout } = chosen;
  if (found.kind === 'roster') {
    const rows = dataRows(file, layout);
    return orRefused(previewRoster(world, campaign, { rows, layout: rosterLayout(layout) }));
  }
  return orRefused(previewTable(world, { found, campaign, chosen, file }));
}

async function previewTable(
  world: World,
  { found, campaign, chosen, file }: Reading,
): Promise<TimetableImportPreview> {
  const { layout, capacityMarginPercent } = chosen;
  return previewTimetable(campaign, {
    grid: await timetableGrid(file, layout),
    layout: timetableLayout(layout),
    capacityMarginPercent,
    noticeText: await noticeIn(world, found, file, layout),
  });
}
