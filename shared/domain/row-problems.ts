import type { CellFlaw } from './pasted-table';
import { asWritten, excerpt } from './text';

export type Severity = 'error' | 'warning' | 'info';

/** Something about one cell of an imported table, said in Chinese, with what to do. */
export interface RowProblem<Column extends string, Code extends string> {
  line: number;
  column?: Column;
  code: Code | 'more_problems';
  /** error: the row is not taken · warning: taken, look at it · info: taken, and how it was read */
  severity: Severity;
  message: string;
  /** What stood there, shortened */
  text: string;
}

/** What to do about a cell that the spreadsheet itself has damaged. */
export const FLAW_MESSAGES: Readonly<Record<CellFlaw, string>> = {
  digits_lost: '这个数字超过 15 位，Excel 已把末几位改成 0，请把该列设为“文本”后重新填写',
  formula_error: '这里的公式出错了，请改正后重新保存',
  formula_without_value: '这里的公式还没有算出结果，请用 Excel 打开并保存一次',
};

export interface ProblemList<Column extends string, Code extends string> {
  add(problem: RowProblem<Column, Code>): void;
  errors(): number;
  hasErrors(): boolean;
  all(): RowProblem<Column, Code>[];
}

/** Keeps the first `limit` problems and counts the rest: hostile text must not become a hostile answer. */
export function problemList<Column extends string, Code extends string>(
  limit = 500,
): ProblemList<Column, Code> {
  const list = countedProblems<Column, Code>(limit);
  return {
    ...list,
    all() {
      const kept = list.all();
      const last = kept[kept.length - 1];
      const left = list.total() - kept.length;
      if (left === 0 || !last) return kept;
      const message = `还有 ${left} 处问题没有列出，请先处理以上各处`;
      return [
        ...kept,
        {
          line: last.line,
          code: 'more_problems',
          severity: list.hasErrors() ? 'error' : 'info',
          message,
          text: '',
        },
      ];
    },
  };
}

export interface CountedProblems<Column extends string, Code extends string>
  extends ProblemList<Column, Code> {
  /** Of all, kept or not */
  counts(): Record<Severity, number>;
  total(): number;
}

/** Keeps the first `limit` problems, and says how many there are of each kind. */
export function countedProblems<Column extends string, Code extends string>(
  limit = 500,
): CountedProblems<Column, Code> {
  const kept: RowProblem<Column, Code>[] = [];
  const counts: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
  return {
    add(problem) {
      counts[problem.severity] += 1;
      if (kept.length < limit) kept.push({ ...problem, text: asWritten(excerpt(problem.text)) });
    },
    errors: () => counts.error,
    hasErrors: () => counts.error > 0,
    all: () => kept,
    counts: () => ({ ...counts }),
    total: () => counts.error + counts.warning + counts.info,
  };
}
