import { App, Form, Input, Radio } from 'antd';
import { useState } from 'react';
import type { WorkDaysView } from '../../../../shared/contract/work-days';
import { useWrite } from '../../api/hooks';
import { DayField } from '../../parts/date-fields';
import { FormDialog } from '../../parts/form-dialog';
import { dayName } from '../../words/format';

type WorkDay = WorkDaysView['days'][number];

/** One day more, on the list as it was when the dialog opened: a colleague's change meanwhile is told, not overwritten. */
export function AddWorkDay({ view, onClose }: { view: WorkDaysView; onClose: () => void }) {
  const [{ version, days }] = useState(view);
  const [form] = Form.useForm<WorkDay>();
  const { message } = App.useApp();
  const save = useWrite('PUT /api/console/work-days', {
    onDone() {
      message.success('已保存，从现在起的承诺照此计算');
      onClose();
    },
    onRefused(error) {
      if (error.code === 'CHANGED_MEANWHILE') onClose();
      return false;
    },
  });
  const isNew = (_: unknown, day: string) =>
    days.some((other) => other.day === day)
      ? Promise.reject(new Error(`${dayName(day)} 已经有安排，要改请先删除`))
      : Promise.resolve();
  return (
    <FormDialog
      title="学校另有安排的一天"
      okText="保存"
      form={form}
      start={{ working: false }}
      isPending={save.isPending}
      onFinish={(day) =>
        save.mutate({ body: { version, days: [...days, { ...day, name: day.name.trim() }] } })
      }
      onClose={onClose}
    >
      <Form.Item
        name="day"
        label="日期"
        rules={[{ required: true, message: '请选日期' }, { validator: isNew }]}
      >
        <DayField />
      </Form.Item>
      <Form.Item name="working" label="安排">
        <Radio.Group
          optionType="button"
          options={[
            { value: false, label: '放假' },
            { value: true, label: '上班' },
          ]}
        />
      </Form.Item>
      <Form.Item
        name="name"
        label="说明"
        rules={[{ required: true, whitespace: true, message: '请写为什么，例如“校庆放假”' }]}
      >
        <Input maxLength={20} placeholder="例如：校庆放假" />
      </Form.Item>
    </FormDialog>
  );
}
