import type { GridRow } from '../../../shared/domain/pasted-table';

/** A table as people hand it in: an xlsx workbook, a csv file or pasted text. */
export interface TableFile {
  kind: 'xlsx' | 'text';
  /** In the order of the tabs; text has one. */
  sheets: readonly SheetInfo[];
  /**
   * The rows of a sheet that hold anything, one after the other, never all at once. May be asked for again.
   *
   * @throws TableRefused when the sheet turns out to be larger than the limits, or damaged
   */
  rows(sheet: number): AsyncGenerator<GridRow, void>;
}

export interface SheetInfo {
  name: string;
  isHidden: boolean;
}

export type RefusedBecause =
  | 'empty'
  | 'too_large'
  | 'unpacks_too_large'
  | 'too_many_rows'
  | 'too_many_columns'
  | 'old_excel_or_password'
  | 'word'
  | 'archive'
  | 'binary_workbook'
  | 'open_document'
  | 'pdf'
  | 'image'
  | 'web_page'
  | 'unknown'
  | 'damaged';

/** A file that is no table of ours, or too much of one. */
export class TableRefused extends Error {
  override readonly name = 'TableRefused';

  constructor(
    readonly because: RefusedBecause,
    /** In Chinese, with what to do; without a full stop. */
    readonly reason: string,
    options?: { cause: unknown },
  ) {
    super(because, options);
  }
}

/**
 * How much is read. A roster of 100,000 rows is a file of some 8 MB that unpacks to 80 MB; a hostile file of the same
 * size may unpack to 8 GB.
 */
export interface TableLimits {
  fileBytes: number;
  /** Of everything in the workbook, unpacked; held while unpacking, whatever the file says about itself. */
  unpackedBytes: number;
  /** Unpacked to packed bytes, for files that unpack to more than `unsuspectedBytes` */
  ratio: number;
  unsuspectedBytes: number;
  /** Parts of the zip */
  parts: number;
  rows: number;
  columns: number;
  merges: number;
}

const MB = 1024 * 1024;

export const TABLE_LIMITS: TableLimits = {
  fileBytes: 24 * MB,
  unpackedBytes: 400 * MB,
  ratio: 200,
  unsuspectedBytes: 40 * MB,
  parts: 2_000,
  rows: 200_000,
  columns: 200,
  merges: 50_000,
};
