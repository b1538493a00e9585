import { isHeader as isRosterHeader, columnsOf as rosterColumns } from '../../../shared/domain/roster-row';
import {
  isHeader as isTimetableHeader,
  columnsOf as timetableColumns,
} from '../../../shared/domain/timetable-row';
import { AppError } from '../../errors';
import { keepInPieces, readPieces } from '../../platform/blobs/pieces';
import { openTable } from '../../platform/tables/open-table';
import { type TableFile, TableRefused } from '../../platform/tables/table-file';
import type { World } from '../../world';
import type { TableImport } from './model';

/** Stores a file in pieces. @returns their ids, in order */
export const keepFile = (
  world: World,
  file: { bytes: Buffer; expiresAt: Date; owner: string },
): Promise<string[]> => keepInPieces(world.blobs, { kind: 'table-import', ...file });

/** Opens the file of an import again. @throws AppError IMPORT_EXPIRED, TABLE_REFUSED */
export async function openKept(world: World, { pieces, kind }: TableImport): Promise<TableFile> {
  return openFor(kind, await keptBytes(world, pieces));
}

/** @throws AppError IMPORT_EXPIRED */
export async function keptBytes(world: World, pieces: readonly string[]): Promise<Buffer> {
  const bytes = await readPieces(world.blobs, pieces);
  if (!bytes) throw new AppError('IMPORT_EXPIRED');
  return bytes;
}

/** @throws AppError TABLE_REFUSED */
export function openFor(kind: TableImport['kind'], bytes: Buffer): Promise<TableFile> {
  const isHeading = (cells: string[]) =>
    kind === 'roster' ? isRosterHeader(rosterColumns(cells)) : isTimetableHeader(timetableColumns(cells));
  return orRefused(openTable(bytes, isHeading));
}

/** What the reader of tables refuses, as an answer. */
export async function orRefused<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof TableRefused)) throw error;
    throw new AppError('TABLE_REFUSED', { because: error.because, reason: error.reason }, { cause: error });
  }
}
