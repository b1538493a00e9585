import { Form, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import type { OrderRecord, RefundRecord } from '../../../../../shared/contract/orders';
import { useDialogWrite } from '../../../api/use-dialog-write';
import { FormDialog } from '../../../parts/form-dialog';
import { yuan } from '../../../words/format';
import { DEBIT_CARDS, redirectTarget } from '../../../words/money';

interface Target {
  account: 'payer' | 'merchant';
  bankType: string;
  cardNumber: string;
  holderName: string;
}

/** An abnormal refund: to another card of the payer, or to the school, which then pays out by hand. Two people say so. */
export function RedirectRefund({
  order,
  refund,
  onClose,
}: {
  order: OrderRecord;
  refund: RefundRecord;
  onClose: () => void;
}) {
  const [{ refundNo, amountFen, redirect: asked }] = useState(refund);
  const [form] = Form.useForm<Target>();
  const account = Form.useWatch('account', form) ?? 'payer';
  const redirect = useDialogWrite('POST /api/console/orders/:orderNo/refunds/:refundNo/redirect', {
    done: (answer) =>
      answer.refunds.find((one) => one.refundNo === refundNo)?.redirect
        ? '已记下，请另一位财务同事来这里确认同一个去向'
        : '已请微信改退，结果出来后从这里消失',
    onClose,
    endedBy: ['REFUND_STATE'],
  });
  const send = ({ bankType, cardNumber, holderName }: Target) =>
    redirect.mutate({
      params: { orderNo: order.orderNo, refundNo },
      body:
        account === 'merchant'
          ? { account }
          : { account, bankType, cardNumber: cardNumber.replace(/\s/g, ''), holderName: holderName.trim() },
    });
  return (
    <FormDialog
      title={`把 ${yuan(amountFen)} 元改退到哪里？`}
      okText="改退"
      form={form}
      start={{ account: asked && asked.cardEnding === null ? 'merchant' : 'payer' }}
      isPending={redirect.isPending}
      onFinish={send}
      onClose={onClose}
    >
      <Form.Item name="account">
        <Radio.Group
          aria-label="改退到"
          options={[
            { value: 'payer', label: '付款人的另一张借记卡' },
            { value: 'merchant', label: '学校的商户账户' },
          ]}
        />
      </Form.Item>
      {account === 'merchant' ? (
        <>
          <p className="soft">钱回到学校账户后，请线下转给学生，并在账上记明。</p>
          <p className="faint">{turnWords(asked)}</p>
        </>
      ) : (
        <>
          <Form.Item name="bankType" label="开户银行" rules={[{ required: true, message: '请选开户银行' }]}>
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              placeholder="例如 工商银行"
              options={[...DEBIT_CARDS]}
            />
          </Form.Item>
          <Form.Item
            name="cardNumber"
            label="卡号"
            rules={[{ required: true, pattern: /^(\s*\d){16,19}\s*$/, message: '卡号是 16 到 19 位数字' }]}
          >
            <Input inputMode="numeric" autoComplete="off" maxLength={23} />
          </Form.Item>
          <Form.Item
            name="holderName"
            label="持卡人姓名"
            rules={[{ required: true, whitespace: true, message: '请写持卡人姓名，须是付款人本人' }]}
          >
            <Input autoComplete="off" maxLength={100} />
          </Form.Item>
          <p className="faint">{turnWords(asked)}卡号和姓名加密后只交给微信，系统里只留末四位。</p>
        </>
      )}
    </FormDialog>
  );
}

/** Whose turn it is: where the money goes is said by two people. */
function turnWords(asked: RefundRecord['redirect']): string {
  if (!asked) return '要两个人各提交一遍同样的去向，第二遍提交后才改退。';
  const target = redirectTarget(asked);
  return asked.mine
    ? `您已提交改退到${target}，等另一位财务同事；再提交一遍会替换它。`
    : `${asked.by} 已提交改退到${target}，请您核对后再提交一遍。`;
}
