import { Form, Input, Modal, Tag } from 'antd';
import { type ReactNode, useState } from 'react';

/** Asks for the reason of something that cannot be taken back quietly, and says what will follow. */
export function ReasonDialog({
  title,
  consequence,
  suggestions,
  okText,
  isDangerous = false,
  isPending,
  children,
  onConfirm,
  onClose,
}: {
  title: string;
  consequence: ReactNode;
  /** Reasons that are given often; one click fills them in. */
  suggestions: readonly string[];
  okText: string;
  isDangerous?: boolean;
  isPending: boolean;
  children?: ReactNode;
  onConfirm: (reason: string) => void;
  onClose: () => void;
}) {
  const [form] = Form.useForm<{ reason: string }>();
  const [reason, setReason] = useState('');
  return (
    <Modal
      open
      title={title}
      okText={okText}
      okButtonProps={{ danger: isDangerous }}
      confirmLoading={isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <p className="soft">{consequence}</p>
      {children}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onValuesChange={(_, all) => setReason(all.reason ?? '')}
        onFinish={(filled) => onConfirm(filled.reason.trim())}
      >
        <Form.Item
          name="reason"
          label="原因"
          rules={[{ required: true, whitespace: true, message: '请写明原因，会记入经过' }]}
        >
          <Input maxLength={100} autoFocus placeholder="会记入这名学生的经过" />
        </Form.Item>
        <div className="suggestions">
          {suggestions.map((suggestion) => (
            <Tag.CheckableTag
              key={suggestion}
              checked={reason === suggestion}
              onChange={() => {
                form.setFieldsValue({ reason: suggestion });
                setReason(suggestion);
              }}
            >
              {suggestion}
            </Tag.CheckableTag>
          ))}
        </div>
      </Form>
    </Modal>
  );
}
