import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Card, Empty, Segmented, Select, Switch, Table } from 'antd';
import { useState } from 'react';
import type { DifferenceView } from '../../../../shared/contract/reconciliation';
import { call } from '../../api/call';
import { Loaded } from '../../parts/loaded';
import { More } from '../../parts/more';
import { DIFFERENCE_NAMES, DIFFERENCE_STATES } from '../../words/differences';
import { count } from '../../words/format';
import { DifferenceFile } from './difference-file';
import { workColumns } from './differences';

type Show = 'unsettled' | DifferenceView['status'];

const KEY = 'GET /api/console/merchants/:merchantId/differences';
const PAGE = 100;
const EVERY_MS = 15_000;
const STATES: readonly DifferenceView['status'][] = ['open', 'to_review', 'working', 'carried', 'settled'];
const TYPES = Object.entries(DIFFERENCE_NAMES).map(([value, label]) => ({ value, label }));

/** The differences of all days: whose they are, what was noted, what waits for whom. */
export function WorkList({ merchantId }: { merchantId: string }) {
  const [show, setShow] = useState<Show>('unsettled');
  const [type, setType] = useState<DifferenceView['type'] | undefined>();
  const [mine, setMine] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const pages = useInfiniteQuery({
    queryKey: [KEY, merchantId, show, type, mine],
    queryFn: ({ pageParam }) =>
      call(KEY, {
        params: { merchantId },
        query: {
          show,
          limit: PAGE,
          ...(type ? { type } : {}),
          ...(mine ? { mine: 'yes' as const } : {}),
          ...(pageParam === '' ? {} : { after: pageParam }),
        },
      }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    refetchInterval: EVERY_MS,
    placeholderData: keepPreviousData,
  });
  return (
    <Card styles={{ body: { padding: 0 } }}>
      <Loaded query={pages} rows={8}>
        {(data) => {
          const counts = data.pages[0]?.counts;
          const of = (state: DifferenceView['status']) => counts?.[state] ?? 0;
          const open = of('open') + of('to_review') + of('working') + of('carried');
          return (
            <>
              <div className="toolbar">
                <Segmented<Show>
                  aria-label="差错状态"
                  value={show}
                  onChange={setShow}
                  options={[
                    { value: 'unsettled', label: `未平账 ${count(open)}` },
                    ...STATES.map((state) => ({
                      value: state,
                      label: `${DIFFERENCE_STATES[state].name} ${count(of(state))}`,
                    })),
                  ]}
                />
                <span className="fill" />
                <Select
                  aria-label="差错类型"
                  className="difference-type"
                  allowClear
                  placeholder="全部类型"
                  options={TYPES}
                  value={type}
                  onChange={(value) => setType(value as DifferenceView['type'] | undefined)}
                />
                <span className="row tight">
                  <Switch aria-label="只看我认领的" size="small" checked={mine} onChange={setMine} />
                  只看我认领的
                </span>
              </div>
              <Table
                size="small"
                rowKey="id"
                columns={workColumns(setChosen, true)}
                dataSource={data.pages.flatMap(({ differences }) => differences)}
                pagination={false}
                locale={{ emptyText: <Empty description="没有这样的差错" /> }}
              />
              <More of={pages} size={PAGE} />
            </>
          );
        }}
      </Loaded>
      {chosen !== null && <DifferenceFile id={chosen} onClose={() => setChosen(null)} />}
    </Card>
  );
}
