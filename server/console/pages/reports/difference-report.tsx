import { Card, Empty, Table, type TableColumnsType } from 'antd';
import { Link } from 'react-router';
import type { DifferenceLine } from '../../../../shared/contract/reports';
import { usePages } from '../../api/use-pages';
import { pathOf, useCampaign } from '../../layout/use-campaign';
import { Loaded } from '../../parts/loaded';
import { More } from '../../parts/more';
import { Pill } from '../../parts/pill';
import { DIFFERENCE_NAMES, DIFFERENCE_STATES, REPAIR_NAMES } from '../../words/differences';
import { dayName, yuan } from '../../words/format';
import { useBillRequest } from './asked';
import { Totals } from './totals';

const PAGE = 50;

/** 差异: of the days, with how each was settled and by whom. */
export function DifferenceReport() {
  const { params, query } = useBillRequest();
  const { id } = useCampaign();
  const pages = usePages('GET /api/console/merchants/:merchantId/reports/differences', (start) => ({
    params,
    query: { ...query, limit: PAGE, ...start },
  }));
  return (
    <div className="stack">
      <Totals of={{ params, query }} report="differences" what="差异" />
      <Loaded query={pages} rows={8}>
        {(data) => (
          <>
            <ByType types={data.pages[0]?.types ?? []} />
            <Card title="逐条" styles={{ body: { padding: 0 } }}>
              <Table
                className="number"
                size="small"
                rowKey="id"
                columns={columns(id)}
                dataSource={data.pages.flatMap(({ lines }) => lines)}
                pagination={false}
                locale={{ emptyText: <Empty description="这些日子没有差异" /> }}
              />
              <More of={pages} size={PAGE} />
            </Card>
          </>
        )}
      </Loaded>
    </div>
  );
}

function ByType({
  types,
}: {
  types: readonly { type: DifferenceLine['type']; all: number; unsettled: number; unsettledFen: number }[];
}) {
  if (types.length === 0) return null;
  return (
    <Card title="按类型">
      <table className="side-by-side number">
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">类型</span>
            </th>
            <th scope="col">共</th>
            <th scope="col">未平</th>
            <th scope="col">未平金额</th>
          </tr>
        </thead>
        <tbody>
          {types.map(({ type, all, unsettled, unsettledFen }) => (
            <tr key={type}>
              <th scope="row">{DIFFERENCE_NAMES[type]}</th>
              <td>{all}</td>
              <td className={unsettled === 0 ? 'good' : 'bad'}>{unsettled}</td>
              <td className={unsettledFen === 0 ? 'good' : 'bad'}>{yuan(unsettledFen)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

const amount = (fen: number | null): string => (fen === null ? '—' : yuan(fen));

const columns = (campaignId: string): TableColumnsType<DifferenceLine> => [
  {
    title: '账单日',
    width: 130,
    render: (_, { day }) => <Link to={pathOf(campaignId, `reconciliation/${day}`)}>{dayName(day)}</Link>,
  },
  {
    title: '差异',
    render: (_, { type, explanation }) => (
      <>
        <strong>{DIFFERENCE_NAMES[type]}</strong>
        <div>{explanation}</div>
      </>
    ),
  },
  { title: '我方', width: 90, align: 'right', render: (_, { oursFen }) => amount(oursFen) },
  { title: '微信', width: 90, align: 'right', render: (_, { theirsFen }) => amount(theirsFen) },
  {
    title: '怎样平的',
    width: 300,
    render: (_, { status, repair, by, approvedBy, result }) => (
      <>
        <Pill tone={DIFFERENCE_STATES[status].tone}>{DIFFERENCE_STATES[status].name}</Pill>
        {repair && ` ${REPAIR_NAMES[repair]}`}
        {result && <div className="soft">{result}</div>}
        {by && (
          <div className="faint">
            {by} 经办{approvedBy && `，${approvedBy} 复核`}
          </div>
        )}
      </>
    ),
  },
];
