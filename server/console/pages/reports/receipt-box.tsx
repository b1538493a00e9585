import { Button, Descriptions, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { RECEIPT_KINDS, type ReceiptKind, type ReceiptView } from '../../../../shared/contract/receipts';
import { RECEIPT_KIND_NAMES } from '../../../../shared/domain/finance-words';
import { useRead, useWrite } from '../../api/hooks';
import { Loaded } from '../../parts/loaded';
import { ReasonDialog } from '../../parts/reason-dialog';
import { useMay } from '../../session/use-session';
import { stamp } from '../../words/format';

const KINDS = RECEIPT_KINDS.map((value) => ({ value, label: RECEIPT_KIND_NAMES[value] }));

/** The receipt (票据) of an order. It is made elsewhere; here stands its number, and who wrote it down. */
export function ReceiptBox({ orderNo }: { orderNo: string }) {
  const found = useRead('GET /api/console/orders/:orderNo/receipt', { params: { orderNo } });
  return (
    <Loaded query={found} rows={1}>
      {({ receipt }) =>
        receipt ? <Issued orderNo={orderNo} receipt={receipt} /> : <None orderNo={orderNo} />
      }
    </Loaded>
  );
}

function Issued({ orderNo, receipt }: { orderNo: string; receipt: ReceiptView }) {
  const may = useMay();
  const [isVoiding, setVoiding] = useState(false);
  const voidIt = useWrite('POST /api/console/orders/:orderNo/receipt/void', {
    onDone: () => setVoiding(false),
  });
  return (
    <>
      <Descriptions
        size="small"
        column={1}
        items={[
          {
            key: 'receipt',
            label: '票据已开',
            children: `${RECEIPT_KIND_NAMES[receipt.kind]} ${receipt.number}，${receipt.by} 登记于 ${stamp(receipt.at)}`,
          },
        ]}
      />
      {may('POST /api/console/orders/:orderNo/receipt/void') && (
        <Button size="small" onClick={() => setVoiding(true)}>
          票据已作废或冲红
        </Button>
      )}
      {isVoiding && (
        <ReasonDialog
          title="票据作废"
          consequence="这笔订单变回“未开”，可以重新开；作废的号码不能再用。"
          suggestions={['已退款，冲红', '开错抬头', '金额不对']}
          okText="登记作废"
          isDangerous
          readBy="会记入审计"
          isPending={voidIt.isPending}
          onConfirm={(reason) =>
            voidIt.mutate({ params: { orderNo }, body: { version: receipt.version, reason } })
          }
          onClose={() => setVoiding(false)}
        />
      )}
    </>
  );
}

function None({ orderNo }: { orderNo: string }) {
  const may = useMay();
  const issue = useWrite('POST /api/console/orders/:orderNo/receipt');
  if (!may('POST /api/console/orders/:orderNo/receipt')) return <p className="soft">票据未开</p>;
  return (
    <Form<{ kind: ReceiptKind; number: string }>
      layout="inline"
      requiredMark={false}
      initialValues={{ kind: 'e_receipt' }}
      onFinish={(body) => issue.mutate({ params: { orderNo }, body })}
    >
      <Form.Item name="kind" label="票据未开">
        <Select aria-label="票据种类" options={KINDS} className="receipt-kind" />
      </Form.Item>
      <Form.Item name="number" rules={[{ required: true, whitespace: true, message: '请填票据号码' }]}>
        <Input aria-label="票据号码" placeholder="票据号码" maxLength={40} />
      </Form.Item>
      <Button htmlType="submit" loading={issue.isPending}>
        登记已开
      </Button>
    </Form>
  );
}
