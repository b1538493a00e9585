import type { GridRow } from '../../../shared/domain/pasted-table';
import { readPastedTable } from '../../../shared/domain/pasted-table';
import { columnsOf, isHeader } from '../../../shared/domain/roster-row';
import { guessLayout } from '../../../shared/domain/table-layout';
import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import type { World } from '../../world';
import { recordLook } from '../audit/record-look';
import type { Campaign } from '../campaigns/model';
import { previewRoster } from './preview-roster';
import { type Written, writeRoster } from './write-roster';

/**
 * Imports a roster in one step, for programs: people go through an import, with its preview.
 *
 * @throws AppError ROSTER_HAS_PROBLEMS with the first of them; then nothing was written
 */
export async function pastedRoster(
  world: World,
  by: UserActor,
  { campaign, text }: { campaign: Campaign; text: string },
): Promise<Written> {
  const grid = readPastedTable(text, (cells) => isHeader(columnsOf(cells)));
  const layout = guessLayout(grid, columnsOf, isHeader);
  const rows = () => below(grid, layout.headingLine);
  const { counts, problems, students } = await previewRoster(world, campaign, { rows: rows(), layout });
  if (counts.error > 0) throw new AppError('ROSTER_HAS_PROBLEMS', { count: counts.error, problems });
  const importId = world.ids.id();
  // First: what is cut off half-way has its line, too.
  await recordLook(world, by, {
    verb: 'campaign.import-roster',
    subject: `campaign:${campaign._id}`,
    facts: { students, wrote: importId },
  });
  const written = await writeRoster(world, actorName(by), {
    campaign,
    importId,
    rows: rows(),
    layout,
    onPart: async () => true,
  });
  if (!written) throw new AppError('BUSY');
  return written;
}

async function* below(grid: readonly GridRow[], headingLine: number): AsyncGenerator<GridRow> {
  for (const row of grid) if (row.line > headingLine) yield row;
}
