import { Card, Empty, Input, Select, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { MESSAGE_STATES, type MessageView, WHY_NOT_SENT } from '../../../../shared/contract/notifications';
import {
  MESSAGE_NAMES,
  MESSAGE_STATE_NAMES,
  WHY_NOT_SENT_WORDS,
} from '../../../../shared/domain/message-words';
import { MESSAGE_KINDS, type MessageKind } from '../../../../shared/domain/messages';
import { download } from '../../api/download';
import type { AnswerOf } from '../../api/send';
import { usePages } from '../../api/use-pages';
import { useCampaign } from '../../layout/use-campaign';
import { ExportButton } from '../../parts/export-button';
import { Loaded } from '../../parts/loaded';
import { More } from '../../parts/more';
import { Pill } from '../../parts/pill';
import { useStickyHead } from '../../parts/printing';
import { count, stamp } from '../../words/format';
import { MESSAGE_STATE_TONES } from '../../words/messages';

type Counts = AnswerOf<'GET /api/console/campaigns/:id/messages'>['counts'];
type State = MessageView['state'];
type WhyNot = NonNullable<MessageView['whyNot']>;

const PAGE = 100;
const EVERY_MS = 15_000;

interface Filter {
  kind?: MessageKind | undefined;
  state?: State | undefined;
  whyNot?: WhyNot | undefined;
  studentNo?: string | undefined;
}

/** Subscription messages: to whom, whether they went out, and why not. */
export function Sent() {
  const stickyHead = useStickyHead();
  const { id } = useCampaign();
  const [filter, setFilter] = useState<Filter>({});
  const pages = usePages(
    'GET /api/console/campaigns/:id/messages',
    (start) => ({ params: { id }, query: { ...given(filter), limit: PAGE, ...start } }),
    { every: EVERY_MS },
  );
  return (
    <Loaded query={pages} rows={10}>
      {(data) => (
        <div className="stack">
          <Summary counts={data.pages[0]?.counts ?? []} onPick={setFilter} />
          <Card styles={{ body: { padding: 0 } }}>
            <div className="toolbar">
              <Choice
                label="哪种消息"
                all="全部消息"
                values={MESSAGE_KINDS}
                names={MESSAGE_NAMES}
                chosen={filter.kind}
                onChoose={(kind) => setFilter({ ...filter, kind })}
              />
              <Choice
                label="发送情况"
                all="全部情况"
                values={MESSAGE_STATES}
                names={MESSAGE_STATE_NAMES}
                chosen={filter.state}
                onChoose={(state) => setFilter({ ...filter, state, whyNot: undefined })}
              />
              <Choice
                label="没有发出的原因"
                all="全部原因"
                values={WHY_NOT_SENT}
                names={WHY_NOT_SENT_WORDS}
                chosen={filter.whyNot}
                onChoose={(whyNot) => setFilter({ ...filter, whyNot, state: whyNot && 'not_sent' })}
              />
              <Input.Search
                allowClear
                className="message-choice"
                aria-label="学号"
                placeholder="学号"
                onSearch={(text) => setFilter({ ...filter, studentNo: text.trim() || undefined })}
              />
              <span className="fill" />
              <ExportButton
                what="筛选出的消息"
                save={() =>
                  download('GET /api/console/campaigns/:id/messages/export', {
                    params: { id },
                    query: given(filter),
                  })
                }
              />
            </div>
            <Table
              size="small"
              rowKey="id"
              columns={COLUMNS}
              dataSource={data.pages.flatMap(({ messages }) => messages)}
              pagination={false}
              sticky={stickyHead}
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

/** What is not chosen is not asked for. */
const given = (filter: Filter): Filter =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));

function Choice<T extends string>({
  label,
  all,
  values,
  names,
  chosen,
  onChoose,
}: {
  label: string;
  all: string;
  values: readonly T[];
  names: Readonly<Record<T, string>>;
  chosen: T | undefined;
  onChoose: (value: T | undefined) => void;
}) {
  return (
    <Select
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      className="message-choice"
      aria-label={label}
      placeholder={all}
      options={values.map((value) => ({ value, label: names[value] }))}
      value={chosen ?? null}
      onChange={(value: T | null) => onChoose(value ?? undefined)}
    />
  );
}

/** Every kind with how many went out; a number leads to its messages. */
function Summary({ counts, onPick }: { counts: Counts; onPick: (filter: Filter) => void }) {
  if (counts.length === 0) return null;
  const of = (kind: MessageKind, state: State) =>
    counts.find((one) => one.kind === kind && one.state === state)?.count ?? 0;
  return (
    <Card styles={{ body: { padding: 0 } }}>
      <table className="number message-counts">
        <thead>
          <tr>
            <th scope="col">消息</th>
            {MESSAGE_STATES.map((state) => (
              <th key={state} scope="col">
                {MESSAGE_STATE_NAMES[state]}
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
    width: 175,
    className: 'number',
    render: (_, { sentAt, dueAt, state, waitsForAccept }) => {
      if (sentAt) return stamp(sentAt);
      if (state === 'not_sent') return <span className="faint">—</span>;
      return (
        <span className="faint">{waitsForAccept ? `${stamp(dueAt)} 前有效` : `定于 ${stamp(dueAt)}`}</span>
      );
    },
  },
  {
    title: '学生',
    width: 190,
    render: (_, { student }) =>
      student ? (
        <>
          <strong>{student.name}</strong> <span className="number">{student.studentNo}</span>
        </>
      ) : (
        <span className="faint">还不在名单上</span>
      ),
  },
  { title: '消息', width: 130, render: (_, { kind }) => MESSAGE_NAMES[kind] },
  {
    title: '情况',
    width: 250,
    render: (_, { state, whyNot, waitsForAccept }) => (
      <span className="row tight">
        <Pill tone={MESSAGE_STATE_TONES[state]}>{MESSAGE_STATE_NAMES[state]}</Pill>
        {whyNot && <span className="soft">{WHY_NOT_SENT_WORDS[whyNot]}</span>}
        {state === 'queued' && waitsForAccept && <span className="soft">等学生同意接收</span>}
      </span>
    ),
  },
  {
    title: '内容',
    render: (_, { fields }) => <span className="soft">{Object.values(fields ?? {}).join(' · ')}</span>,
  },
];
