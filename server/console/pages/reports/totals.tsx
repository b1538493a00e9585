import { Card } from 'antd';
import { useRead } from '../../api/hooks';
import type { RequestOf } from '../../api/send';
import { Loaded } from '../../parts/loaded';
import { Export } from './export';
import { Footer } from './footer';

const SUMMARY = 'GET /api/console/merchants/:merchantId/reports/summary';

/** What the lines below have to add up to, beside WeChat's own totals; and the way to take them along. */
export function Totals({
  of,
  report,
  what,
}: {
  of: RequestOf<typeof SUMMARY>;
} & Pick<Parameters<typeof Export>[0], 'report' | 'what'>) {
  const summary = useRead(SUMMARY, of);
  return (
    <Card title="合计" extra={<Export report={report} what={what} />}>
      <Loaded query={summary} rows={3}>
        {(data) => <Footer summary={data} />}
      </Loaded>
    </Card>
  );
}
