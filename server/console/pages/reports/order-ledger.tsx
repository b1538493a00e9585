import { Descriptions, Drawer } from 'antd';
import type { Contract } from '../../../../shared/contract';
import type { Response } from '../../../../shared/contract/endpoint';
import { accountName } from '../../../../shared/domain/account-names';
import { ORDER_STATE_NAMES, REFUND_STATE_NAMES } from '../../../../shared/domain/finance-words';
import { useRead } from '../../api/hooks';
import { Loaded } from '../../parts/loaded';
import { stamp, yuan } from '../../words/format';
import { ReceiptBox } from './receipt-box';

type File = Response<Contract['GET /api/console/orders/:orderNo']>;

/** An order's money, entry by entry: each sums to zero, and nothing is ever struck out. */
export function OrderLedger({ orderNo, onClose }: { orderNo: string; onClose: () => void }) {
  const file = useRead('GET /api/console/orders/:orderNo', { params: { orderNo } });
  return (
    <Drawer open size={640} title={`订单 ${orderNo}`} onClose={onClose}>
      <Loaded query={file} rows={8}>
        {({ order, ledger }) => (
          <div className="stack number">
            <Facts order={order} />
            {order.receivedFen > 0 && <ReceiptBox orderNo={order.orderNo} />}
            {ledger.length === 0 && <p className="soft">这笔订单还没有动过钱，没有分录。</p>}
            {ledger.map((entry) => (
              <Entry key={entry.id} entry={entry} items={order.feeItems} />
            ))}
          </div>
        )}
      </Loaded>
    </Drawer>
  );
}

function Facts({ order }: { order: File['order'] }) {
  return (
    <Descriptions
      size="small"
      column={2}
      items={[
        { key: 'state', label: '状态', children: ORDER_STATE_NAMES[order.state] },
        { key: 'paid', label: '付款', children: stamp(order.paidAt) },
        { key: 'who', label: '学生', children: `${order.student.name} ${order.student.studentNo}` },
        { key: 'received', label: '收款', children: `${yuan(order.receivedFen)} 元` },
        { key: 'wechat', label: '微信单号', children: order.transactionId ?? '—', span: 2 },
        ...order.refunds.map((refund) => ({
          key: refund.refundNo,
          label: '退款',
          span: 2,
          children: `${yuan(refund.amountFen)} 元 ${REFUND_STATE_NAMES[refund.state]}，${refund.reason}，答应 ${refund.dueDay} 到账`,
        })),
      ]}
    />
  );
}

function Entry({
  entry: { at, kind, reference, lines },
  items,
}: {
  entry: File['ledger'][number];
  items: File['order']['feeItems'];
}) {
  return (
    <table className="plain-table entries">
      <thead>
        <tr>
          <th scope="col">
            <strong>{KINDS[kind] ?? kind}</strong> <span className="faint">{stamp(at)}</span>
            <div className="faint">{reference}</div>
          </th>
          <th scope="col">借</th>
          <th scope="col">贷</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ account, fen }) => (
          <tr key={account}>
            <th scope="row">{accountName(account, items)}</th>
            <td>{fen > 0 ? yuan(fen) : ''}</td>
            <td>{fen < 0 ? yuan(-fen) : ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const KINDS: Readonly<Record<string, string>> = {
  payment: '收款',
  'payment-reversed': '冲正收款',
  'refund-requested': '申请退款',
  'refund-succeeded': '退款到账',
  'refund-reversed': '退款关闭，转回',
  quarantined: '款项存疑',
  accepted: '存疑款项入账',
};
