import { App, Button, Card, Form, Select } from 'antd';
import { useNavigate, useSearchParams } from 'react-router';
import type { CampaignDraft } from '../../../../shared/contract/campaigns';
import { useRead, useWrite } from '../../api/hooks';
import { Page } from '../../layout/page';
import { pathOf } from '../../layout/use-campaign';
import { Loaded } from '../../parts/loaded';
import { showRefused } from '../../parts/show-refused';
import { CampaignFields } from './campaign-fields';
import { BLANK_DRAFT, type CampaignForm, draftFrom, draftOf, formOf } from './draft';

/** A new campaign, filled in from an earlier one where there is one (?like=<id>). */
export default function NewCampaign() {
  const like = useSearchParams()[0].get('like');
  const campaigns = useRead('GET /api/console/campaigns', {});
  return (
    <main className="content centred-page">
      <Page title="新建批次" about="保存后是草稿，学生看不到；之后再导入时间安排表和名单。">
        <Card>
          <Loaded query={campaigns}>
            {({ campaigns: all }) => {
              const model = all.find(({ id }) => id === like);
              return <NewForm model={model ? startFrom(draftOf(model)) : BLANK_DRAFT} />;
            }}
          </Loaded>
        </Card>
      </Page>
    </main>
  );
}

/** Dates and announcement of another year would be wrong. */
const startFrom = (draft: CampaignDraft): CampaignDraft => ({
  ...draft,
  name: '',
  graduationYear: draft.graduationYear + 1,
  collectionDays: [],
  announced: false,
  bookingOpensAt: null,
  bookingClosesAt: null,
  makeUp: null,
});

function NewForm({ model }: { model: CampaignDraft }) {
  const [form] = Form.useForm();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const merchants = useRead('GET /api/console/merchants', {});
  const create = useWrite('POST /api/console/campaigns', {
    onDone(created) {
      message.success('已新建，接着导入时间安排表');
      navigate(pathOf(created.id, 'batch/timetable'));
    },
    onRefused: (error) => showRefused(form, error),
  });
  const save = () => {
    const filled: CampaignForm = form.getFieldsValue(true);
    create.mutate({ body: draftFrom(model, filled) });
  };
  return (
    <Loaded query={merchants}>
      {({ merchants: accounts }) => (
        <Form
          form={form}
          layout="vertical"
          scrollToFirstError
          initialValues={{ ...formOf(model), merchantId: model.merchantId || accounts[0]?.id }}
          onFinish={save}
        >
          <Form.Item name="merchantId" label="收款商户" rules={[{ required: true, message: '请选择' }]}>
            <Select
              options={accounts.map(({ id, name, mchid }) => ({ value: id, label: `${name}（${mchid}）` }))}
            />
          </Form.Item>
          <CampaignFields />
          <div className="row gap-above">
            <Button type="primary" htmlType="submit" loading={create.isPending}>
              保存草稿
            </Button>
            <Button onClick={() => navigate(-1)}>取消</Button>
          </div>
        </Form>
      )}
    </Loaded>
  );
}
