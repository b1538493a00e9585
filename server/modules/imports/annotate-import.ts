import type { TableLayout } from '../../../shared/contract/imports';
import type { aliasTable } from '../../../shared/domain/majors';
import type { GridRow } from '../../../shared/domain/pasted-table';
import { RosterReader } from '../../../shared/domain/roster-reader';
import type { RosterColumn, RosterProblemCode } from '../../../shared/domain/roster-row';
import { countedProblems, type Severity } from '../../../shared/domain/row-problems';
import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import type { Download } from '../../http/route';
import { changeRecord } from '../../platform/mongo/record';
import type { TableFile } from '../../platform/tables/table-file';
import type { Cell, Row, Sheet } from '../../platform/tables/workbook';
import { writeXlsx } from '../../platform/tables/write-xlsx';
import type { World } from '../../world';
import { line } from '../audit/line';
import { aliasesOf } from '../campaigns/aliases';
import { readTimetableFor } from '../campaigns/import-timetable';
import type { Campaign } from '../campaigns/model';
import { openKept } from './kept-file';
import { fieldsOf } from './look-at-sheet';
import { type TableImport, TableImports } from './model';
import { dataRows, rosterLayout, timetableGrid, timetableLayout } from './read-import';

/** A problem of either kind of table. */
interface Problem {
  line: number;
  column?: string;
  severity: Severity;
  message: string;
  text: string;
}

/**
 * The table as it was previewed: its cells with what is wrong coloured, every row's problems in words beside it, and all
 * problems on a sheet of their own. Corrected there, it can be imported as it is. Written as it is read.
 *
 * @throws AppError IMPORT_NOT_PREVIEWED, IMPORT_EXPIRED
 */
export async function annotateImport(
  world: World,
  by: UserActor,
  { found, campaign }: { found: TableImport; campaign: Campaign },
): Promise<Download> {
  if (!found.preview) throw new AppError('IMPORT_NOT_PREVIEWED');
  const { layout } = found.preview;
  const file = await openKept(world, found);
  const headings = await headingsOf(file, layout);
  // It holds what was uploaded, full document numbers too.
  await changeRecord(
    TableImports,
    { _id: found._id },
    {},
    line(world, actorName(by), 'import.download-annotated'),
  );
  const all: Problem[] = [];
  const problemsOf = await problemsByRow(campaign, found.kind, file, layout);
  const sheets: Sheet[] = [
    {
      name: found.kind === 'roster' ? '名单' : '时间安排表',
      columns: [
        { title: '问题', width: 44 },
        { title: '原表行号', kind: 'integer', width: 9 },
        ...headings.map((title) => ({ title, width: 18 })),
      ],
      frozenColumns: 2,
      rows: annotatedRows(dataRows(file, layout), { problemsOf, layout, width: headings.length, all }),
    },
    {
      name: '问题清单',
      columns: [
        { title: '原表行号', kind: 'integer', width: 9 },
        { title: '列', width: 12 },
        { title: '程度', width: 8 },
        { title: '问题', width: 70 },
        { title: '原文', width: 30 },
      ],
      rows: listedProblems(all, new Map(fieldsOf(found.kind).map(({ field, label }) => [field, label]))),
    },
  ];
  const base = found.name.replace(/\.[^.]*$/, '') || (found.kind === 'roster' ? '名单' : '时间安排表');
  return { name: `${base}-已标注.xlsx`, body: writeXlsx(sheets) };
}

async function headingsOf(file: TableFile, { sheet, headingLine, columns }: TableLayout): Promise<string[]> {
  let width = Math.max(0, ...Object.values(columns)) + 1;
  for await (const row of file.rows(sheet)) {
    if (row.line < headingLine) continue;
    if (row.line === headingLine) return row.cells.map((cell) => cell.trim());
    width = Math.max(width, row.cells.length);
    break;
  }
  return Array.from({ length: width }, (_, index) => `第 ${index + 1} 列`);
}

/** What is wrong with a row; rows are asked for in their order. */
async function problemsByRow(
  campaign: Campaign,
  kind: TableImport['kind'],
  file: TableFile,
  layout: TableLayout,
): Promise<(row: GridRow) => readonly Problem[]> {
  if (kind === 'roster') {
    const { columns } = rosterLayout(layout);
    return rosterProblems(columns, aliasesOf(campaign));
  }
  const grid = await timetableGrid(file, layout);
  const { problems } = readTimetableFor(campaign, grid, timetableLayout(layout));
  const byLine = new Map<number, Problem[]>();
  for (const problem of problems) byLine.set(problem.line, [...(byLine.get(problem.line) ?? []), problem]);
  return ({ line }) => byLine.get(line) ?? [];
}

function rosterProblems(
  columns: ReadonlyMap<RosterColumn, number>,
  aliases: ReturnType<typeof aliasTable>,
): (row: GridRow) => readonly Problem[] {
  let ofRow: Problem[] = [];
  const reader = new RosterReader(columns, aliases, {
    ...countedProblems<RosterColumn, RosterProblemCode>(0),
    add: (problem) => ofRow.push(problem),
    errors: () => ofRow.filter(({ severity }) => severity === 'error').length,
  });
  return (row) => {
    ofRow = [];
    reader.read(row);
    return ofRow;
  };
}

/** Beyond them the list on its own sheet ends; the rows go on. */
const MOST_LISTED = 50_000;

async function* annotatedRows(
  rows: AsyncIterable<GridRow>,
  {
    problemsOf,
    layout,
    width,
    all,
  }: {
    problemsOf: (row: GridRow) => readonly Problem[];
    layout: TableLayout;
    width: number;
    all: Problem[];
  },
): AsyncGenerator<Row> {
  for await (const row of rows) {
    const problems = problemsOf(row);
    if (all.length < MOST_LISTED) all.push(...problems);
    const toneAt = new Map<number, Severity>();
    for (const { column, severity } of problems) {
      const index = column === undefined ? undefined : layout.columns[column];
      if (index !== undefined && isWorse(severity, toneAt.get(index))) toneAt.set(index, severity);
    }
    const worst = problems.reduce<Severity | undefined>(
      (tone, { severity }) => (isWorse(severity, tone) ? severity : tone),
      undefined,
    );
    const words = problems.map(({ message }) => message).join('；');
    const cells = Array.from({ length: width }, (_, index) =>
      toned(row.cells[index] ?? '', toneAt.get(index)),
    );
    yield [toned(words, worst), row.line, ...cells];
  }
}

const RANK: Readonly<Record<Severity, number>> = { info: 1, warning: 2, error: 3 };

const isWorse = (one: Severity, other: Severity | undefined): boolean =>
  other === undefined || RANK[one] > RANK[other];

function toned(text: string, tone: Severity | undefined): Cell {
  const value = text === '' ? null : text;
  return tone ? { value, tone } : value;
}

const WORDS: Readonly<Record<Severity, string>> = { error: '错误', warning: '请核对', info: '提示' };

function* listedProblems(all: readonly Problem[], labels: ReadonlyMap<string, string>): Generator<Row> {
  for (const { line, column = '', severity, message, text } of all) {
    yield [line, labels.get(column) ?? column, { value: WORDS[severity], tone: severity }, message, text];
  }
}
