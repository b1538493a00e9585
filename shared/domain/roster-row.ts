import type { DocumentType, Sex } from './documents';
import { type Columns, headingTable, recogniseHeadings } from './headings';
import type { Training } from './majors';
import type { RowProblem } from './row-problems';
import type { FieldName } from './table-layout';
import { compact } from './text';

/** 应届 · 提前毕业 */
export type GraduationType = 'regular' | 'early';

export const GRADUATION_LABELS: Readonly<Record<GraduationType, string>> = {
  regular: '应届',
  early: '提前毕业',
};

export interface RosterRow {
  line: number;
  name: string;
  studentNo: string;
  /** Both or neither: schools must not always hand out document numbers (采集码) */
  document?: { type: DocumentType; number: string };
  sex?: Sex;
  college: string;
  /** As written */
  major: string;
  majorName: string;
  direction: string;
  className: string;
  training: Training;
  graduationType: GraduationType;
}

export type RosterColumn =
  | 'name'
  | 'studentNo'
  | 'documentType'
  | 'documentNumber'
  | 'sex'
  | 'college'
  | 'major'
  | 'direction'
  | 'className'
  | 'training'
  | 'graduationType';

export type RosterProblemCode =
  | 'header_missing'
  | 'cell_damaged'
  | 'column_missing'
  | 'no_rows'
  | 'name_missing'
  | 'name_unreadable'
  | 'student_no_invalid'
  | 'duplicate_student_no'
  | 'document_invalid'
  | 'document_type_unclear'
  | 'duplicate_document'
  | 'major_missing'
  | 'major_corrected'
  | 'college_missing'
  | 'training_unknown'
  | 'training_contradiction'
  | 'graduation_type_unknown';

export type RosterProblem = RowProblem<RosterColumn, RosterProblemCode>;

export interface RosterReading {
  /** Rows without any error, in the order of the table */
  rows: RosterRow[];
  problems: RosterProblem[];
}

export const ROSTER_FIELDS: readonly FieldName<RosterColumn>[] = [
  { field: 'name', label: '姓名', isNeeded: true },
  { field: 'studentNo', label: '学号', isNeeded: true },
  { field: 'major', label: '专业', isNeeded: true },
  { field: 'direction', label: '专业方向' },
  { field: 'college', label: '学院' },
  { field: 'className', label: '班级' },
  { field: 'training', label: '培养类型' },
  { field: 'graduationType', label: '毕业类型' },
  { field: 'documentType', label: '证件类型' },
  { field: 'documentNumber', label: '证件号码' },
  { field: 'sex', label: '性别' },
];

/** The heading row by the names in it. */
export function columnsOf(cells: readonly string[]): Columns<RosterColumn> {
  return recogniseHeadings(cells, FIELD_OF);
}

export function isHeader(columns: Columns<RosterColumn>): boolean {
  return columns.has('name') && columns.has('studentNo');
}

/** 证件类型 in words; undefined for other words. */
export function readDocumentType(text: string): DocumentType | undefined {
  return DOCUMENT_WORDS.get(compact(text));
}

/** 毕业类型 in words, 应届 when the cell is empty; undefined for other words. */
export function readGraduationType(text: string): GraduationType | undefined {
  return GRADUATION_WORDS.get(compact(text));
}

export function readSex(text: string): Sex | undefined {
  const word = compact(text);
  if (word === '男') return 'male';
  return word === '女' ? 'female' : undefined;
}

const FIELD_OF = headingTable<RosterColumn>({
  name: ['姓名', '学生姓名', '名字'],
  studentNo: ['学号', '学生学号', '学籍号', '学生号'],
  documentType: ['证件类型', '证件类别', '身份证件类型'],
  documentNumber: [
    '证件号码',
    '证件号',
    '身份证号',
    '身份证号码',
    '身份证',
    '身份证件号',
    '身份证件号码',
    '公民身份号码',
  ],
  sex: ['性别'],
  college: ['学院', '学院名称', '院系', '院系名称', '所属学院', '所在学院', '二级学院'],
  major: ['专业', '专业名称', '所学专业', '录取专业'],
  direction: ['专业方向', '方向', '方向名称'],
  className: ['班级', '班级名称', '行政班', '行政班级', '所在班级'],
  training: ['层次', '培养层次', '培养类型', '学历层次', '学习形式及层次', '类别', '学生类别'],
  graduationType: ['毕业类型', '毕业类别', '毕业情况', '毕业性质'],
});

const DOCUMENT_WORDS: ReadonlyMap<string, DocumentType> = new Map<string, DocumentType>([
  ['居民身份证', 'resident_id'],
  ['身份证', 'resident_id'],
  ['二代身份证', 'resident_id'],
  ['港澳居民来往内地通行证', 'hk_macao_permit'],
  ['港澳通行证', 'hk_macao_permit'],
  ['回乡证', 'hk_macao_permit'],
  ['台湾居民来往大陆通行证', 'taiwan_permit'],
  ['台胞证', 'taiwan_permit'],
  ['港澳台居民居住证', 'residence_permit'],
  ['居住证', 'residence_permit'],
  ['护照', 'passport'],
  ['外国护照', 'passport'],
]);

const GRADUATION_WORDS: ReadonlyMap<string, GraduationType> = new Map<string, GraduationType>([
  ['', 'regular'],
  ['应届', 'regular'],
  ['应届毕业', 'regular'],
  ['应届毕业生', 'regular'],
  ['正常', 'regular'],
  ['正常毕业', 'regular'],
  ['毕业', 'regular'],
  ['提前', 'early'],
  ['提前毕业', 'early'],
]);
