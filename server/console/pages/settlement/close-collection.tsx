import { Alert, App, Button } from 'antd';
import type { CampaignAdminView } from '../../../../shared/contract/campaigns';
import { collectionEnds } from '../../../../shared/domain/campaign-phase';
import { useWrite } from '../../api/hooks';
import { useNow } from '../../demo/now';
import { useMay } from '../../session/use-session';
import { count, stamp } from '../../words/format';

/** The point from which nobody is admitted any more. There is no way back. */
export function CloseCollection({ campaign }: { campaign: CampaignAdminView }) {
  const { modal, message } = App.useApp();
  const may = useMay();
  const now = useNow();
  const close = useWrite('POST /api/console/campaigns/:id/close-collection', {
    onDone: () => message.success('采集已结束'),
  });
  if (campaign.collectionClosedAt) {
    return <Alert type="success" showIcon title={`采集已于 ${stamp(campaign.collectionClosedAt)} 结束`} />;
  }
  const ends = collectionEnds(campaign);
  if (!ends || ends > now) {
    return (
      <Alert
        type="info"
        showIcon
        title={ends ? `采集到 ${stamp(ends)} 为止，之后才能结束采集` : '还没有设定采集日'}
        description="结束之前，下面的名单会随着签到和拍摄不断变化。"
      />
    );
  }
  const { booked, shot } = campaign.counts;
  const ask = () =>
    modal.confirm({
      title: '结束这个批次的采集？',
      content: (
        <>
          <p>
            已预约 {count(booked)} 人，已拍摄 {count(shot)} 人。
          </p>
          <p>结束后任何手机都不能再签到，也不能撤回。请先确认每台现场手机都已上传完离线记录。</p>
        </>
      ),
      okText: '结束采集',
      okButtonProps: { danger: true },
      onOk: () => close.mutateAsync({ params: { id: campaign.id }, body: { version: campaign.version } }),
    });
  const canClose = may('POST /api/console/campaigns/:id/close-collection');
  return (
    <Alert
      type="warning"
      showIcon
      title={canClose ? '采集时间已过，可以结束采集了' : '采集时间已过，等待教务处结束采集'}
      description="结束后，已付款而没有拍摄的学生列入待退款名单。"
      action={
        canClose && (
          <Button type="primary" danger loading={close.isPending} onClick={ask}>
            结束采集
          </Button>
        )
      }
    />
  );
}
