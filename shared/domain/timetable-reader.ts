import type { Columns } from './headings';
import { type AliasTable, aliasTable, readMajor, servedTrainings } from './majors';
import { type GridRow, isFilled } from './pasted-table';
import { isSamePlace, type Place, readPlace } from './place';
import { FLAW_MESSAGES, type ProblemList, problemList } from './row-problems';
import { asWritten, compact, tidy } from './text';
import { readTimeRange } from './time-range';
import {
  columnsOf,
  isHeader,
  notARow,
  type TimetableColumn,
  type TimetableOptions,
  type TimetableProblem,
  type TimetableProblemCode,
  type TimetableReading,
  type TimetableRow,
} from './timetable-row';

/** The notice has 103; what is longer than this is another kind of table. */
export const MOST_ROWS = 5000;

/** Reads the rows of one timetable in order: banners and merged cells make a row depend on those before it. */
export class TimetableReader {
  private readonly rows: TimetableRow[] = [];
  private readonly problems: ProblemList<TimetableColumn, TimetableProblemCode> = problemList();
  private readonly aliases: AliasTable;
  private columns: Columns<TimetableColumn> = new Map();
  /** The room of the last banner row */
  private banner: Place | undefined;
  /** Without a banner: the room of the last 地点 cell, for cells that were merged downwards */
  private lastRoom: Place | undefined;
  private lastDate = '';

  constructor(private readonly options: TimetableOptions) {
    this.aliases = options.aliases ?? aliasTable();
    if (options.layout) this.columns = options.layout.columns;
  }

  read(row: GridRow): void {
    const columns = columnsOf(row.cells);
    if (isHeader(columns)) {
      // Some tables repeat their heading for every room.
      if (!this.options.layout) this.columns = columns;
      return;
    }
    const filled = row.cells.filter(isFilled);
    if (filled.length === 0) return;
    const place = this.bannerOf(row);
    if (place) {
      this.banner = place;
      return;
    }
    const first = compact(this.cell(row, 'major').slice(0, 20));
    if (SUBTOTAL.test(first)) return;
    if (TOTAL.test(first)) this.checkTotal(row);
    else if (!isFilled(this.timeCell(row)) && readHeadcount(this.cell(row, 'headcount')) === undefined) {
      this.problems.add(notARow(row, 'warning'));
    } else this.readRow(row);
  }

  stopBefore({ line }: GridRow): void {
    const message = `时间安排表超过 ${MOST_ROWS} 行，其后没有读取，请检查粘贴的内容`;
    this.problems.add({ line, code: 'too_many_rows', severity: 'error', message, text: '' });
  }

  result(): TimetableReading {
    if (this.rows.length === 0 && !this.problems.hasErrors()) {
      this.problems.add({
        line: 1,
        code: 'no_rows',
        severity: 'error',
        message: '表头下面没有任何采集时段，请检查粘贴的内容',
        text: '',
      });
    }
    return { rows: this.rows, problems: this.problems.all() };
  }

  /** A banner row holds a room and neither a major nor a time; a remark beside it (建工学院) is nobody's. */
  private bannerOf(row: GridRow): Place | undefined {
    const isOther = (cell: string) => isFilled(cell) && !readPlace(cell);
    if (isOther(this.cell(row, 'major')) || isOther(this.timeCell(row))) return undefined;
    for (const cell of row.cells) {
      const place = readPlace(cell);
      if (place) return this.banner && isSamePlace(place, this.banner) ? this.banner : place;
    }
    return undefined;
  }

