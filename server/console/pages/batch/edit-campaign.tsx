import { App, Button, Drawer, Form } from 'antd';
import { useState } from 'react';
import type { CampaignAdminView } from '../../../../shared/contract/campaigns';
import { useWrite } from '../../api/hooks';
import { showRefused } from '../../parts/show-refused';
import { CampaignFields } from './campaign-fields';
import { type CampaignForm, draftFrom, draftOf, formOf } from './draft';

/** Edits the campaign as it was when the drawer opened: a change by somebody else meanwhile is told, not overwritten. */
export function EditCampaign({ campaign, onClose }: { campaign: CampaignAdminView; onClose: () => void }) {
  const [seen] = useState(campaign);
  const [form] = Form.useForm();
  const { message, modal } = App.useApp();
  const save = useWrite('PUT /api/console/campaigns/:id', {
    onDone() {
      message.success('已保存');
      onClose();
    },
    onRefused: (error) => showRefused(form, error, 'draft'),
  });
  const finish = () => {
    // The whole store: what has no field of its own (the codes of the fees) belongs to the draft too.
    const filled: CampaignForm = form.getFieldsValue(true);
    save.mutate({
      params: { id: seen.id },
      body: { version: seen.version, draft: draftFrom(draftOf(seen), filled) },
    });
  };
  const leave = () => {
    if (!form.isFieldsTouched()) return onClose();
    modal.confirm({
      title: '不保存就离开？',
      content: '刚才的修改会丢失。',
      okText: '不保存',
      onOk: onClose,
    });
  };
  return (
    <Drawer
      open
      title="修改批次信息"
      size={760}
      onClose={leave}
      extra={
        <Button type="primary" loading={save.isPending} onClick={() => form.submit()}>
          保存
        </Button>
      }
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={formOf(draftOf(seen))}
        onFinish={finish}
        scrollToFirstError
      >
        <CampaignFields />
      </Form>
    </Drawer>
  );
}
