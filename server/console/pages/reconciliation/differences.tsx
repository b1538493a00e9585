import { Button, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { DifferenceView } from '../../../../shared/contract/reconciliation';
import { useRead } from '../../api/hooks';
import { Loaded } from '../../parts/loaded';
import { Pill } from '../../parts/pill';
import { DIFFERENCE_NAMES, DIFFERENCE_STATES, REPAIR_NAMES } from '../../words/differences';
import { yuan } from '../../words/format';
import { DifferenceFile } from './difference-file';

const EVERY_MS = 10_000;
const ORDER = { to_review: 0, open: 1, working: 2, carried: 3, settled: 4 } as const;

/** The differences of a day: what waits for somebody first, what is settled last. */
export function Differences({ merchantId, day }: { merchantId: string; day: string }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const found = useRead(
    'GET /api/console/merchants/:merchantId/days/:day/differences',
    { params: { merchantId, day } },
    { every: EVERY_MS },
  );
  return (
    <Loaded query={found}>
      {({ differences }) =>
        differences.length > 0 && (
          <>
            <Table
              size="small"
              rowKey="id"
              columns={workColumns(setChosen)}
              dataSource={[...differences].sort((a, b) => ORDER[a.status] - ORDER[b.status])}
              pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
            />
            {chosen !== null && <DifferenceFile id={chosen} onClose={() => setChosen(null)} />}
          </>
        )
      }
    </Loaded>
  );
}

const amount = (fen: number | null): string => (fen === null ? '—' : yuan(fen));

/** @param withDay for a list of more than one day: then there is room for who does what about it, too */
export const workColumns = (
  choose: (id: string) => void,
  withDay = false,
): TableColumnsType<DifferenceView> => [
  ...(withDay ? DAY : []),
  {
    title: '差错',
    render: (_, { type, explanation, orderNo, refundNo, transactionId, owner }) => (
      <>
        <strong>{DIFFERENCE_NAMES[type]}</strong>
        <div>{explanation}</div>
        <div className="faint number long-number">
          {refundNo ?? orderNo ?? transactionId}
          {owner && !withDay && ` · ${owner.name} 在处理`}
        </div>
      </>
    ),
  },
  {
    title: '我方',
    width: 76,
    align: 'right',
    className: 'number',
    render: (_, { oursFen }) => amount(oursFen),
  },
  {
    title: '微信',
    width: 76,
    align: 'right',
    className: 'number',
    render: (_, { theirsFen }) => amount(theirsFen),
  },
  ...(withDay ? WORK : []),
  {
    title: '状态',
    width: 80,
    render: (_, { status }) => (
      <Pill tone={DIFFERENCE_STATES[status].tone}>{DIFFERENCE_STATES[status].name}</Pill>
    ),
  },
  {
    title: '',
    width: 76,
    render: (_, { id, status, type, orderNo }) => (
      <Button
        type="link"
        size="small"
        aria-label={`${todo(status)} ${DIFFERENCE_NAMES[type]} ${orderNo ?? ''}`}
        onClick={() => choose(id)}
      >
        {todo(status)}
      </Button>
    ),
  },
];

const DAY: TableColumnsType<DifferenceView> = [
  { title: '账单日', width: 112, className: 'number', render: (_, { day }) => day },
];

const WORK: TableColumnsType<DifferenceView> = [
  {
    title: '负责人',
    width: 104,
    render: (_, { owner }) =>
      owner ? owner.mine ? `${owner.name}（我）` : owner.name : <span className="faint">未认领</span>,
  },
  {
    title: '办法与说明',
    width: 190,
    render: (_, { proposal, resolution, trouble }) => {
      const last = resolution ?? proposal;
      if (!last) return <span className={trouble ? 'bad' : 'faint'}>{trouble ?? ''}</span>;
      return (
        <>
          {last.repair && <strong>{REPAIR_NAMES[last.repair]} </strong>}
          {last.note ?? resolution?.result}
          {last.evidence && <div className="faint">依据：{last.evidence}</div>}
        </>
      );
    },
  },
];

function todo(status: DifferenceView['status']): string {
  if (status === 'open') return '处理';
  return status === 'to_review' ? '复核' : '查看';
}
