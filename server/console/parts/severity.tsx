import { CloseCircleFilled, ExclamationCircleFilled, InfoCircleFilled } from '@ant-design/icons';
import type { RowProblem } from '../../../shared/contract/campaigns';
import { groupBy } from './group-by';

type Severity = RowProblem['severity'];

const NAMES: Readonly<Record<Severity, string>> = { error: '错误', warning: '请核对', info: '提示' };

export function SeverityIcon({ severity }: { severity: Severity }) {
  if (severity === 'error') return <CloseCircleFilled className="bad" aria-label={NAMES.error} />;
  if (severity === 'warning') return <ExclamationCircleFilled className="warn" aria-label={NAMES.warning} />;
  return <InfoCircleFilled className="brand-ink" aria-label={NAMES.info} />;
}

/** "3 处错误，1 处请核对" */
export function tally(problems: readonly { severity: Severity }[]): string {
  const counts = groupBy(problems, ({ severity }) => severity);
  return (['error', 'warning', 'info'] as const)
    .flatMap((severity) => {
      const found = counts.get(severity)?.length ?? 0;
      return found > 0 ? [`${found} 处${NAMES[severity]}`] : [];
    })
    .join('，');
}
