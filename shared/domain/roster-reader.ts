import { checkDocumentNumber, guessDocumentType } from './documents';
import type { Columns } from './headings';
import { type AliasTable, readMajor, readTraining, TRAINING_LABELS, type Training } from './majors';
import { type GridRow, isFilled } from './pasted-table';
import { normaliseName } from './person-name';
import {
  type GraduationType,
  type RosterColumn,
  type RosterProblemCode,
  type RosterRow,
  readDocumentType,
  readGraduationType,
  readSex,
} from './roster-row';
import { FLAW_MESSAGES, type ProblemList, type Severity } from './row-problems';
import { checkStudentNo } from './student-no';
import { asWritten, compact } from './text';

/** Reads the rows of one roster in order, and remembers the numbers it has seen, but no row. */
export class RosterReader {
  private readonly lineOfStudentNo = new Map<string, number>();
  private readonly lineOfDocument = new Map<string, number>();

  constructor(
    private readonly columns: Columns<RosterColumn>,
    private readonly aliases: AliasTable,
    private readonly problems: ProblemList<RosterColumn, RosterProblemCode>,
  ) {}

  /** @returns undefined for a row that cannot be taken; the problems say why */
  read(row: GridRow): RosterRow | undefined {
    if (this.isDamaged(row)) return undefined;
    const errorsBefore = this.problems.errors();
    const name = this.name(row);
    const studentNo = this.studentNo(row);
    const document = this.document(row);
    const { major, majorName, direction, training } = this.major(row);
    const college = asWritten(this.cell(row, 'college'));
    if (college === '' && this.columns.has('college')) {
      this.note(row, 'college', 'college_missing', 'warning', '没有填写学院，该生不会出现在学院的进度里');
    }
    const graduationType = this.graduationType(row);
    if (this.problems.errors() > errorsBefore) return undefined;
    const sex = readSex(this.cell(row, 'sex'));
    return {
      line: row.line,
      name,
      studentNo,
      ...(document ? { document } : {}),
      ...(sex ? { sex } : {}),
      college,
      major,
      majorName,
      direction,
      className: asWritten(this.cell(row, 'className')),
      training,
      graduationType,
    };
  }

  /** Whether the roster has such a column at all. */
  has(column: RosterColumn): boolean {
    return this.columns.has(column);
  }

  /** The student numbers so far, each with its line. */
  studentNumbers(): ReadonlyMap<string, number> {
    return this.lineOfStudentNo;
  }

  private isDamaged({ line, flaws }: GridRow): boolean {
    if (!flaws) return false;
    let found = false;
    for (const [column, index] of this.columns) {
      const flaw = flaws.get(index);
      if (!flaw) continue;
      found = true;
      const message = FLAW_MESSAGES[flaw];
      this.problems.add({ line, column, code: 'cell_damaged', severity: 'error', message, text: '' });
    }
    return found;
  }

  private name(row: GridRow): string {
    const name = normaliseName(this.cell(row, 'name'));
    if (name === '') this.fail(row, 'name', 'name_missing', '没有填写姓名');
    else if (name.length > LONGEST_NAME || /[0-9]/.test(name)) {
      this.fail(row, 'name', 'name_unreadable', '姓名过长或含有数字，请核对是否错列');
    }
    return name;
  }

  private studentNo(row: GridRow): string {
    const check = checkStudentNo(this.cell(row, 'studentNo'));
    if (!check.ok) {
      this.fail(row, 'studentNo', 'student_no_invalid', check.message);
      return '';
    }
    const first = this.lineOfStudentNo.get(check.studentNo);
    if (first === undefined) this.lineOfStudentNo.set(check.studentNo, row.line);
    else this.fail(row, 'studentNo', 'duplicate_student_no', `学号与第 ${first} 行重复，请保留正确的一行`);
    return check.studentNo;
  }

