import { ArrowRightOutlined } from '@ant-design/icons';
import { Button, Divider } from 'antd';
import { Navigate, useNavigate, useParams } from 'react-router';
import type { CampaignAdminView } from '../../../../../shared/contract/campaigns';
import { useRead } from '../../../api/hooks';
import { pathOf, useCampaign } from '../../../layout/use-campaign';
import { ImportTable } from '../../imports/import-table';
import { Matching } from '../../imports/matching';
import { NoticeCheck } from '../../imports/notice-check';
import { ContactFields, FeeFields, NameFields, PlaceFields, WindowFields } from '../campaign-fields';
import { BLANK_MAKE_UP } from '../draft';
import { MakeUpFields } from '../make-up-fields';
import { MerchantField } from '../merchant-field';
import { RulesFields } from '../rules-fields';
import { OpenStep } from './open-step';
import { Rail } from './rail';
import { StepForm } from './step-form';
import { after, isStep, nextOf, type Step, type StepKey, stepsOf } from './steps';

/** From an empty draft to an open campaign: one step after the other, and whoever comes back goes on where it stopped. */
export function Wizard() {
  const campaign = useCampaign();
  const { '*': chosen = '' } = useParams();
  const notice = useRead('GET /api/console/campaigns/:id/notice-check', { params: { id: campaign.id } });
  if (notice.isPending) return null;
  const steps = stepsOf(campaign, notice.data ?? null);
  const addressOf = (key: StepKey) => pathOf(campaign.id, `batch/${key}`);
  if (!isStep(chosen)) return <Navigate to={addressOf(nextOf(steps))} replace />;
  return (
    <div className="stack">
      <Rail steps={steps} current={chosen} addressOf={addressOf} />
      <StepView key={chosen} step={chosen} campaign={campaign} steps={steps} />
    </div>
  );
}

interface Shown {
  step: StepKey;
  campaign: CampaignAdminView;
  steps: readonly Step[];
}

function StepView({ step, campaign, steps }: Shown) {
  const navigate = useNavigate();
  const next = after(step);
  const form = {
    campaign,
    nextTitle: next?.title ?? '',
    onSaved: () => navigate(pathOf(campaign.id, `batch/${next?.key ?? 'open'}`)),
  };
  switch (step) {
    case 'school':
      return (
        <StepForm {...form} fields={['merchantId', 'name', 'graduationYear', 'registryOffice', 'contacts']}>
          <MerchantField />
          <NameFields />
          <Divider titlePlacement="start">联系电话</Divider>
          <ContactFields />
        </StepForm>
      );
    case 'fees':
      return (
        <StepForm {...form} fields={['feeItems', 'feeBasis']}>
          <FeeFields />
        </StepForm>
      );
    case 'rooms':
      return (
        <StepForm {...form} fields={['place', 'rooms', 'collectionDays']}>
          <PlaceFields />
        </StepForm>
      );
    case 'rules':
      return (
        <StepForm {...form} fields={['rules']}>
          <RulesFields />
        </StepForm>
      );
    case 'window':
      return (
        <StepForm {...form} fields={['bookingOpensAt', 'bookingClosesAt', 'announced']}>
          <WindowFields />
        </StepForm>
      );
    case 'make-up':
      return (
        <StepForm {...form} fields={['makeUp']} start={{ makeUp: campaign.makeUp ?? BLANK_MAKE_UP }}>
          <MakeUpFields />
        </StepForm>
      );
    case 'open':
      return <OpenStep campaign={campaign} steps={steps} />;
    case 'timetable':
    case 'roster':
      return (
        <ImportTable kind={step}>
          <GoOn step={step} campaign={campaign} steps={steps} />
        </ImportTable>
      );
    case 'matching':
      return (
        <>
          <Matching />
          <GoOn step={step} campaign={campaign} steps={steps} />
        </>
      );
    case 'notice':
      return (
        <>
          <NoticeCheck />
          <GoOn step={step} campaign={campaign} steps={steps} />
        </>
      );
  }
}

/** A step that saves for itself is left by this button; offered once there is something to leave. */
function GoOn({ step, campaign, steps }: Shown) {
  const navigate = useNavigate();
  const next = after(step);
  const state = steps.find(({ key }) => key === step)?.state;
  if (!next || state === 'todo') return null;
  return (
    <div>
      <Button
        size="large"
        icon={<ArrowRightOutlined aria-hidden />}
        iconPlacement="end"
        onClick={() => navigate(pathOf(campaign.id, `batch/${next.key}`))}
      >
        下一步：{next.title}
      </Button>
    </div>
  );
}
