import { Form, Select } from 'antd';
import { useRead } from '../../api/hooks';

/** Whose account takes the money. */
export function MerchantField() {
  const { data, isPending } = useRead('GET /api/console/merchants', {});
  return (
    <Form.Item
      name="merchantId"
      label="收款商户"
      extra="学生付款收进这个微信支付商户"
      rules={[{ required: true, message: '请选择' }]}
    >
      <Select
        loading={isPending}
        options={(data?.merchants ?? []).map(({ id, name, mchid }) => ({
          value: id,
          label: `${name}（${mchid}）`,
        }))}
      />
    </Form.Item>
  );
}
