import { App, Button, Card, Form } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import type { CampaignAdminView } from '../../../../../shared/contract/campaigns';
import { useWrite } from '../../../api/hooks';
import { showRefused } from '../../../parts/show-refused';
import { type CampaignForm, draftFrom, draftOf, formOf } from '../draft';

type Field = keyof CampaignForm;

/**
 * A few fields of a campaign. Only these are sent as they stand here: what a colleague has changed elsewhere meanwhile is
 * kept, and a change of the same record is told before anything is written over it.
 */
export function StepForm({
  campaign,
  fields,
  start = {},
  nextTitle,
  onSaved,
  children,
}: {
  campaign: CampaignAdminView;
  fields: readonly Field[];
  /** Instead of what the campaign has */
  start?: Partial<CampaignForm>;
  nextTitle: string;
  onSaved: () => void;
  children: ReactNode;
}) {
  const [seen, setSeen] = useState(campaign);
  const [isStale, setIsStale] = useState(false);
  const [form] = Form.useForm<CampaignForm>();
  const { message } = App.useApp();
  const save = useWrite('PUT /api/console/campaigns/:id', {
    onDone() {
      message.success('已保存');
      onSaved();
    },
    onRefused(error) {
      if (error.code === 'CHANGED_MEANWHILE') setIsStale(true);
      return showRefused(form, error, 'draft');
    },
  });
  useEffect(() => {
    if (!isStale || campaign.version === seen.version) return;
    // What was typed here stays; the rest is shown as the colleague left it.
    const latest = formOf(draftOf(campaign));
    for (const field of fields) if (!form.isFieldTouched(field)) form.setFieldValue(field, latest[field]);
    setSeen(campaign);
    setIsStale(false);
  }, [isStale, campaign, seen, fields, form]);
  const finish = () => {
    // The whole store: what has no field of its own (the codes of the fees) belongs to the draft too.
    const filled: CampaignForm = form.getFieldsValue(true);
    const own = Object.fromEntries(fields.map((field) => [field, filled[field]]));
    const draft = draftOf(seen);
    save.mutate({
      params: { id: seen.id },
      body: { version: seen.version, draft: draftFrom(draft, { ...formOf(draft), ...own }) },
    });
  };
  return (
    <Card className="step-form">
      <Form
        form={form}
        layout="vertical"
        initialValues={{ ...formOf(draftOf(seen)), ...start }}
        onFinish={finish}
        scrollToFirstError
      >
        {children}
        <div className="row gap-above">
          <Button type="primary" size="large" htmlType="submit" loading={save.isPending}>
            保存，下一步：{nextTitle}
          </Button>
        </div>
      </Form>
    </Card>
  );
}
