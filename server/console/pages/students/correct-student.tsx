import { App, Form, Input, Select } from 'antd';
import { useState } from 'react';
import type { StudentFile } from '../../../../shared/contract/office';
import { CORRECTABLE } from '../../../../shared/contract/verification';
import { TRAINING_LABELS } from '../../../../shared/domain/majors';
import { GRADUATION_LABELS } from '../../../../shared/domain/roster-row';
import { useWrite } from '../../api/hooks';
import { FormDialog } from '../../parts/form-dialog';
import { showRefused } from '../../parts/show-refused';
import { FIELD_NAMES } from '../../words/standings';

type Field = (typeof CORRECTABLE)[number];

interface Filled {
  field: Field;
  value: string;
  again?: string;
  reason: string;
}

/** Corrects one field, before the shot. A document number is typed twice. */
export function CorrectStudent({ file, onClose }: { file: StudentFile; onClose: () => void }) {
  const { message } = App.useApp();
  const [{ student }] = useState(file);
  const [form] = Form.useForm<Filled>();
  const field = Form.useWatch('field', form) ?? 'name';
  const correct = useWrite('POST /api/onsite/students/:id/correct', {
    onDone() {
      message.success(`${FIELD_NAMES[field]}已更正`);
      onClose();
    },
    onRefused(error) {
      if (error.code === 'CHANGED_MEANWHILE') onClose();
      if (error.code === 'DOCUMENT_INVALID') {
        form.setFields([{ name: 'value', errors: [error.message] }]);
        return true;
      }
      return showRefused(form, error);
    },
  });
  const isDocument = field === 'documentNumber';
  const choices = CHOICES[field];
  return (
    <FormDialog
      title={`更正 ${student.name} 的信息`}
      okText="更正"
      form={form}
      start={{ field: 'name' }}
      isPending={correct.isPending}
      onFinish={({ value, reason }) =>
        correct.mutate({
          params: { id: student.id },
          body: { version: student.version, field, value, reason, confirmed: isDocument },
        })
      }
      onClose={onClose}
    >
      <Form.Item name="field" label="哪一项">
        <Select
          options={CORRECTABLE.map((one) => ({ value: one, label: FIELD_NAMES[one] }))}
          onChange={() => form.resetFields(['value', 'again'])}
        />
      </Form.Item>
      <Form.Item
        name="value"
        label={`改为（现在是“${currentOf(file, field)}”）`}
        rules={[{ required: true, whitespace: true, message: '请填写新的内容' }]}
      >
        {choices ? (
          <Select options={choices.map((value) => ({ value, label: value }))} placeholder="请选择" />
        ) : (
          <Input maxLength={60} autoFocus />
        )}
      </Form.Item>
      {isDocument && (
        <Form.Item
          name="again"
          label="再输一次证件号码"
          dependencies={['value']}
          rules={[
            ({ getFieldValue }) => ({
              validator: (_, again: string | undefined) =>
                again === getFieldValue('value')
                  ? Promise.resolve()
                  : Promise.reject(new Error('两次输入的不一样')),
            }),
          ]}
        >
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
      )}
      <Form.Item
        name="reason"
        label="依据"
        extra="例如“身份证原件”“学籍科来电”，会记入经过"
        rules={[{ required: true, whitespace: true, message: '请写明依据' }]}
      >
        <Input maxLength={200} />
      </Form.Item>
    </FormDialog>
  );
}

/** Fields that have only so many values. */
const CHOICES: Partial<Record<Field, readonly string[]>> = {
  training: Object.values(TRAINING_LABELS),
  graduationType: Object.values(GRADUATION_LABELS),
};

function currentOf({ student }: StudentFile, field: Field): string {
  if (field === 'documentNumber') return student.documentMasked ?? '未提供';
  if (field === 'training') return TRAINING_LABELS[student.training];
  if (field === 'graduationType') return GRADUATION_LABELS[student.graduationType];
  return student[field] || '空';
}
