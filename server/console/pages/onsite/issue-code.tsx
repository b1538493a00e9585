import { CheckCircleFilled } from '@ant-design/icons';
import { Button, Checkbox, Form, Input, Modal, QRCode, Typography } from 'antd';
import type { DeviceView } from '../../../../shared/contract/accounts';
import { useWrite } from '../../api/hooks';
import type { AnswerOf } from '../../api/send';
import { useCampaign } from '../../layout/use-campaign';
import { FormDialog } from '../../parts/form-dialog';
import { showRefused } from '../../parts/show-refused';
import { stamp } from '../../words/format';

type Issued = AnswerOf<'POST /api/console/campaigns/:id/devices'>;

interface Filled {
  label: string;
  rooms?: string[];
}

/** Names a phone, then shows its code until the phone has taken it. */
export function IssueCode({ devices, onClose }: { devices: readonly DeviceView[]; onClose: () => void }) {
  const campaign = useCampaign();
  const [form] = Form.useForm();
  const issue = useWrite('POST /api/console/campaigns/:id/devices', {
    onRefused: (error) => showRefused(form, error),
  });
  const { data: issued } = issue;
  if (issued) {
    return (
      <Modal
        open
        title={`“${issued.device.label}”的登记码`}
        width={460}
        onCancel={onClose}
        footer={
          <>
            <Button onClick={issue.reset}>再发一个</Button>
            <Button type="primary" onClick={onClose}>
              完成
            </Button>
          </>
        }
      >
        <Code
          issued={issued}
          isTaken={devices.some(({ id, enrolledAt }) => id === issued.device.id && enrolledAt)}
        />
      </Modal>
    );
  }
  return (
    <FormDialog
      title="发一个登记码"
      okText="生成登记码"
      form={form}
      start={{ label: `${devices.length + 1} 号机` }}
      isPending={issue.isPending}
      onFinish={({ label, rooms = [] }: Filled) =>
        issue.mutate({ params: { id: campaign.id }, body: { label, rooms } })
      }
      onClose={onClose}
    >
      <Form.Item
        name="label"
        label="这台手机叫什么"
        extra="例如“C区202 签到一”，会写进每一条签到记录"
        rules={[{ required: true, whitespace: true, message: '请起个名字' }]}
      >
        <Input maxLength={30} autoFocus />
      </Form.Item>
      <Form.Item name="rooms" label="可签到的教室" extra="都不选就是全部教室">
        <Checkbox.Group options={campaign.rooms} />
      </Form.Item>
    </FormDialog>
  );
}

function Code({ issued: { code, expiresAt }, isTaken }: { issued: Issued; isTaken: boolean }) {
  if (isTaken) {
    return (
      <div className="code-card">
        <CheckCircleFilled className="good code-taken" aria-hidden />
        <p role="status">手机已登记，可以扫码了。</p>
      </div>
    );
  }
  return (
    <div className="code-card">
      <QRCode value={code} size={200} bordered={false} />
      <Typography.Text className="code" copyable={{ text: code, tooltips: ['复制', '已复制'] }}>
        {code.slice(0, 4)} {code.slice(4)}
      </Typography.Text>
      <p className="soft">
        在小程序的现场页扫这个码，或输入八位登记码。
        <br />
        只能用一次，{stamp(expiresAt)} 前有效；关掉后不再显示。
      </p>
    </div>
  );
}
