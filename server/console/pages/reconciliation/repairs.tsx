import { Alert, App, Button, Form, Input, Radio } from 'antd';
import { useState } from 'react';
import type { DifferenceView, RepairPreview } from '../../../../shared/contract/reconciliation';
import { useWrite } from '../../api/hooks';
import { useMay } from '../../session/use-session';
import { REPAIR_NAMES } from '../../words/differences';
import { yuan } from '../../words/format';

interface Filled {
  repair: RepairPreview['repair'];
  note: string;
  evidence?: string;
}

/** What can be done, each with what would come of it; one is chosen and handed to another person. */
export function Repairs({
  difference: { id, version },
  repairs,
}: {
  difference: DifferenceView;
  repairs: readonly RepairPreview[];
}) {
  const may = useMay();
  const { message } = App.useApp();
  const [seen] = useState(version);
  const [form] = Form.useForm<Filled>();
  const chosen = Form.useWatch('repair', form);
  const propose = useWrite('POST /api/console/differences/:id/propose', {
    onDone: () => message.success('已提交，等另一位财务同事复核；现在什么都还没有动'),
  });
  if (!may('POST /api/console/differences/:id/propose')) return null;
  const preview = repairs.find(({ repair }) => repair === chosen);
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={({ repair, note, evidence }) =>
        propose.mutate({
          params: { id },
          body: {
            version: seen,
            repair,
            note: note.trim(),
            ...(evidence?.trim() && { evidence: evidence.trim() }),
          },
        })
      }
    >
      <Form.Item name="repair" label="怎样处理" rules={[{ required: true, message: '请选一种办法' }]}>
        <Radio.Group optionType="button" buttonStyle="solid">
          {repairs.map(({ repair, refused }) => (
            <Radio.Button key={repair} value={repair} disabled={refused !== null}>
              {REPAIR_NAMES[repair]}
            </Radio.Button>
          ))}
        </Radio.Group>
      </Form.Item>
      <ul className="faint refusals">
        {repairs.map(
          ({ repair, refused }) =>
            refused !== null && (
              <li key={repair}>
                不能{REPAIR_NAMES[repair]}：{refused}
              </li>
            ),
        )}
      </ul>
      {preview && <Preview preview={preview} />}
      <Form.Item
        name="note"
        label="说明"
        rules={[{ required: true, whitespace: true, message: '请写明为什么这样处理' }]}
      >
        <Input maxLength={200} placeholder="核实了什么、为什么这样处理；退款时付款人会看到" />
      </Form.Item>
      <Form.Item name="evidence" label="依据（选填）">
        <Input maxLength={200} placeholder="例如：微信客服工单号、银行回单号、通话记录" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={propose.isPending} disabled={!preview}>
        提交复核
      </Button>
    </Form>
  );
}

/** What will happen, and what goes to the ledger. */
function Preview({ preview: { steps, entries } }: { preview: RepairPreview }) {
  return (
    <Alert
      className="gap-below"
      type="info"
      title="复核同意后会这样做"
      description={
        <>
          <ol className="steps-list">
            {steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          {entries.length > 0 && (
            <table className="plain-table entries number">
              <thead>
                <tr>
                  <th scope="col">分录</th>
                  <th scope="col">借</th>
                  <th scope="col">贷</th>
                </tr>
              </thead>
              <tbody>
                {entries.map(({ account, name, fen }) => (
                  <tr key={account}>
                    <th scope="row">{name}</th>
                    <td>{fen > 0 ? yuan(fen) : ''}</td>
                    <td>{fen < 0 ? yuan(-fen) : ''}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </>
      }
    />
  );
}
