import type { RowProblem } from '../../../shared/contract/campaigns';
import type { NoticeFinding } from '../../../shared/domain/notice-findings';
import type { Severity } from '../../../shared/domain/row-problems';

export const presentProblem = (problem: {
  line: number;
  column?: string;
  severity: Severity;
  code: string;
  message: string;
  text: string;
}): RowProblem => ({
  ...problem,
  column: problem.column ?? '',
});

/** A finding of the notice check; line 0 for what concerns no row. */
export const presentFinding = ({
  line = 0,
  code,
  severity,
  message,
  room = '',
}: NoticeFinding): RowProblem => ({
  line,
  column: '',
  severity,
  code,
  message,
  text: room,
});
