import { App, Button, Card, Divider, Form } from 'antd';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import type { CampaignDraft } from '../../../../shared/contract/campaigns';
import { useRead, useWrite } from '../../api/hooks';
import { Page } from '../../layout/page';
import { pathOf } from '../../layout/use-campaign';
import { Loaded } from '../../parts/loaded';
import { showRefused } from '../../parts/show-refused';
import { ContactFields, NameFields } from './campaign-fields';
import { BLANK_DRAFT, type CampaignForm, draftFrom, draftOf, formOf } from './draft';
import { MerchantField } from './merchant-field';
import { Rail } from './wizard/rail';
import { STEPS } from './wizard/steps';

/** A new campaign, filled in from an earlier one where there is one (?like=<id>). */
export default function NewCampaign() {
  const like = useSearchParams()[0].get('like');
  const campaigns = useRead('GET /api/console/campaigns', {});
  return (
    <main className="content centred-page">
      <Page title="新建批次" about="每一步都会保存，随时可以停下、换人接着做；开放预约之前，学生看不到。">
        <Rail steps={NOTHING_YET} current="school" addressOf={() => null} />
        <Card className="step-form">
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

const NOTHING_YET = STEPS.map((step) => ({ ...step, state: 'todo' as const, says: '' }));

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
  const { key } = useLocation();
  // Opened by its address, there is nothing to go back to.
  const leave = () => (key === 'default' ? navigate('/') : navigate(-1));
  const merchants = useRead('GET /api/console/merchants', {});
  const create = useWrite('POST /api/console/campaigns', {
    onDone(created) {
      message.success('已新建');
      navigate(pathOf(created.id, `batch/${STEPS[1].key}`));
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
          <MerchantField />
          <NameFields />
          <Divider titlePlacement="start">联系电话</Divider>
          <ContactFields />
          <div className="row gap-above">
            <Button type="primary" size="large" htmlType="submit" loading={create.isPending}>
              保存，下一步：{STEPS[1].title}
            </Button>
            <Button onClick={leave}>取消</Button>
          </div>
        </Form>
      )}
    </Loaded>
  );
}
