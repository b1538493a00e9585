import { Form, type FormInstance, Modal } from 'antd';
import type { ReactNode } from 'react';

interface FormDialogProps<Filled> {
  title: string;
  okText: string;
  form: FormInstance<Filled>;
  /** What the fields show at first. */
  start: { readonly [field in keyof Filled]?: unknown };
  isPending: boolean;
  onFinish: (filled: Filled) => void;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog that is one form: its button sends it, and so does Enter. Whoever opens it also closes it. */
export function FormDialog<Filled>({
  title,
  okText,
  form,
  start,
  isPending,
  onFinish,
  onClose,
  children,
}: FormDialogProps<Filled>) {
  return (
    <Modal
      open
      title={title}
      okText={okText}
      confirmLoading={isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" requiredMark={false} initialValues={start} onFinish={onFinish}>
        {children}
      </Form>
    </Modal>
  );
}
