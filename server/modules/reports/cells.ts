import type { Cell, Row } from '../../platform/tables/workbook';

/** A row that adds up those above it. */
export const total = (row: Row): Row => row.map((cell): Cell => withTone(cell));

const withTone = (cell: Cell): Cell =>
  cell !== null && typeof cell === 'object' && 'tone' in cell ? cell : { value: cell, tone: 'total' };

/** An instant of the contract as a cell. */
export const instant = (at: string | null): Date | null => (at === null ? null : new Date(at));