  private document(row: GridRow): RosterRow['document'] {
    const text = this.cell(row, 'documentNumber');
    if (!isFilled(text)) return undefined;
    const type = readDocumentType(this.cell(row, 'documentType')) ?? guessDocumentType(text);
    if (!type && /^\d[\d.]*E\+\d+$/i.test(compact(text))) {
      const message = '证件号码被表格软件显示成了科学记数法，末几位已丢失，请把该列设为文本后重新填写';
      this.fail(row, 'documentNumber', 'document_invalid', message);
      return undefined;
    }
    if (!type) {
      const message = '看不出是哪种证件：号码不是 18 位身份证号时，请在“证件类型”一列写明';
      this.fail(row, 'documentNumber', 'document_type_unclear', message);
      return undefined;
    }
    const check = checkDocumentNumber(type, text);
    if (!check.ok) {
      this.fail(row, 'documentNumber', 'document_invalid', check.message);
      return undefined;
    }
    const key = `${type} ${check.number}`;
    const first = this.lineOfDocument.get(key);
    if (first === undefined) this.lineOfDocument.set(key, row.line);
    else {
      const message = `证件号码与第 ${first} 行相同，请确认是同一人的两个学籍`;
      this.note(row, 'documentNumber', 'duplicate_document', 'warning', message);
    }
    return { type, number: check.number };
  }

  private major(row: GridRow): Pick<RosterRow, 'major' | 'majorName' | 'direction' | 'training'> {
    const major = asWritten(this.cell(row, 'major'));
    const withDirection = this.cell(row, 'direction').trim();
    const reading = readMajor(withDirection === '' ? major : `${major}(${withDirection})`, this.aliases);
    if (reading.name === '') this.fail(row, 'major', 'major_missing', '没有填写专业');
    if (reading.correctedFrom) {
      const message = `“${reading.correctedFrom}”按“${reading.name}”处理，请确认`;
      this.note(row, 'major', 'major_corrected', 'info', message);
    }
    const training = this.training(row, reading.trainings);
    return { major, majorName: reading.name, direction: reading.direction, training };
  }

  private training(row: GridRow, stated: readonly Training[]): Training {
    const [inMajor] = stated;
    const text = this.cell(row, 'training');
    if (!isFilled(text)) return inMajor ?? 'undergraduate';
    const training = readTraining(text);
    if (!training) {
      const message = '培养类型看不懂，请填写：本科、专升本或第二学士学位';
      this.fail(row, 'training', 'training_unknown', message);
      return 'undergraduate';
    }
    // 本科 in the column is the level, which 专升本 in the major only makes more precise.
    if (inMajor && training === 'undergraduate') return inMajor;
    if (inMajor && inMajor !== training) {
      const message = `专业写着${TRAINING_LABELS[inMajor]}，培养类型写着${TRAINING_LABELS[training]}，请核对`;
      this.fail(row, 'training', 'training_contradiction', message);
    }
    return training;
  }

  private graduationType(row: GridRow): GraduationType {
    const type = readGraduationType(this.cell(row, 'graduationType'));
    if (type) return type;
    const message = '毕业类型不是“应届”或“提前毕业”，按应届处理，请确认';
    this.note(row, 'graduationType', 'graduation_type_unknown', 'warning', message);
    return 'regular';
  }

  /** No cell of a roster is longer than this; hostile ones are cut before any rule reads them. */
  private cell(row: GridRow, column: RosterColumn): string {
    const index = this.columns.get(column);
    return index === undefined ? '' : (row.cells[index] ?? '').slice(0, LONGEST_CELL);
  }

  private fail(row: GridRow, column: RosterColumn, code: RosterProblemCode, message: string): void {
    this.note(row, column, code, 'error', message);
  }

  private note(
    row: GridRow,
    column: RosterColumn,
    code: RosterProblemCode,
    severity: Severity,
    message: string,
  ): void {
    // Document numbers stay out of problem lists, which are logged, mailed and downloaded.
    const text = column === 'documentNumber' ? '' : this.cell(row, column);
    this.problems.add({ line: row.line, column, code, severity, message, text });
  }
}

const LONGEST_CELL = 100;
const LONGEST_NAME = 60;
