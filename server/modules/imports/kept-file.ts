import { isHeader as isRosterHeader, columnsOf as rosterColumns } from '../../../shared/domain/roster-row';
import {
  isHeader as isTimetableHeader,
  columnsOf as timetableColumns,
} from '../../../shared/domain/timetable-row';
import { AppError } from '../../errors';
import { openTable } from '../../platform/tables/open-table';
import { type TableFile, TableRefused } from '../../platform/tables/table-file';
import type { World } from '../../world';
import type { TableImport } from './model';

/** Below what one document of the database holds, with room for the seal. */
const PIECE_BYTES = 4 * 1024 * 1024;

/** Stores a file in pieces. @returns their ids, in order */
export async function keepFile(
  world: World,
  { bytes, expiresAt, owner }: { bytes: Buffer; expiresAt: Date; owner: string },
): Promise<string[]> {
  const pieces: string[] = [];
  for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
    const piece = bytes.subarray(start, start + PIECE_BYTES);
    const kind = 'table-import';
    pieces.push(
      await world.blobs.put({
        kind,
        bytes: piece,
        contentType: 'application/octet-stream',
        expiresAt,
        owner,
      }),
    );
  }
  return pieces;
}

/** Opens the file of an import again. @throws AppError IMPORT_EXPIRED, TABLE_REFUSED */
export async function openKept(world: World, { pieces, kind }: TableImport): Promise<TableFile> {
  return openFor(kind, await keptBytes(world, pieces));
}

/** @throws AppError IMPORT_EXPIRED */
export async function keptBytes(world: World, pieces: readonly string[]): Promise<Buffer> {
  const bytes: Buffer[] = [];
  for (const id of pieces) {
    const blob = await world.blobs.get(id);
    if (!blob) throw new AppError('IMPORT_EXPIRED');
    bytes.push(blob.bytes);
  }
  return Buffer.concat(bytes);
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
