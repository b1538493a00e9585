import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const ROOT = path.resolve(__dirname, '../..');
export const COVERAGE = path.join(ROOT, 'docs/notice-coverage.md');

/** The notice's sections, and its attachments' numbered points, in its own order. 散拍 is the second one it numbers 四. */
const SECTIONS = (
  '题头 一 二.1 二.2 二.3 三.1 三.2 三.3 三.4 四.1 四.2 四.3 散拍 五 附件1 附件2 附件2.1 附件2.2 附件2.3 附件2.4 ' +
  '附件2.5 附件3 落款'
).split(' ');

/** C1–C8 with C2b, S1–S16, O1–O10, P1–P6, F1–F6, X1–X10 */
const FEATURES = new Set([
  'C2b',
  ...Object.entries({ C: 8, S: 16, O: 10, P: 6, F: 6, X: 10 }).flatMap(([letter, count]) =>
    Array.from({ length: count }, (_, index) => `${letter}${index + 1}`),
  ),
]);

interface CoverageRow {
  line: number;
  section: string;
  statement: string;
  features: string[];
  /** "file › describe › it" */
  tests: string[];
}

/** What is wrong with the table; empty when every statement has its feature and a test that exists. */
export function coverageProblems(markdown: string): string[] {
  const rows = readRows(markdown);
  const covered = new Set(rows.map(({ section }) => section));
  return [
    ...SECTIONS.filter((section) => !covered.has(section)).map((section) => `no row for section ${section}`),
    ...rows.flatMap((row) => rowProblems(row).map((problem) => `line ${row.line}: ${problem}`)),
  ];
}

function rowProblems({ section, statement, features, tests }: CoverageRow): string[] {
  return [
    ...(SECTIONS.includes(section) ? [] : [`the notice has no section ${section}`]),
    ...(statement === '' ? ['says nothing'] : []),
    ...(features.length === 0 ? ['names no feature'] : []),
    ...features.filter((feature) => !FEATURES.has(feature)).map((feature) => `no feature ${feature}`),
    ...(tests.length === 0 ? ['names no test'] : []),
    ...tests.filter((test) => !exists(test)).map((test) => `no such test: ${test}`),
  ];
}

function readRows(markdown: string): CoverageRow[] {
  return markdown.split('\n').flatMap((text, index) => {
    const cells = text.split('|').map((cell) => cell.trim());
    const [, section = '', statement = '', features = '', tests = ''] = cells;
    const isRow = cells.length === 6 && section !== '§' && !/^-+$/.test(section);
    return isRow
      ? [{ line: index + 1, section, statement, features: parts(features, ','), tests: parts(tests, '<br>') }]
      : [];
  });
}

const parts = (cell: string, separator: string): string[] =>
  cell
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');

function exists(test: string): boolean {
  const [file = '', ...title] = test.split(' › ');
  return titlesIn(file.replaceAll('`', '')).has(title.join(' › '));
}

const read = new Map<string, Set<string>>();

/** Every test of a file by its full title, parsed rather than searched for: a title in a comment is no test. */
function titlesIn(file: string): Set<string> {
  const known = read.get(file);
  if (known) return known;
  const titles = new Set<string>();
  const absolute = path.join(ROOT, file);
  if (/^tests\/.+\.test\.ts$/.test(file) && existsSync(absolute)) {
    const source = ts.createSourceFile(file, readFileSync(absolute, 'utf8'), ts.ScriptTarget.ES2022);
    collect(source, [], titles);
  }
  read.set(file, titles);
  return titles;
}

function collect(node: ts.Node, above: readonly string[], into: Set<string>): void {
  const call = ts.isCallExpression(node) ? titledCall(node) : undefined;
  if (call?.name === 'it') into.add([...above, call.title].join(' › '));
  const inside = call?.name === 'describe' ? [...above, call.title] : above;
  ts.forEachChild(node, (child) => collect(child, inside, into));
}

/** `it('…')`, `it.each(…)('…')`, `describe('…')`; a skipped one is none. */
function titledCall(call: ts.CallExpression): { name: 'describe' | 'it'; title: string } | undefined {
  const [title] = call.arguments;
  if (!title || !ts.isStringLiteralLike(title)) return undefined;
  let callee: ts.Expression = call.expression;
  while (!ts.isIdentifier(callee)) {
    if (ts.isPropertyAccessExpression(callee)) {
      if (callee.name.text !== 'each') return undefined;
      callee = callee.expression;
    } else if (ts.isCallExpression(callee)) callee = callee.expression;
    else if (ts.isTaggedTemplateExpression(callee)) callee = callee.tag;
    else return undefined;
  }
  const { text } = callee;
  return text === 'describe' || text === 'it' ? { name: text, title: title.text } : undefined;
}
