import { Card, Empty, Table, type TableColumnsType } from 'antd';
import type { RefundLine } from '../../../../shared/contract/reports';
import { REFUND_STATE_NAMES } from '../../../../shared/domain/finance-words';
import { usePages } from '../../api/use-pages';
import { Loaded } from '../../parts/loaded';
import { More } from '../../parts/more';
import { Pill } from '../../parts/pill';
import { StudentCell } from '../../parts/student-cell';
import { count, stamp, yuan } from '../../words/format';
import { REFUND_PROMISE_WORDS } from '../../words/money';
import { useReportRequest } from './asked';
import { Totals } from './totals';

const PAGE = 50;

/** 退款: by the day WeChat took them, as its bill counts, with what each student was promised. */
export function RefundReport() {
  const { params, query } = useReportRequest();
  const pages = usePages('GET /api/console/merchants/:merchantId/reports/refunds', (start) => ({
    params,
    query: { ...query, limit: PAGE, ...start },
  }));
  return (
    <div className="stack">
      <Totals of={{ params, query }} report="refunds" what="退款" />
      <Loaded query={pages} rows={10}>
        {(data) => {
          const [first] = data.pages;
          return (
            <Card
              title="退款"
              extra={
                first && (
                  <span className="soft number">
                    微信已受理 {count(first.accepted.refunds)} 笔 {yuan(first.accepted.amountFen)} 元
                    {first.closed.refunds > 0 &&
                      `（其中已关闭 ${first.closed.refunds} 笔 ${yuan(first.closed.amountFen)} 元）`}
                    ；未受理 {count(first.waiting.refunds)} 笔 {yuan(first.waiting.amountFen)} 元
                  </span>
                )
              }
              styles={{ body: { padding: 0 } }}
            >
              <Table
                className="number"
                size="small"
                rowKey="refundNo"
                columns={COLUMNS}
                dataSource={data.pages.flatMap(({ lines }) => lines)}
                pagination={false}
                locale={{ emptyText: <Empty description="这些日子没有退款" /> }}
              />
              <More of={pages} size={PAGE} />
            </Card>
          );
        }}
      </Loaded>
    </div>
  );
}

const COLUMNS: TableColumnsType<RefundLine> = [
  {
    title: '学生',
    render: (_, { name, studentNo, college }) => (
      <StudentCell name={name} studentNo={studentNo} college={college} />
    ),
  },
  { title: '原因', width: 160, render: (_, { reason }) => reason },
  { title: '微信受理', width: 150, render: (_, { acceptedAt }) => stamp(acceptedAt) },
  { title: '答应到账', width: 120, render: (_, { dueDay }) => dueDay },
  {
    title: '情况',
    width: 250,
    render: (_, line) => (
      <span className="row tight">
        {line.promise ? (
          <Pill tone={REFUND_PROMISE_WORDS[line.promise].tone}>
            {REFUND_PROMISE_WORDS[line.promise].name}
          </Pill>
        ) : (
          <Pill tone="calm">已改用新单号</Pill>
        )}
        <span className="faint">
          {line.arrivedAt
            ? `${stamp(line.arrivedAt)}，${tookWords(line.workingDays)}`
            : REFUND_STATE_NAMES[line.state]}
        </span>
      </span>
    ),
  },
  { title: '金额（元）', width: 110, align: 'right', render: (_, { amountFen }) => yuan(amountFen) },
];

const tookWords = (workingDays: number): string =>
  workingDays === 0 ? '当天' : `第 ${workingDays} 个工作日`;
