import { useInfiniteQuery } from '@tanstack/react-query';
import { Card, Empty, Select, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { MESSAGE_STATES, type MessageView } from '../../../../shared/contract/notifications';
import { MESSAGE_KINDS, type MessageKind } from '../../../../shared/domain/messages';
import { call } from '../../api/call';
import type { AnswerOf } from '../../api/send';
import { useCampaign } from '../../layout/use-campaign';
import { Loaded } from '../../parts/loaded';
import { More } from '../../parts/more';
import { Pill } from '../../parts/pill';
import { count, stamp } from '../../words/format';
import { MESSAGE_NAMES, MESSAGE_STATE_PILLS, WHY_NOT_SENT_WORDS } from '../../words/messages';

type Counts = AnswerOf<'GET /api/console/campaigns/:id/messages'>['counts'];
type State = MessageView['state'];

const PAGE = 100;
const EVERY_MS = 15_000;

interface Filter {
  kind?: MessageKind;
  state?: State;
}

/** Subscription messages: to whom, whether they went out, and why not. */
export function Sent() {
  const { id } = useCampaign();
  const [filter, setFilter] = useState<Filter>({});
  const pages = useInfiniteQuery({
    queryKey: ['GET /api/console/campaigns/:id/messages', id, filter],
    queryFn: ({ pageParam }) =>
      call('GET /api/console/campaigns/:id/messages', {
        params: { id },
        query: { ...filter, limit: PAGE, ...(pageParam === '' ? {} : { after: pageParam }) },
      }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    refetchInterval: EVERY_MS,
  });
  return (
    <Loaded query={pages} rows={10}>
      {(data) => (
        <div className="stack">
          <Summary counts={data.pages[0]?.counts ?? []} onPick={setFilter} />
          <Card styles={{ body: { padding: 0 } }}>
            <div className="toolbar">
              <Select
                allowClear
                className="audit-verb"
                aria-label="哪种消息"
                placeholder="全部消息"
                options={MESSAGE_KINDS.map((value) => ({ value, label: MESSAGE_NAMES[value] }))}
                value={filter.kind ?? null}
                onChange={(kind: MessageKind | null) => setFilter(filterOf(kind, filter.state))}
              />
              <Select
                allowClear
                className="audit-verb"
                aria-label="发送情况"
                placeholder="全部情况"
                options={MESSAGE_STATES.map((value) => ({ value, label: MESSAGE_STATE_PILLS[value].text }))}
                value={filter.state ?? null}
                onChange={(state: State | null) => setFilter(filterOf(filter.kind, state))}
              />
            </div>
            <Table
              size="small"
              rowKey="id"
              columns={COLUMNS}
              dataSource={data.pages.flatMap(({ messages }) => messages)}
              pagination={false}
              sticky={{ offsetHeader: 60 }}
              locale={{
                emptyText: <Empty description="没有消息。学生在手机上同意接收后，到时间自动发出。" />,
              }}
            />
            <More of={pages} size={PAGE} />
          </Card>
        </div>
      )}
    </Loaded>
  );
}

const filterOf = (kind: MessageKind | null | undefined, state: State | null | undefined): Filter => ({
  ...(kind ? { kind } : {}),
  ...(state ? { state } : {}),
});

/** Every kind with how many went out; a number leads to its messages. */
function Summary({ counts, onPick }: { counts: Counts; onPick: (filter: Filter) => void }) {
  if (counts.length === 0) return null;
  const of = (kind: MessageKind, state: State) =>
    counts.find((one) => one.kind === kind && one.state === state)?.count ?? 0;
  return (
    <Card size="small">
      <table className="plain-table number message-counts">
        <thead>
          <tr>
            <th scope="col">消息</th>
            {MESSAGE_STATES.map((state) => (
              <th key={state} scope="col">
                {MESSAGE_STATE_PILLS[state].text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {MESSAGE_KINDS.map((kind) => (
            <tr key={kind}>
              <th scope="row">{MESSAGE_NAMES[kind]}</th>
              {MESSAGE_STATES.map((state) => (
                <td key={state}>
                  {of(kind, state) === 0 ? (
                    <span className="faint">0</span>
                  ) : (
                    <button type="button" className="as-link" onClick={() => onPick({ kind, state })}>
                      {count(of(kind, state))}
                    </button>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

const COLUMNS: TableColumnsType<MessageView> = [
  {
    title: '时间',
    width: 190,
    className: 'number',
    render: (_, { sentAt, dueAt }) =>
      sentAt ? stamp(sentAt) : <span className="faint">应在 {stamp(dueAt)}</span>,
  },
  {
    title: '学生',
    width: 220,
    render: (_, { student }) =>
      student ? (
        <>
          <strong>{student.name}</strong> <span className="number">{student.studentNo}</span>
        </>
      ) : (
        <span className="faint">还不在名单上</span>
      ),
  },
  { title: '消息', width: 150, render: (_, { kind }) => MESSAGE_NAMES[kind] },
  {
    title: '情况',
    width: 240,
    render: (_, { state, whyNot, waitsForAccept }) => (
      <span className="row tight">
        <Pill tone={MESSAGE_STATE_PILLS[state].tone}>{MESSAGE_STATE_PILLS[state].text}</Pill>
        {whyNot && <span className="soft">{WHY_NOT_SENT_WORDS[whyNot]}</span>}
        {waitsForAccept && <span className="soft">等学生同意接收</span>}
      </span>
    ),
  },
  {
    title: '内容',
    render: (_, { fields }) => <span className="soft">{Object.values(fields ?? {}).join(' · ')}</span>,
  },
];
