/** What a workbook to be written consists of. */
export interface Sheet {
  /** On the tab; what Excel does not allow in it is replaced. */
  name: string;
  /** Lines above the heading: what this is, of which day, made when. */
  title?: readonly string[];
  columns: readonly Column[];
  /** One after the other: a long table is never in memory as a whole. */
  rows: Iterable<Row> | AsyncIterable<Row>;
  /** So many columns at the left stay in sight; none unless said. */
  frozenColumns?: number;
}

/**
 * - text: never a number or a formula, so that long numbers keep every digit
 * - integer: a whole number
 * - yuan: given in fen, shown as yuan with two decimals
 * - day: "2022-11-19" · instant: a Date, shown in Asia/Shanghai
 */
export type Kind = 'text' | 'integer' | 'yuan' | 'day' | 'instant';

export interface Column {
  title: string;
  /** `text` unless said */
  kind?: Kind;
  /** In characters; 14 unless said */
  width?: number;
}

/** How a cell stands out. */
export type Tone = 'plain' | 'total' | 'error' | 'warning' | 'info';

export type Value = string | number | Date | null;

export type Cell = Value | { value: Value; tone: Tone };

/** In the order of the columns; what is missing at the end is empty. */
export type Row = readonly Cell[];
