import { Card, Empty, Segmented, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { RefundPromiseLine } from '../../../../shared/contract/orders';
import { REFUND_PROMISES, type RefundPromise } from '../../../../shared/domain/refund-promise';
import { troubleWords } from '../../../../shared/domain/settlement-words';
import { usePages } from '../../api/use-pages';
import { useCampaign } from '../../layout/use-campaign';
import { Loaded } from '../../parts/loaded';
import { More } from '../../parts/more';
import { Pill } from '../../parts/pill';
import { StudentCell } from '../../parts/student-cell';
import { count, stamp, yuan } from '../../words/format';
import { REFUND_PROMISE_WORDS } from '../../words/money';

const PAGE = 50;
const EVERY_MS = 15_000;

/** Every refund of the campaign against the day that was promised to the student. */
export function RefundPromises() {
  const { id } = useCampaign();
  // 今天 leads to the ones that it counts.
  const [asked] = useSearchParams();
  const [show, setShow] = useState<RefundPromise>(
    REFUND_PROMISES.find((promise) => promise === asked.get('refunds')) ?? 'overdue',
  );
  const pages = usePages(
    'GET /api/console/campaigns/:id/refund-promises',
    (start) => ({ params: { id }, query: { show, limit: PAGE, ...start } }),
    { every: EVERY_MS },
  );
  return (
    <Card
      title="退款承诺"
      extra={<span className="soft">答应学生：申请退款起 3 个工作日内到账，节假日与调休已算在内</span>}
      styles={{ body: { padding: 0 } }}
    >
      <Loaded query={pages}>
        {(data) => {
          const totals = data.pages[0]?.totals ?? [];
          return (
            <>
              <div className="toolbar">
                <Segmented
                  aria-label="退款承诺"
                  value={show}
                  onChange={setShow}
                  options={REFUND_PROMISES.map((value) => ({
                    value,
                    label: `${REFUND_PROMISE_WORDS[value].name} ${count(
                      totals.find(({ promise }) => promise === value)?.refunds ?? 0,
                    )}`,
                  }))}
                />
                <span className="fill" />
                <span className="number soft">
                  {yuan(totals.find(({ promise }) => promise === show)?.amountFen ?? 0)} 元
                </span>
              </div>
              <Table
                className="number"
                size="small"
                rowKey="refundNo"
                columns={COLUMNS}
                dataSource={data.pages.flatMap(({ lines }) => lines)}
                pagination={false}
                locale={{ emptyText: <Empty description={REFUND_PROMISE_WORDS[show].none} /> }}
              />
              <More of={pages} size={PAGE} />
            </>
          );
        }}
      </Loaded>
    </Card>
  );
}

const COLUMNS: TableColumnsType<RefundPromiseLine> = [
  {
    title: '学生',
    render: (_, { name, studentNo, college }) => (
      <StudentCell name={name} studentNo={studentNo} college={college} />
    ),
  },
  { title: '原因', width: 220, render: (_, { reason }) => reason },
  { title: '申请', width: 160, render: (_, { requestedAt }) => stamp(requestedAt) },
  { title: '答应到账', width: 130, render: (_, { dueDay }) => dueDay },
  {
    title: '情况',
    width: 230,
    render: (_, { promise, arrivedAt, trouble }) => (
      <span className="row tight">
        <Pill tone={REFUND_PROMISE_WORDS[promise].tone}>{REFUND_PROMISE_WORDS[promise].name}</Pill>
        {arrivedAt && stamp(arrivedAt)}
        {!arrivedAt && trouble && <span className="faint">{troubleWords(trouble)}</span>}
      </span>
    ),
  },
  { title: '金额（元）', width: 110, align: 'right', render: (_, { amountFen }) => yuan(amountFen) },
];
