import { Card, Empty, Table, type TableColumnsType } from 'antd';
import type { FeeDay } from '../../../../shared/contract/reports';
import { sumFen } from '../../../../shared/domain/money';
import { useRead } from '../../api/hooks';
import { Bars } from '../../parts/bars';
import { Loaded } from '../../parts/loaded';
import { count, dayName, yuan } from '../../words/format';
import { useBillRequest } from './asked';
import { Export } from './export';

/** 手续费: only the bill knows it; what its own rates make of its amounts stands beside it. */
export function FeeReport() {
  const fees = useRead('GET /api/console/merchants/:merchantId/reports/fees', useBillRequest(), {
    keepLast: true,
  });
  return (
    <Loaded query={fees} rows={8}>
      {({ days }) => (
        <Card title="手续费" extra={<Export report="fees" what="手续费" />}>
          {days.length === 0 ? (
            <Empty description="这些日子还没有微信账单，手续费以账单为准" />
          ) : (
            <div className="stack">
              <Bars
                label="每天收取和退还的手续费"
                up="收取"
                down="退还"
                bars={days.map(({ day, chargedFen, returnedFen }) => ({
                  name: day.slice(5),
                  up: chargedFen,
                  down: returnedFen,
                  amount: yuan(chargedFen),
                  words: `${dayName(day)}：收取 ${yuan(chargedFen)} 元，退还 ${yuan(returnedFen)} 元`,
                }))}
              />
              <Table
                className="number"
                size="small"
                rowKey="day"
                columns={COLUMNS}
                dataSource={[...days].reverse()}
                pagination={{ pageSize: 31, hideOnSinglePage: true, showSizeChanger: false }}
                summary={() => <Total days={days} />}
              />
            </div>
          )}
        </Card>
      )}
    </Loaded>
  );
}

const offOf = ({ footerFen, expectedFen }: Pick<FeeDay, 'footerFen' | 'expectedFen'>) =>
  footerFen - expectedFen;

const amount = (title: string, of: (day: FeeDay) => number) =>
  ({ title, align: 'right', render: (_: unknown, day: FeeDay) => yuan(of(day)) }) as const;

const COLUMNS: TableColumnsType<FeeDay> = [
  { title: '账单日', width: 130, render: (_, { day }) => dayName(day) },
  { title: '收款', width: 70, align: 'right', render: (_, { payments }) => count(payments) },
  amount('应结金额', ({ settledFen }) => settledFen),
  amount('收取', ({ chargedFen }) => chargedFen),
  { title: '退款', width: 70, align: 'right', render: (_, { refunds }) => count(refunds) },
  amount('退还', ({ returnedFen }) => returnedFen),
  amount('按费率应为', ({ expectedFen }) => expectedFen),
  amount('微信合计', ({ footerFen }) => footerFen),
  {
    title: '相差',
    align: 'right',
    render: (_, day) => <span className={offOf(day) === 0 ? 'good' : 'bad'}>{yuan(offOf(day))}</span>,
  },
  { title: '费率', width: 110, align: 'right', render: (_, { rates }) => rates.join('、') },
];

function Total({ days }: { days: readonly FeeDay[] }) {
  const sum = (of: (day: FeeDay) => number) => sumFen(days.map(of));
  const [footerFen, expectedFen] = [sum((day) => day.footerFen), sum((day) => day.expectedFen)];
  const cells = [
    count(sum(({ payments }) => payments)),
    yuan(sum(({ settledFen }) => settledFen)),
    yuan(sum(({ chargedFen }) => chargedFen)),
    count(sum(({ refunds }) => refunds)),
    yuan(sum(({ returnedFen }) => returnedFen)),
    yuan(expectedFen),
    yuan(footerFen),
  ];
  const off = offOf({ footerFen, expectedFen });
  return (
    <Table.Summary.Row className="total-row">
      <Table.Summary.Cell index={0}>合计</Table.Summary.Cell>
      {cells.map((cell, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the columns never change places
        <Table.Summary.Cell key={at} index={at + 1} align="right">
          {cell}
        </Table.Summary.Cell>
      ))}
      <Table.Summary.Cell index={8} align="right">
        <span className={off === 0 ? 'good' : 'bad'}>{yuan(off)}</span>
      </Table.Summary.Cell>
      <Table.Summary.Cell index={9} />
    </Table.Summary.Row>
  );
}
