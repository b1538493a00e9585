import { Card } from 'antd';
import { usePages } from '../../api/use-pages';
import { Loaded } from '../../parts/loaded';
import { More } from '../../parts/more';
import { count, yuan } from '../../words/format';
import { useReportRequest } from './asked';
import { OrderTable } from './order-table';
import { Totals } from './totals';

const PAGE = 50;

/** 明细: every paid order, the oldest first. */
export function OrderReport() {
  const { params, query } = useReportRequest();
  const pages = usePages('GET /api/console/merchants/:merchantId/reports/orders', (start) => ({
    params,
    query: { ...query, limit: PAGE, ...start },
  }));
  return (
    <div className="stack">
      <Totals of={{ params, query }} report="detail" what="收退款明细" />
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
