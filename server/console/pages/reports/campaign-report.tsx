import { Card, Empty, Table, type TableColumnsType } from 'antd';
import type { CampaignLine } from '../../../../shared/contract/reports';
import { NOBODYS } from '../../../../shared/domain/finance-words';
import { sumFen } from '../../../../shared/domain/money';
import { useRead } from '../../api/hooks';
import { groupBy } from '../../parts/group-by';
import { Loaded } from '../../parts/loaded';
import { count, yuan } from '../../words/format';
import { useAsked } from './asked';
import { Export } from './export';

/** 批次结算: what was photographed and paid, and what is left of it by fee item, college by college. */
export function CampaignReport() {
  const { merchantId, campaignId } = useAsked();
  const report = useRead('GET /api/console/merchants/:merchantId/reports/campaigns', {
    params: { merchantId },
    query: campaignId === '' ? {} : { campaignId },
  });
  return (
    <Loaded query={report} rows={8}>
      {({ lines }) => (
        <div className="stack">
          {lines.length === 0 && (
            <Card>
              <Empty description="这个商户还没有人预约" />
            </Card>
          )}
          {[...groupBy(lines, ({ campaignId: id }) => id)].map(([id, those]) => (
            <OneCampaign key={id} lines={those} />
          ))}
        </div>
      )}
    </Loaded>
  );
}

function OneCampaign({ lines }: { lines: readonly CampaignLine[] }) {
  const items = [...new Map(lines.flatMap((line) => line.items.map(({ code, name }) => [code, name])))];
  const sum = (of: (line: CampaignLine) => number) => sumFen(lines.map(of));
  const columns: TableColumnsType<CampaignLine> = [
    { title: '学院', render: (_, { college }) => college || NOBODYS },
    number('已拍', ({ shots }) => shots),
    number('已拍未付', ({ shotUnpaid }) => shotUnpaid),
    number('免缴', ({ shotWaived }) => shotWaived),
    number('已付未拍', ({ paidWithoutShot }) => paidWithoutShot),
    amount('收款', ({ receivedFen }) => receivedFen),
    amount('已退', ({ refundedFen }) => refundedFen),
    amount('在退', ({ refundingFen }) => refundingFen),
    amount('存疑', ({ asideFen }) => asideFen),
    ...items.map(([code, name]) => amount(`${name}净额`, (line) => netOf(line, code))),
  ];
  const totals = [
    count(sum(({ shots }) => shots)),
    count(sum(({ shotUnpaid }) => shotUnpaid)),
    count(sum(({ shotWaived }) => shotWaived)),
    count(sum(({ paidWithoutShot }) => paidWithoutShot)),
    yuan(sum(({ receivedFen }) => receivedFen)),
    yuan(sum(({ refundedFen }) => refundedFen)),
    yuan(sum(({ refundingFen }) => refundingFen)),
    yuan(sum(({ asideFen }) => asideFen)),
    ...items.map(([code]) => yuan(sum((line) => netOf(line, code)))),
  ];
  return (
    <Card
      title={lines[0]?.campaign ?? ''}
      extra={<Export report="campaigns" what="批次结算" />}
      styles={{ body: { padding: 0 } }}
    >
      <Table
        className="number whole-heads"
        size="small"
        rowKey="college"
        columns={columns}
        dataSource={[...lines]}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        summary={() => (
          <Table.Summary.Row className="total-row">
            <Table.Summary.Cell index={0}>合计</Table.Summary.Cell>
            {totals.map((cell, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the columns never change places
              <Table.Summary.Cell key={at} index={at + 1} align="right">
                {cell}
              </Table.Summary.Cell>
            ))}
          </Table.Summary.Row>
        )}
      />
    </Card>
  );
}

const netOf = (line: CampaignLine, code: string): number =>
  line.items.find((item) => item.code === code)?.netFen ?? 0;

const number = (title: string, of: (line: CampaignLine) => number) =>
  ({ title, align: 'right', render: (_: unknown, line: CampaignLine) => count(of(line)) }) as const;
const amount = (title: string, of: (line: CampaignLine) => number) =>
  ({ title, align: 'right', render: (_: unknown, line: CampaignLine) => yuan(of(line)) }) as const;
