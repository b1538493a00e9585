import { LockOutlined, UserOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { useRef } from 'react';
import { session } from '../api/session';
import { Said } from '../parts/complain';

interface Filled {
  login: string;
  password: string;
}

/** @param login given when only the password is asked for again */
export function SignInForm({ login, onDone }: { login?: string; onDone?: () => void }) {
  const [form] = Form.useForm<Filled>();
  const password = useRef<{ focus: () => void } | null>(null);
  const signIn = useMutation({
    mutationFn: (filled: Filled) => session.signIn(filled.login, filled.password),
    onSuccess: onDone,
    onError() {
      form.setFieldValue('password', '');
      password.current?.focus();
    },
  });
  return (
    <Form
      form={form}
      layout="vertical"
      size="large"
      requiredMark={false}
      initialValues={{ login: login ?? '' }}
      onFinish={(filled) => signIn.mutate(filled)}
    >
      <Form.Item
        name="login"
        label="账号"
        rules={[{ required: true, whitespace: true, message: '请输入账号' }]}
      >
        <Input
          prefix={<UserOutlined aria-hidden />}
          autoComplete="username"
          autoFocus={login === undefined}
          disabled={login !== undefined}
        />
      </Form.Item>
      <Form.Item name="password" label="密码" rules={[{ required: true, message: '请输入密码' }]}>
        <Input.Password
          ref={(input) => {
            password.current = input;
          }}
          prefix={<LockOutlined aria-hidden />}
          autoComplete="current-password"
          autoFocus={login !== undefined}
        />
      </Form.Item>
      {signIn.error && (
        <Alert className="gap-below" type="error" showIcon title={<Said error={signIn.error} />} />
      )}
      <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
        登录
      </Button>
    </Form>
  );
}
