import { useMutation } from '@tanstack/react-query';
import { Alert, App, Button, Form, Input } from 'antd';
import type { ConsoleUser } from '../../../shared/contract/accounts';
import { session } from '../api/session';
import { Said, useComplain } from '../parts/complain';

interface Filled {
  current: string;
  next: string;
  again: string;
}

export function ChangePassword({ onDone }: { onDone: () => void }) {
  const { message } = App.useApp();
  const change = useMutation({
    mutationFn: ({ current, next }: Filled) => session.changePassword(current, next),
    onSuccess() {
      message.success('密码已修改，其他地方的登录已退出');
      onDone();
    },
  });
  return (
    <Form layout="vertical" requiredMark={false} onFinish={(filled: Filled) => change.mutate(filled)}>
      <Form.Item name="current" label="现在的密码" rules={[{ required: true, message: '请输入现在的密码' }]}>
        <Input.Password autoFocus autoComplete="current-password" />
      </Form.Item>
      <Form.Item
        name="next"
        label="新密码"
        extra="至少 10 个字符，不要包含账号"
        rules={[
          { required: true, message: '请输入新密码' },
          { min: 10, message: '至少 10 个字符' },
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="again"
        label="再输一次新密码"
        dependencies={['next']}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_, again: string | undefined) =>
              again === getFieldValue('next')
                ? Promise.resolve()
                : Promise.reject(new Error('两次输入的不一样')),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      {change.error && (
        <Alert className="gap-below" type="error" showIcon title={<Said error={change.error} />} />
      )}
      <Button type="primary" htmlType="submit" block loading={change.isPending}>
        修改密码
      </Button>
    </Form>
  );
}

/** In place of every page, until the password that the office gave is the person's own. */
export function MustChangePassword({ user }: { user: ConsoleUser }) {
  const complain = useComplain();
  return (
    <main className="must-change">
      <div className="sign-in-card">
        <h1>{user.name}，您好</h1>
        <p className="soft">您用的是教务处给的临时密码。先改成只有您知道的密码，再开始工作。</p>
        <ChangePassword onDone={() => undefined} />
        <Button type="link" onClick={() => void session.signOut().catch(complain)}>
          退出登录
        </Button>
      </div>
    </main>
  );
}
