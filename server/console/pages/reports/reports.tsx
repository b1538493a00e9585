import { Card, DatePicker, Segmented, Select } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useParams } from 'react-router';
import type { Basis } from '../../../../shared/contract/reports';
import { addDays, shanghaiDay } from '../../../../shared/domain/time';
import { useRead } from '../../api/hooks';
import type { AnswerOf } from '../../api/send';
import { useNow } from '../../demo/now';
import { Page } from '../../layout/page';
import { useCampaign } from '../../layout/use-campaign';
import { Loaded } from '../../parts/loaded';
import { PageTabs } from '../../parts/tabs';
import { type Asked, AskedContext } from './asked';
import { CampaignReport } from './campaign-report';
import { DayReport } from './day-report';
import { DifferenceReport } from './difference-report';
import { FeeReport } from './fee-report';
import { MonthReport } from './month-report';
import { OrderReport } from './order-report';
import { RefundReport } from './refund-report';

const LAST_DAYS = 30;

/** Every report of finance, with WeChat's footer beside ours. /…/reports/<report> */
export default function Reports() {
  const { id, merchantId } = useCampaign();
  const today = shanghaiDay(useNow());
  const [asked, setAsked] = useState<Asked>({
    merchantId,
    from: addDays(today, 1 - LAST_DAYS),
    to: today,
    by: 'payment',
    campaignId: '',
  });
  const { '*': report = '' } = useParams();
  const merchants = useRead('GET /api/console/merchants', {}).data?.merchants ?? [];
  return (
    <Page
      title="报表"
      about="我方合计旁边就是微信账单的合计，应当相差 0.00；导出的表格也一样"
      onPaper={paperWords(asked, merchants, report)}
    >
      <Toolbar asked={asked} onChange={setAsked} ownCampaign={id} report={report} />
      <AskedContext.Provider value={asked}>
        <PageTabs
          tabs={[
            { key: 'daily', label: '日汇总', view: <DayReport /> },
            { key: 'monthly', label: '月报', view: <MonthReport /> },
            { key: 'detail', label: '明细', view: <OrderReport /> },
            { key: 'refunds', label: '退款', view: <RefundReport /> },
            { key: 'differences', label: '差异', view: <DifferenceReport /> },
            { key: 'fees', label: '手续费', view: <FeeReport /> },
            { key: 'campaigns', label: '批次结算', view: <CampaignReport /> },
          ]}
        />
      </AskedContext.Provider>
    </Page>
  );
}

/** Reports of bills are of all campaigns and of payment days; the one of campaigns is of all days. */
const WITHOUT_CAMPAIGN = ['differences', 'fees'];
const WITHOUT_DAYS = ['campaigns'];

type Merchant = AnswerOf<'GET /api/console/merchants'>['merchants'][number];

function paperWords(asked: Asked, merchants: readonly Merchant[], report: string): string {
  const merchant = merchants.find(({ id }) => id === asked.merchantId);
  const isOfBills = WITHOUT_CAMPAIGN.includes(report);
  const hasDays = !WITHOUT_DAYS.includes(report);
  const words = [
    merchant && `${merchant.name}（${merchant.mchid}）`,
    hasDays && `${asked.from} 至 ${asked.to}`,
    hasDays && !isOfBills && (asked.by === 'shot' ? '按拍摄日' : '按付款日'),
    !isOfBills && (asked.campaignId === '' ? '全部批次' : '只看本批次'),
  ];
  return words.filter(Boolean).join(' · ');
}

function Toolbar({
  asked,
  onChange,
  ownCampaign,
  report,
}: {
  asked: Asked;
  onChange: (asked: Asked) => void;
  ownCampaign: string;
  report: string;
}) {
  const merchants = useRead('GET /api/console/merchants', {});
  const isOfBills = WITHOUT_CAMPAIGN.includes(report);
  return (
    <Card styles={{ body: { padding: 0 } }}>
      <Loaded query={merchants} rows={1}>
        {({ merchants: all }) => (
          <div className="toolbar">
            <Select
              aria-label="商户"
              className="merchant-choice"
              value={asked.merchantId}
              onChange={(merchantId) => onChange({ ...asked, merchantId })}
              options={all.map(({ id, name, mchid }) => ({ value: id, label: `${name}（${mchid}）` }))}
            />
            {!WITHOUT_DAYS.includes(report) && (
              <DatePicker.RangePicker
                aria-label="日期"
                allowClear={false}
                value={[dayjs(asked.from), dayjs(asked.to)]}
                onChange={(days) => {
                  const [from, to] = days ?? [];
                  if (from && to)
                    onChange({ ...asked, from: from.format('YYYY-MM-DD'), to: to.format('YYYY-MM-DD') });
                }}
              />
            )}
            {!isOfBills && !WITHOUT_DAYS.includes(report) && (
              <Segmented<Basis>
                aria-label="口径"
                value={asked.by}
                onChange={(by) => onChange({ ...asked, by })}
                options={[
                  { value: 'payment', label: '按付款日' },
                  { value: 'shot', label: '按拍摄日' },
                ]}
              />
            )}
            {!isOfBills && (
              <Select
                aria-label="哪些批次"
                className="which-campaigns"
                value={asked.campaignId}
                onChange={(campaignId) => onChange({ ...asked, campaignId })}
                options={[
                  { value: '', label: '全部批次' },
                  { value: ownCampaign, label: '只看本批次' },
                ]}
              />
            )}
          </div>
        )}
      </Loaded>
    </Card>
  );
}
