import { PhoneOutlined } from '@ant-design/icons';
import { Alert, Button, Card, Form, Input } from 'antd';
import { useState } from 'react';
import { CALLER_FACTS, type CallerFacts } from '../../../../shared/contract/office';
import { useWrite } from '../../api/hooks';
import { Page } from '../../layout/page';
import { useCampaign } from '../../layout/use-campaign';
import { StudentDrawer } from '../students/student-drawer';

type Asked = Partial<Record<(typeof CALLER_FACTS)[number], string>>;

/** Somebody calls: two things that only they know, and then their file. */
export default function Caller() {
  const { id } = useCampaign();
  const [form] = Form.useForm<Asked>();
  const [opened, setOpened] = useState<string | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const asked = factsOf(Form.useWatch([], form) ?? {});
  const told = Object.keys(asked).length;
  const identify = useWrite('POST /api/console/campaigns/:id/identify-caller', {
    onDone({ studentId }) {
      setRefused(null);
      setOpened(studentId);
    },
    onRefused({ code, message }) {
      if (code !== 'CALLER_NOT_IDENTIFIED') return false;
      setRefused(message);
      return true;
    },
  });
  const hangUp = () => {
    setOpened(null);
    form.resetFields();
  };
  return (
    <Page title="来电" about="先请来电人说出两项，对上唯一的学生才打开资料；每次核对都记入审计">
      <Card className="narrow-card">
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          onValuesChange={() => setRefused(null)}
          onFinish={(typed) => identify.mutate({ params: { id }, body: factsOf(typed) })}
        >
          <div className="two-columns">
            <Form.Item name="studentNo" label="学号">
              <Input autoComplete="off" autoFocus maxLength={40} inputMode="numeric" />
            </Form.Item>
            <Form.Item name="className" label="班级">
              <Input autoComplete="off" maxLength={60} placeholder="例如 计算机科学与技术1901" />
            </Form.Item>
            <Form.Item
              name="documentEnd"
              label="证件号码后四位"
              rules={[{ pattern: /^\s*[0-9A-Za-z]{4}\s*$/, message: '后四位，末位可以是 X' }]}
            >
              <Input autoComplete="off" maxLength={4} />
            </Form.Item>
            <Form.Item
              name="orderNo"
              label="订单号，或后六位"
              rules={[{ pattern: /^\s*[0-9A-Za-z]{6,32}\s*$/, message: '至少后六位字母或数字' }]}
            >
              <Input autoComplete="off" maxLength={32} placeholder="小程序“我的订单”里" />
            </Form.Item>
          </div>
          {refused && <Alert className="gap-below" type="warning" showIcon title={refused} />}
          <Button
            type="primary"
            htmlType="submit"
            icon={<PhoneOutlined aria-hidden />}
            disabled={told < 2}
            loading={identify.isPending}
          >
            {told < 2 ? `还要 ${2 - told} 项` : '核对并打开资料'}
          </Button>
        </Form>
      </Card>
      {opened && <StudentDrawer studentId={opened} onClose={hangUp} />}
    </Page>
  );
}

/** What was typed, without the empty fields. */
const factsOf = (typed: Asked): CallerFacts =>
  Object.fromEntries(
    CALLER_FACTS.flatMap((name) => {
      const text = typed[name]?.trim();
      return text ? [[name, text] as const] : [];
    }),
  );
