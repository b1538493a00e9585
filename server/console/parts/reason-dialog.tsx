import { Form, Input, Modal, Tag } from 'antd';
import { type ReactNode, useState } from 'react';

/** Asks for the reason of something that cannot be taken back quietly, and says what will follow. */
export function ReasonDialog({
  title,
  consequence,
  suggestions,
  okText,
  isDangerous = false,
  canConfirm = true,
  isPending,
  longest = 100,
  readBy = '会记入这名学生的经过',
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
  /** False while something else that the dialog asks for is missing. */
  canConfirm?: boolean;
  isPending: boolean;
  /** Characters. */
  longest?: number;
  /** Who will read the reason. */
  readBy?: string;
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
      okButtonProps={{ danger: isDangerous, disabled: !canConfirm }}
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
          <Input maxLength={longest} autoFocus placeholder={readBy} />
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
