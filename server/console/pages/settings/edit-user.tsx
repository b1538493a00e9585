import { App, Form, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { GIVEN_ROLES, type UserView } from '../../../../shared/contract/accounts';
import { useRead, useWrite } from '../../api/hooks';
import { useCampaign } from '../../layout/use-campaign';
import { FormDialog } from '../../parts/form-dialog';
import { showRefused } from '../../parts/show-refused';
import { useUser } from '../../session/use-session';
import { ROLE_NAMES } from '../../words/labels';

type GivenRole = (typeof GIVEN_ROLES)[number];

interface Filled {
  login: string;
  name: string;
  role: GivenRole;
  colleges?: string[];
}

const ROLE_HINTS: Readonly<Record<GivenRole, string>> = {
  office: '全部数据，导入、开放、待办、账号',
  college: '只看自己学院的学生和进度',
  support: '接电话：查学生、改时段、取消、更正、审核证件',
  finance: '订单、统一退款、对账、免缴审批',
  auditor: '只看，不改：名单、审计、账单',
};

/** @param user null for a new one */
export function EditUser({
  user,
  onGiven,
  onClose,
}: {
  user: UserView | null;
  onGiven: (given: { user: UserView; password: string }) => void;
  onClose: () => void;
}) {
  const { id } = useCampaign();
  const me = useUser();
  const { message } = App.useApp();
  const [seen] = useState(user);
  const [form] = Form.useForm<Filled>();
  const role = Form.useWatch('role', form);
  const colleges =
    useRead('POST /api/console/campaigns/:id/find-students', { params: { id }, body: { size: 1 } }).data
      ?.colleges ?? [];
  const add = useWrite('POST /api/console/users', {
    onDone(given) {
      onClose();
      onGiven(given);
    },
    onRefused(error) {
      if (error.code !== 'LOGIN_TAKEN') return showRefused(form, error);
      form.setFields([{ name: 'login', errors: [error.message] }]);
      return true;
    },
  });
  const change = useWrite('PUT /api/console/users/:id', {
    onDone({ name }) {
      message.success(`“${name}”已修改，对方需要重新登录`);
      onClose();
    },
    onRefused(error) {
      if (error.code === 'CHANGED_MEANWHILE') onClose();
      return showRefused(form, error);
    },
  });
  const save = ({ login, name, role: given, colleges: chosen = [] }: Filled) => {
    const facts = { name, role: given, colleges: given === 'college' ? chosen : [] };
    if (seen) change.mutate({ params: { id: seen.id }, body: { version: seen.version, ...facts } });
    else add.mutate({ body: { login, ...facts } });
  };
  return (
    <FormDialog
      title={seen ? `修改“${seen.name}”` : '开通账号'}
      okText={seen ? '保存' : '开通'}
      form={form}
      start={seen ?? { role: 'college', colleges: [] }}
      isPending={add.isPending || change.isPending}
      onFinish={save}
      onClose={onClose}
    >
      <Form.Item
        name="login"
        label="账号"
        extra={seen ? undefined : '3 到 30 个小写字母、数字或 . _ -，例如工号'}
        rules={[
          { required: true, message: '请填写账号' },
          { pattern: /^[A-Za-z0-9][A-Za-z0-9._-]{2,29}$/, message: '3 到 30 个字母、数字或 . _ -' },
        ]}
      >
        <Input disabled={seen !== null} autoFocus={seen === null} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="name"
        label="姓名"
        extra="会写在审计和审批里，例如“财务处王会计”"
        rules={[{ required: true, whitespace: true, message: '请填写姓名' }]}
      >
        <Input maxLength={30} />
      </Form.Item>
      <Form.Item name="role" label="角色">
        <Radio.Group
          className="role-choice"
          disabled={seen?.id === me.id}
          options={GIVEN_ROLES.map((one) => ({
            value: one,
            label: (
              <>
                {ROLE_NAMES[one]} <span className="faint">{ROLE_HINTS[one]}</span>
              </>
            ),
          }))}
        />
      </Form.Item>
      {role === 'college' && (
        <Form.Item
          name="colleges"
          label="负责的学院"
          rules={[{ required: true, type: 'array', min: 1, message: '至少选一个学院' }]}
        >
          <Select mode="tags" options={colleges.map((name) => ({ value: name, label: name }))} />
        </Form.Item>
      )}
    </FormDialog>
  );
}