  private readRow(row: GridRow): void {
    const errorsBefore = this.problems.errors();
    for (const [column, index] of this.columns) {
      const flaw = row.flaws?.get(index);
      if (flaw) this.fail(row, column, 'cell_damaged', FLAW_MESSAGES[flaw]);
    }
    if (this.problems.errors() > errorsBefore) return;
    const written = asWritten(this.cell(row, 'major'));
    if (written === '') this.fail(row, 'major', 'major_missing', '缺少专业名称');
    const headcount = readHeadcount(this.cell(row, 'headcount'));
    if (headcount === undefined) {
      this.fail(row, 'headcount', 'headcount_unreadable', `人数应为 1–${LARGEST_GROUP} 的整数`);
    }
    const time = readTimeRange(this.timeText(row), this.options.year);
    if (!time.ok) this.fail(row, 'time', time.problem, time.message);
    const place = this.placeOf(row);
    if (!place) this.fail(row, 'room', 'room_missing', '不知道在哪个教室，请补上教室所在行或填写地点一栏');
    if (this.problems.errors() > errorsBefore || headcount === undefined || !time.ok || !place) return;

    const major = readMajor(written, this.aliases);
    const remark = asWritten(this.cell(row, 'remark'));
    if (time.twelveHourClock) {
      this.note(row, 'time', 'twelve_hour_clock', `按 24 小时制读作 ${time.startsAt}—${time.endsAt}，请确认`);
    }
    if (major.correctedFrom) {
      this.note(row, 'major', 'major_corrected', `“${major.correctedFrom}”按“${major.name}”处理，请确认`);
    }
    this.rows.push({
      line: row.line,
      building: place.building,
      room: place.room,
      major: written,
      majorName: major.name,
      direction: major.direction,
      trainings: servedTrainings(major, remark),
      headcount,
      day: time.day,
      startsAt: time.startsAt,
      endsAt: time.endsAt,
      remark,
      college: tidy(this.cell(row, 'college')) || collegeIn(remark),
      raw: row.cells.slice(0, MOST_RAW_CELLS).map(asWritten),
    });
  }

  /** The banner rules. A 地点 cell beside it is left over from editing: it is only compared. */
  private placeOf(row: GridRow): Place | undefined {
    const written = readPlace(this.cell(row, 'room'));
    if (this.banner) {
      if (written && !isSamePlace(written, this.banner)) {
        const message = `地点一栏写着“${written.room}”，但本行在“${this.banner.room}”之下，已按“${this.banner.room}”处理，请确认`;
        this.note(row, 'room', 'room_contradiction', message, 'warning');
      }
      return this.banner;
    }
    if (written) this.lastRoom = written;
    else if (this.lastRoom) {
      const message = `地点一栏为空，沿用上一行的“${this.lastRoom.room}”，请确认`;
      this.note(row, 'room', 'room_carried_down', message, 'warning');
    }
    return this.lastRoom;
  }

  private timeText(row: GridRow): string {
    const date = tidy(this.cell(row, 'date').slice(0, 100));
    if (date !== '') this.lastDate = date;
    const time = this.columns.has('time')
      ? this.cell(row, 'time')
      : `${this.cell(row, 'startsAt')}-${this.cell(row, 'endsAt')}`;
    return this.columns.has('date') ? `${this.lastDate} ${time}` : time;
  }

  private timeCell(row: GridRow): string {
    return this.cell(row, this.columns.has('time') ? 'time' : 'startsAt');
  }

  private checkTotal(row: GridRow): void {
    const claimed = readHeadcount(this.cell(row, 'headcount'), Number.MAX_SAFE_INTEGER);
    const sum = this.rows.reduce((total, { headcount }) => total + headcount, 0);
    if (claimed === undefined || claimed === sum) return;
    const message = `合计写着 ${claimed} 人，以上各行相加是 ${sum} 人，请核对`;
    this.note(row, 'headcount', 'total_mismatch', message, 'warning');
  }

  private cell(row: GridRow, column: TimetableColumn): string {
    const index = this.columns.get(column);
    return index === undefined ? '' : (row.cells[index] ?? '');
  }

  private fail(row: GridRow, column: TimetableColumn, code: TimetableProblemCode, message: string): void {
    this.note(row, column, code, message, 'error');
  }

  private note(
    row: GridRow,
    column: TimetableColumn,
    code: TimetableProblemCode,
    message: string,
    severity: TimetableProblem['severity'] = 'info',
  ): void {
    this.problems.add({ line: row.line, column, code, severity, message, text: this.cell(row, column) });
  }
}

const TOTAL = /^(合计|总计|共计|总人数)$/;
const SUBTOTAL = /^小计$/;
const LARGEST_GROUP = 9999;
const MOST_RAW_CELLS = 20;

function readHeadcount(cell: string, largest = LARGEST_GROUP): number | undefined {
  if (cell.length > 20) return undefined;
  const digits = compact(cell).replace(/人$/, '');
  const headcount = /^\d{1,7}$/.test(digits) ? Number(digits) : 0;
  return headcount >= 1 && headcount <= largest ? headcount : undefined;
}

function collegeIn(remark: string): string {
  return /^[^\s含]{1,12}(学院|系)$/.test(remark) ? remark : '';
}
