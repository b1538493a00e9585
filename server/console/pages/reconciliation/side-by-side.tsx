import type { BillDayView } from '../../../../shared/contract/reconciliation';
import { ComparedRow } from '../../parts/compared-row';
import { count, yuan } from '../../words/format';

/** Our totals, WeChat's totals, and what lies between. The channel's fee is known only from its bill. */
export function SideBySide({ record: { ours, theirs, moved } }: { record: BillDayView }) {
  if (!theirs) return null;
  return (
    <>
      <table className="side-by-side number">
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">项目</span>
            </th>
            <th scope="col">我方记录</th>
            <th scope="col">微信账单</th>
            <th scope="col">相差</th>
          </tr>
        </thead>
        <tbody>
          <ComparedRow name="收款笔数" ours={ours.payments} theirs={theirs.payments} as={count} />
          <ComparedRow name="收款金额" ours={ours.paidFen} theirs={theirs.paidFen} as={yuan} />
          <ComparedRow name="退款笔数" ours={ours.refunds} theirs={theirs.refunds} as={count} />
          <ComparedRow name="退款金额" ours={ours.refundedFen} theirs={theirs.refundedFen} as={yuan} />
          <tr>
            <th scope="row">手续费</th>
            <td className="faint">以账单为准</td>
            <td>{yuan(theirs.feeFen)}</td>
            <td />
          </tr>
          <ComparedRow
            name="收退相抵"
            ours={ours.paidFen - ours.refundedFen}
            theirs={theirs.paidFen - theirs.refundedFen}
            as={yuan}
          />
        </tbody>
      </table>
      {moved && <Moved moved={moved} expectedFen={theirs.paidFen - theirs.refundedFen - theirs.feeFen} />}
    </>
  );
}

/** What the fund-flow bill says of the account, against what the trade bill lets expect. */
function Moved({ moved, expectedFen }: { moved: NonNullable<BillDayView['moved']>; expectedFen: number }) {
  const net = moved.inFen - moved.outFen;
  return (
    <p className="moved number">
      资金账单 {moved.rows} 行：收入 {yuan(moved.inFen)}，支出 {yuan(moved.outFen)}，净变动 {yuan(net)} 元；
      {net === expectedFen ? (
        <span className="good">与交易账单扣除手续费后一致</span>
      ) : (
        <span className="bad">交易账单扣除手续费后是 {yuan(expectedFen)} 元</span>
      )}
    </p>
  );
}
