import { Button, Form, Input } from 'antd';

const DIGITS = 6;

/** Six digits from a phone. One field, so that they can be pasted, and read out by a screen reader as one thing. */
export function CodeField({
  label,
  okText,
  code,
  isPending,
  onChange,
  onConfirm,
}: {
  label: string;
  okText: string;
  code: string;
  isPending: boolean;
  onChange: (code: string) => void;
  onConfirm: (code: string) => void;
}) {
  const isWhole = code.length === DIGITS;
  return (
    <Form layout="vertical" onFinish={() => isWhole && onConfirm(code)}>
      <Form.Item label={label} htmlFor="authenticator-code">
        <Input
          id="authenticator-code"
          className="code-field"
          size="large"
          autoFocus
          inputMode="numeric"
          autoComplete="one-time-code"
          placeholder="6 位数字"
          value={code}
          onChange={({ target }) => onChange(target.value.replace(/\D/g, '').slice(0, DIGITS))}
        />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={isPending} disabled={!isWhole}>
        {okText}
      </Button>
    </Form>
  );
}
