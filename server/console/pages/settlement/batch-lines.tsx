import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Segmented, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { RefundBatchView, RefundLineView } from '../../../../shared/contract/settlement';
import { LINE_NAMES, troubleWords } from '../../../../shared/domain/settlement-words';
import { call } from '../../api/call';
import { Loaded } from '../../parts/loaded';
import { More } from '../../parts/more';
import { Pill } from '../../parts/pill';
import { count, yuan } from '../../words/format';

type State = RefundLineView['state'];

/** What a person must know of comes first. */
const SHOWN: readonly State[] = ['failed', 'excluded', 'skipped', 'cancelled', 'waiting', 'refunded'];
const PAGE = 50;
const LIVE_MS = 2_000;

/** Who is in the batch, by what became of them; nothing is open until somebody asks. */
export function BatchLines({ batch }: { batch: RefundBatchView }) {
  const [state, setState] = useState<State | null>(batch.lines.failed > 0 ? 'failed' : null);
  const shown = SHOWN.filter((one) => batch.lines[one] > 0);
  if (shown.length === 0) return null;
  return (
    <>
      <div className="row gap-above">
        <Segmented<State | ''>
          aria-label="退款名单"
          value={state ?? ''}
          onChange={(value) => setState(value === '' ? null : value)}
          options={[
            { value: '', label: '不看名单' },
            ...shown.map((value) => ({ value, label: `${LINE_NAMES[value]} ${count(batch.lines[value])}` })),
          ]}
        />
      </div>
      {state && batch.lines[state] > 0 && (
        <Lines key={state} batchId={batch.id} state={state} isLive={batch.state === 'approved'} />
      )}
    </>
  );
}

function Lines({ batchId, state, isLive }: { batchId: string; state: State; isLive: boolean }) {
  const key = 'GET /api/console/refund-batches/:id/lines';
  const pages = useInfiniteQuery({
    queryKey: [key, batchId, state],
    queryFn: ({ pageParam }) =>
      call(key, {
        params: { id: batchId },
        query: { state, limit: PAGE, ...(pageParam === '' ? {} : { after: pageParam }) },
      }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    refetchInterval: isLive ? LIVE_MS : false,
    placeholderData: keepPreviousData,
  });
  return (
    <Loaded query={pages}>
      {(data) => (
        <>
          <Table
            className="number gap-above"
            size="small"
            rowKey="bookingId"
            columns={COLUMNS}
            dataSource={data.pages.flatMap(({ lines }) => lines)}
            pagination={false}
          />
          <More of={pages} size={PAGE} />
        </>
      )}
    </Loaded>
  );
}

const COLUMNS: TableColumnsType<RefundLineView> = [
  { title: '学号', dataIndex: 'studentNo', width: 150 },
  { title: '姓名', dataIndex: 'name', width: 110 },
  { title: '学院', dataIndex: 'college' },
  {
    title: '到场',
    width: 110,
    render: (_, { arrived }) =>
      arrived ? <Pill tone="warn">签到未拍</Pill> : <span className="faint">未到</span>,
  },
  { title: '金额（元）', width: 110, align: 'right', render: (_, { amountFen }) => yuan(amountFen) },
  { title: '说明', width: 320, render: (_, { note }) => troubleWords(note) },
];
