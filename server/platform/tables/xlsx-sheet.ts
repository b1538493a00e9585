import type { CellFlaw, GridRow } from '../../../shared/domain/pasted-table';
import { readXml, type XmlEvents } from './read-xml';
import { type TableLimits, TableRefused } from './table-file';
import { tooManyRows } from './text-table';
import type { Merges } from './xlsx-merges';
import { type Meaning, numberText } from './xlsx-numbers';
import { decodeEscapes, type SharedStrings } from './xlsx-strings';
import { cellAt } from './xlsx-text';

/** What the cells of a sheet refer to. */
export interface SheetContext {
  strings: SharedStrings;
  meanings: readonly Meaning[];
  epoch1904: boolean;
  merges: Merges;
}

/** The rows of a worksheet that hold anything. Formulas are never evaluated: what Excel computed last is taken. */
export async function* readSheet(
  pieces: AsyncIterable<Buffer>,
  context: SheetContext,
  limits: TableLimits,
): AsyncGenerator<GridRow, void> {
  const reader = new SheetReader(context, limits);
  let count = 0;
  for await (const _ of readXml(pieces, reader)) {
    for (const row of reader.take()) {
      count += 1;
      if (count > limits.rows) throw tooManyRows(limits);
      yield row;
    }
  }
}

type Attributes = Readonly<Record<string, string>>;

/** Makes rows of the events of a worksheet's XML. */
class SheetReader implements XmlEvents {
  private rows: GridRow[] = [];
  /** Of the row and the cell that is being read; from 0 */
  private row = -1;
  private column = -1;
  private cells: string[] = [];
  private flaws = new Map<number, CellFlaw>();
  private type = '';
  private style = 0;
  private hasFormula = false;
  private written = '';
  private isWanted = false;
  private inPhonetic = false;

  constructor(
    private readonly context: SheetContext,
    private readonly limits: TableLimits,
  ) {}

  /** The rows completed since the last time. */
  take(): GridRow[] {
    const taken = this.rows;
    this.rows = [];
    return taken;
  }

  readonly open = (name: string, attributes: Attributes): void => {
    if (name === 'c') this.openCell(attributes);
    else if (name === 'row') this.openRow(attributes);
    else if (name === 'v' || name === 't') this.isWanted = !this.inPhonetic;
    else if (name === 'f') this.hasFormula = true;
    else if (name === 'rPh') this.inPhonetic = true;
  };

  readonly text = (part: string): void => {
    if (this.isWanted) this.written += part;
  };

  readonly close = (name: string): void => {
    if (name === 'v' || name === 't') this.isWanted = false;
    else if (name === 'c') this.closeCell();
    else if (name === 'row') this.closeRow();
    else if (name === 'rPh') this.inPhonetic = false;
  };

  private openRow({ r }: Attributes): void {
    this.row = r === undefined ? this.row + 1 : Number(r) - 1;
    this.column = -1;
    this.cells = [];
    this.flaws = new Map();
  }

  private openCell({ r = '', t = 'n', s = '0' }: Attributes): void {
    this.column = cellAt(r)?.column ?? this.column + 1;
    this.type = t;
    this.style = Number(s);
    this.hasFormula = false;
    this.written = '';
  }

  private closeCell(): void {
    const { text, flaw } = this.valueOf();
    if (flaw) this.flaws.set(this.column, flaw);
    if (text.trim() === '') return;
    if (this.column >= this.limits.columns) {
      const reason = `表格超过 ${this.limits.columns} 列，请删掉右边多余的列后再上传`;
      throw new TableRefused('too_many_columns', reason);
    }
    while (this.cells.length < this.column) this.cells.push('');
    this.cells[this.column] = text;
  }

  private closeRow(): void {
    const hasContent = this.cells.length > 0 || this.flaws.size > 0;
    this.context.merges.spread(this.row, this.cells, this.limits.columns);
    if (!hasContent) return;
    this.rows.push({
      line: this.row + 1,
      cells: Array.from(this.cells, (cell) => cell ?? ''),
      ...(this.flaws.size > 0 ? { flaws: this.flaws } : {}),
    });
  }

  private valueOf(): { text: string; flaw?: CellFlaw } {
    const { written, type } = this;
    if (written === '') return this.hasFormula ? { text: '', flaw: 'formula_without_value' } : { text: '' };
    switch (type) {
      case 's':
        return { text: this.context.strings.at(Number(written)) };
      case 'inlineStr':
      case 'str':
        return { text: decodeEscapes(written) };
      case 'b':
        return { text: written === '1' ? 'TRUE' : 'FALSE' };
      case 'e':
        return { text: written, flaw: 'formula_error' };
      case 'd':
        return { text: written.replace('T', ' ').slice(0, 16) };
      default:
        return numberText(written, this.context.meanings[this.style] ?? 'number', this.context.epoch1904);
    }
  }
}
