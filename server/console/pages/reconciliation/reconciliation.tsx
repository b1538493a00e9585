import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Card, Empty, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useRead } from '../../api/hooks';
import type { AnswerOf } from '../../api/send';
import { useNow } from '../../demo/now';
import { Page } from '../../layout/page';
import { pathOf, useCampaign } from '../../layout/use-campaign';
import { Loaded } from '../../parts/loaded';
import { Calendar } from './calendar';
import { DayDetail } from './day-detail';
import { firstDay, lastDay, monthName, monthOf, shiftMonth } from './days';
import { WorkList } from './work-list';

const LIST = 'differences';
/** The service fetches bills by itself, and a colleague may be at a day: the page follows. */
const IDLE_POLL_MS = 30_000;
const BUSY_POLL_MS = 1_500;

/** The days of a merchant account, and one of them: ours beside WeChat's; or what is to be done of all days. */
export default function Reconciliation() {
  const campaign = useCampaign();
  const merchants = useRead('GET /api/console/merchants', {});
  const [chosen, setChosen] = useState(campaign.merchantId);
  const navigate = useNavigate();
  const { '*': shown = '' } = useParams();
  const isList = shown === LIST;
  return (
    <Loaded query={merchants}>
      {({ merchants: all }) => (
        <Page
          title="对账"
          about="微信的两份账单和我方记录双向逐笔核对；每天的账单次日 10 点后可以下载"
          onPaper={[nameOf(all, chosen), isList ? '差错清单' : shown].filter(Boolean).join(' · ')}
          actions={
            <>
              <Segmented
                aria-label="看法"
                value={isList ? LIST : ''}
                onChange={(value) => navigate(pathOf(campaign.id, `reconciliation/${value}`))}
                options={[
                  { value: '', label: '按天' },
                  { value: LIST, label: '差错清单' },
                ]}
              />
              <Select
                aria-label="商户"
                className="merchant-choice"
                value={chosen}
                onChange={setChosen}
                options={all.map(({ id }) => ({ value: id, label: nameOf(all, id) }))}
              />
            </>
          }
        >
          {isList ? (
            <WorkList key={chosen} merchantId={chosen} />
          ) : (
            <Month key={chosen} merchantId={chosen} />
          )}
        </Page>
      )}
    </Loaded>
  );
}

type Merchant = AnswerOf<'GET /api/console/merchants'>['merchants'][number];

function nameOf(merchants: readonly Merchant[], wanted: string): string {
  const merchant = merchants.find(({ id }) => id === wanted);
  return merchant ? `${merchant.name}（${merchant.mchid}）` : '';
}

function Month({ merchantId }: { merchantId: string }) {
  const campaign = useCampaign();
  const now = useNow();
  const navigate = useNavigate();
  const { '*': day = '' } = useParams();
  const [month, setMonth] = useState(() => (day === '' ? monthOf(now) : day.slice(0, 7)));
  const days = useRead(
    'GET /api/console/merchants/:merchantId/days',
    { params: { merchantId }, query: { from: firstDay(month), to: lastDay(month) } },
    { every: (last) => (last?.days.some(({ busy }) => busy) ? BUSY_POLL_MS : IDLE_POLL_MS) },
  );
  const choose = (next: string) => navigate(pathOf(campaign.id, `reconciliation/${next}`));
  return (
    <div className="reconciliation">
      <Card
        className={day === '' ? '' : 'no-print'}
        title={
          <span className="row">
            <Button
              type="text"
              icon={<LeftOutlined />}
              aria-label="上个月"
              onClick={() => setMonth(shiftMonth(month, -1))}
            />
            {monthName(month)}
            <Button
              type="text"
              icon={<RightOutlined />}
              aria-label="下个月"
              disabled={month >= monthOf(now)}
              onClick={() => setMonth(shiftMonth(month, 1))}
            />
          </span>
        }
      >
        <Loaded query={days} rows={8}>
          {({ days: known }) => <Calendar month={month} days={known} chosen={day} onChoose={choose} />}
        </Loaded>
      </Card>
      {day === '' ? (
        <Card>
          <Empty description="在日历上选一天，下载账单并核对" />
        </Card>
      ) : (
        <DayDetail
          key={day}
          merchantId={merchantId}
          day={day}
          record={days.data?.days.find((one) => one.day === day)}
        />
      )}
    </div>
  );
}
