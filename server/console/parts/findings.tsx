import type { RowProblem } from '../../../shared/contract/campaigns';
import { SeverityIcon } from './severity';

/** Problems one below the other: how bad, where, what to do. */
export function Findings({ of }: { of: readonly RowProblem[] }) {
  return (
    <ul className="findings">
      {of.map((finding) => (
        <li key={`${finding.code} ${finding.line} ${finding.column} ${finding.message}`}>
          <SeverityIcon severity={finding.severity} />
          <span className="faint number">{finding.line > 0 ? `第 ${finding.line} 行` : '整体'}</span>
          <span>{finding.message}</span>
        </li>
      ))}
    </ul>
  );
}
