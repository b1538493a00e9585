import { Card } from 'antd';
import { call } from '../../api/call';
import { useRead } from '../../api/hooks';
import { Loaded } from '../../parts/loaded';
import { More } from '../../parts/more';
import { count, yuan } from '../../words/format';
import { useReportRequest } from './asked';
import { Export } from './export';
import { Footer } from './footer';
import { OrderTable } from './order-table';
import { PAGE, usePages } from './use-pages';

/** 明细: every paid order, the oldest first. */
export function OrderReport() {
  const { params, query } = useReportRequest();
  const key = 'GET /api/console/merchants/:merchantId/reports/orders';
  const pages = usePages([key, params, query], (page) => call(key, { params, query: { ...query, ...page } }));
  const summary = useRead('GET /api/console/merchants/:merchantId/reports/summary', { params, query });
  return (
    <div className="stack">
      <Card title="合计" extra={<Export report="detail" what="收退款明细" />}>
        <Loaded query={summary} rows={3}>
          {(data) => <Footer summary={data} />}
        </Loaded>
      </Card>
      <Loaded query={pages} rows={10}>
        {(data) => {
          const totals = data.pages[0]?.totals;
          return (
            <Card
              title="付过款的订单"
              extra={
                totals && (
                  <span className="soft number">
                    {count(totals.orders)} 笔，收款 {yuan(totals.receivedFen)} 元，已退{' '}
                    {yuan(totals.refundedFen)} 元，在退 {yuan(totals.refundingFen)} 元
                  </span>
                )
              }
              styles={{ body: { padding: 0 } }}
            >
              <OrderTable lines={data.pages.flatMap(({ lines }) => lines)} none="这些日子没有人付款" />
              <More of={pages} size={PAGE} />
            </Card>
          );
        }}
      </Loaded>
    </div>
  );
}
