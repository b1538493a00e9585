import type { RowProblem } from '../../../shared/contract/campaigns';
import { SeverityIcon } from './severity';

/** What concerns single majors: beyond a handful it is folded, so that it hides nothing else. */
const ABOUT_HEADCOUNTS: ReadonlySet<string> = new Set([
  'headcount_differs',
  'major_without_students',
  'students_without_session',
]);
const MOST_UNFOLDED = 5;

/** Problems one below the other: how bad, where, what to do. */
export function Findings({ of }: { of: readonly RowProblem[] }) {
  const counted = of.filter(({ code }) => ABOUT_HEADCOUNTS.has(code));
  if (counted.length <= MOST_UNFOLDED) return <List of={of} />;
  return (
    <>
      <List of={of.filter(({ code }) => !ABOUT_HEADCOUNTS.has(code))} />
      <details className="more-findings">
        <summary>{`${counted.length} 个专业的人数或名称和学生名单对不上`}</summary>
        <List of={counted} />
      </details>
    </>
  );
}

const RANK: Readonly<Record<RowProblem['severity'], number>> = { error: 0, warning: 1, info: 2 };

const worstFirst = (of: readonly RowProblem[]): RowProblem[] =>
  [...of].sort((one, other) => RANK[one.severity] - RANK[other.severity]);

const List = ({ of }: { of: readonly RowProblem[] }) => (
  <ul className="findings">
    {worstFirst(of).map((finding) => (
      <li key={`${finding.code} ${finding.line} ${finding.column} ${finding.message}`}>
        <SeverityIcon severity={finding.severity} />
        <span className="faint number">{finding.line > 0 ? `第 ${finding.line} 行` : '整体'}</span>
        <span>{finding.message}</span>
      </li>
    ))}
  </ul>
);
