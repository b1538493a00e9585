import { Alert } from 'antd';
import type { MoneySummary } from '../../../../shared/contract/reports';
import { netFen, totalOf } from '../../../../shared/domain/money-days';
import { ComparedRow } from '../../parts/compared-row';
import { count, yuan } from '../../words/format';

/** Our totals, WeChat's footers added up, and what lies between. Of the days whose bill is in. */
export function Footer({ summary: { by, days } }: { summary: MoneySummary }) {
  const { ours, covered, theirs, missing } = totalOf(days);
  if (!theirs) return <Alone by={by} ours={ours} />;
  return (
    <>
      {missing.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={`${missing.length} 天还没有微信账单，没有算进下面的对比`}
          description={missing.slice(0, 12).join('、') + (missing.length > 12 ? ' 等' : '')}
        />
      )}
      <table className="side-by-side number" aria-label="与微信账单合计对比">
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">项目</span>
            </th>
            <th scope="col">我方记录</th>
            <th scope="col">微信账单合计</th>
            <th scope="col">相差</th>
          </tr>
        </thead>
        <tbody>
          <ComparedRow name="收款笔数" ours={covered.payments} theirs={theirs.payments} as={count} />
          <ComparedRow name="收款金额" ours={covered.paidFen} theirs={theirs.paidFen} as={yuan} />
          <ComparedRow name="退款笔数" ours={covered.refunds} theirs={theirs.refunds} as={count} />
          <ComparedRow name="退款金额" ours={covered.refundedFen} theirs={theirs.refundedFen} as={yuan} />
          <ComparedRow name="收退相抵" ours={netFen(covered)} theirs={netFen(theirs)} as={yuan} />
        </tbody>
      </table>
    </>
  );
}

/** Nothing of WeChat's to hold it against: its bills know no shots and no campaigns, or are not in yet. */
function Alone({ by, ours }: { by: MoneySummary['by']; ours: Parameters<typeof netFen>[0] }) {
  return (
    <p className="moved number">
      收款 {yuan(ours.paidFen)} 元，退款 {yuan(ours.refundedFen)} 元，净额{' '}
      <strong>{yuan(netFen(ours))}</strong> 元。{' '}
      {by === 'shot'
        ? '微信账单只按付款日编制，按拍摄日没有可以对比的合计。'
        : '这些日子还没有微信账单，或者只看一个批次：微信账单是整个商户的。'}
    </p>
  );
}
