import { useInfiniteQuery } from '@tanstack/react-query';
import { Card, Empty, Segmented, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { call } from '../../api/call';
import type { AnswerOf } from '../../api/send';
import { useCampaign } from '../../layout/use-campaign';
import { Loaded } from '../../parts/loaded';
import { More } from '../../parts/more';
import { count, stamp } from '../../words/format';

type Answer = AnswerOf<'GET /api/console/campaigns/:id/photo-checks'>;
type Line = Answer['lines'][number];
type Show = keyof Answer['counts'];

const PAGE = 100;
const EVERY_MS = 30_000;

const SHOWN: readonly { key: Show; name: string; none: string }[] = [
  { key: 'wrong', name: '说照片不对', none: '没有人说照片不对' },
  { key: 'unchecked', name: '还没有核对', none: '没有到了第 40 天还没核对的学生' },
  { key: 'right', name: '核对无误', none: '还没有人核对过照片' },
];

/** From the 40th day on: who found the portrait wrong, who has not looked yet. */
export function PhotoChecks() {
  const { id } = useCampaign();
  const [show, setShow] = useState<Show>('wrong');
  const pages = useInfiniteQuery({
    queryKey: ['GET /api/console/campaigns/:id/photo-checks', id, show],
    queryFn: ({ pageParam }) =>
      call('GET /api/console/campaigns/:id/photo-checks', {
        params: { id },
        query: { show, limit: PAGE, ...(pageParam === '' ? {} : { after: pageParam }) },
      }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    refetchInterval: EVERY_MS,
  });
  const counts = pages.data?.pages[0]?.counts;
  return (
    <Card styles={{ body: { padding: 0 } }}>
      <div className="toolbar">
        <Segmented
          aria-label="核对情况"
          value={show}
          onChange={setShow}
          options={SHOWN.map(({ key, name }) => ({
            value: key,
            label: counts ? `${name} ${count(counts[key])}` : name,
          }))}
        />
      </div>
      <Loaded query={pages} rows={10}>
        {(data) => (
          <>
            <Table
              size="small"
              rowKey="bookingId"
              columns={show === 'unchecked' ? WHO : [...WHO, ...ANSWERED]}
              dataSource={data.pages.flatMap(({ lines }) => lines)}
              pagination={false}
              sticky={{ offsetHeader: 60 }}
              locale={{ emptyText: <Empty description={SHOWN.find(({ key }) => key === show)?.none} /> }}
            />
            <More of={pages} size={PAGE} />
          </>
        )}
      </Loaded>
    </Card>
  );
}

const WHO: TableColumnsType<Line> = [
  { title: '拍摄', width: 160, className: 'number', render: (_, { shotAt }) => stamp(shotAt) },
  {
    title: '学生',
    width: 240,
    render: (_, { name, studentNo }) => (
      <>
        <strong>{name}</strong> <span className="number">{studentNo}</span>
      </>
    ),
  },
  {
    title: '学院 · 班级',
    render: (_, { college, className }) => [college, className].filter((part) => part !== '').join(' · '),
  },
];

const ANSWERED: TableColumnsType<Line> = [
  { title: '核对', width: 160, className: 'number', render: (_, { checkedAt }) => stamp(checkedAt) },
  { title: '学生写的', render: (_, { note }) => note ?? <span className="faint">没有写</span> },
];
