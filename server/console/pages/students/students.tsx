import { SearchOutlined } from '@ant-design/icons';
import { Button, Card, Empty, Input, Select, Table, type TableColumnsType, Tooltip } from 'antd';
import type { SorterResult } from 'antd/es/table/interface';
import { useEffect, useRef, useState } from 'react';
import { useLocation, useSearchParams } from 'react-router';
import { STUDENT_ORDERS, type StudentRow } from '../../../../shared/contract/office';
import { STANDING_NAMES, STANDINGS, type StandingKey } from '../../../../shared/domain/standings';
import { download } from '../../api/download';
import { useRead } from '../../api/hooks';
import type { AnswerOf } from '../../api/send';
import { Page } from '../../layout/page';
import { useCampaign } from '../../layout/use-campaign';
import { ExportButton } from '../../parts/export-button';
import { Loaded } from '../../parts/loaded';
import { Pill } from '../../parts/pill';
import { PrepareFirst } from '../../parts/prepare-first';
import { useStickyHead } from '../../parts/printing';
import { clock, count, dayName } from '../../words/format';
import { bookingPill, STANDING_HINTS, VERIFICATION_PILLS } from '../../words/standings';
import { StudentDrawer } from './student-drawer';

type Answer = AnswerOf<'POST /api/console/campaigns/:id/find-students'>;
type Order = (typeof STUDENT_ORDERS)[number];

const SIZE = 50;
const EVERY_MS = 15_000;

/**
 * Everybody of the campaign: filter, find, open one. What is chosen stands in the address, so that it can be sent on.
 * What is looked for does not: it may be a name, and addresses are kept and copied. It stays with the tab's history, so
 * that one comes back to it.
 */
export default function Students() {
  const stickyHead = useStickyHead();
  const campaign = useCampaign();
  const [chosen, setChosen] = useSearchParams();
  const q = searchIn(useLocation().state);
  const standing = STANDINGS.find((key) => key === chosen.get('standing'));
  const filter = {
    ...(standing ? { standing } : {}),
    ...part(chosen, 'college'),
    ...part(chosen, 'major'),
    ...part(chosen, 'className'),
    ...part(chosen, 'sessionId'),
    ...(q === '' ? {} : { q }),
  };
  const order: Order = STUDENT_ORDERS.find((one) => one === chosen.get('order')) ?? 'studentNo';
  const descending = chosen.get('descending') === 'true';
  const page = Number(chosen.get('page') ?? 1);
  const students = useRead(
    'POST /api/console/campaigns/:id/find-students',
    { params: { id: campaign.id }, body: { ...filter, order, descending, page, size: SIZE } },
    { every: EVERY_MS, keepLast: true },
  );
  // What is shown follows the address a moment later: whoever filters and looks for a name at once loses neither.
  const latest = useRef({ chosen, q });
  useEffect(() => {
    latest.current = { chosen, q };
  }, [chosen, q]);
  const choose = (changes: Record<string, string | null>, search = latest.current.q) => {
    const next = new URLSearchParams(latest.current.chosen);
    if (!('page' in changes)) next.delete('page');
    for (const [name, value] of Object.entries(changes)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    latest.current = { chosen: next, q: search };
    setChosen(next, { replace: true, state: { q: search } });
  };
  const opened = chosen.get('student');
  return (
    <Page
      title="学生与预约"
      about="按情况筛选，点一名学生看全部经过和可以做的事"
      actions={<Export filter={filter} />}
    >
      <Loaded query={students} rows={12}>
        {(answer) => (
          <>
            <StandingChips answer={answer} chosen={standing} onChoose={(key) => choose({ standing: key })} />
            <Card styles={{ body: { padding: 0 } }}>
              <div className="toolbar">
                <Search text={q} onSearch={(text) => choose({}, text)} />
                <Select
                  allowClear
                  showSearch={{ optionFilterProp: 'label' }}
                  className="college-choice"
                  aria-label="学院"
                  placeholder="全部学院"
                  value={chosen.get('college')}
                  options={answer.colleges.map((name) => ({ value: name, label: name || '（未填学院）' }))}
                  onChange={(college: string | null) => choose({ college, major: null, className: null })}
                />
                <SessionFilter
                  chosen={chosen.get('sessionId')}
                  onChoose={(id) => choose({ sessionId: id })}
                />
                {(chosen.get('major') || chosen.get('className')) && (
                  <Button onClick={() => choose({ major: null, className: null })}>
                    只看 {chosen.get('className') || chosen.get('major')} ✕
                  </Button>
                )}
                <span className="fill" />
                <span className="soft number" aria-live="polite">
                  {count(answer.total)} 人
                </span>
              </div>
              <Table
                className="number students-table"
                rowKey="id"
                size="small"
                columns={columns(order, descending)}
                dataSource={answer.students}
                loading={students.isPlaceholderData}
                sticky={stickyHead}
                pagination={{
                  current: page,
                  pageSize: SIZE,
                  total: answer.total,
                  showSizeChanger: false,
                  showQuickJumper: answer.total > 10 * SIZE,
                  hideOnSinglePage: true,
                }}
                onChange={({ current = 1 }, _, sorter) => {
                  const sorted: SorterResult<StudentRow> | undefined = Array.isArray(sorter)
                    ? sorter[0]
                    : sorter;
                  choose({
                    page: current > 1 ? String(current) : null,
                    order: sorted?.order ? String(sorted.columnKey) : null,
                    descending: sorted?.order === 'descend' ? 'true' : null,
                  });
                }}
                onRow={({ id, name }) => ({
                  tabIndex: 0,
                  'aria-label': `打开 ${name}`,
                  onClick: () => choose({ student: id, page: chosen.get('page') }),
                  onKeyDown: ({ key }) => {
                    if (key === 'Enter') choose({ student: id, page: chosen.get('page') });
                  },
                })}
                locale={{
                  emptyText: (
                    <Nobody
                      hasFilter={(chosen.size > 0 || q !== '') && campaign.counts.students > 0}
                      onReset={() => setChosen({}, { replace: true, state: null })}
                    />
                  ),
                }}
              />
            </Card>
          </>
        )}
      </Loaded>
      {opened && (
        <StudentDrawer
          studentId={opened}
          onClose={() => choose({ student: null, page: chosen.get('page') })}
        />
      )}
    </Page>
  );
}

const searchIn = (state: unknown): string =>
  typeof state === 'object' && state !== null && 'q' in state && typeof state.q === 'string' ? state.q : '';

const part = (chosen: URLSearchParams, name: string): Record<string, string> => {
  const value = chosen.get(name);
  return value ? { [name]: value } : {};
};

function StandingChips({
  answer: { counts, all },
  chosen,
  onChoose,
}: {
  answer: Answer;
  chosen: StandingKey | undefined;
  onChoose: (key: StandingKey | null) => void;
}) {
  const rare: readonly StandingKey[] = [
    'owed',
    'not_collected',
    'unmatched',
    'correction',
    'removed',
    'arrived',
  ];
  const shown = STANDINGS.filter((key) => !rare.includes(key) || (counts[key] ?? 0) > 0 || key === chosen);
  return (
    <fieldset className="chips" aria-label="按情况筛选">
      <button
        type="button"
        className="chip"
        aria-pressed={chosen === undefined}
        onClick={() => onChoose(null)}
      >
        全部 <strong>{count(all)}</strong>
      </button>
      {shown.map((key) => (
        <Tooltip key={key} title={STANDING_HINTS[key]} mouseEnterDelay={0.6}>
          <button
            type="button"
            className="chip"
            aria-pressed={chosen === key}
            onClick={() => onChoose(chosen === key ? null : key)}
          >
            {STANDING_NAMES[key]} <strong>{count(counts[key] ?? 0)}</strong>
          </button>
        </Tooltip>
      ))}
    </fieldset>
  );
}

function Search({ text, onSearch }: { text: string; onSearch: (text: string) => void }) {
  const [typed, setTyped] = useState(text);
  useEffect(() => setTyped(text), [text]);
  return (
    <Input
      allowClear
      className="student-search"
      aria-label="查找学生"
      placeholder="姓名、学号、专业或班级，回车查找"
      prefix={<SearchOutlined aria-hidden />}
      value={typed}
      onChange={({ target: { value } }) => {
        setTyped(value);
        if (value === '') onSearch('');
      }}
      onPressEnter={() => onSearch(typed.trim())}
      onBlur={() => {
        if (typed.trim() !== text) onSearch(typed.trim());
      }}
    />
  );
}

function SessionFilter({
  chosen,
  onChoose,
}: {
  chosen: string | null;
  onChoose: (id: string | null) => void;
}) {
  const { id } = useCampaign();
  const sessions =
    useRead('GET /api/console/campaigns/:id/sessions', { params: { id } }).data?.sessions ?? [];
  return (
    <Select
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      className="session-choice"
      aria-label="时段"
      placeholder="全部时段"
      value={chosen}
      options={sessions.map((session) => ({
        value: session.id,
        label: `${clock(session.startsAt)} ${session.room} ${session.title}`,
      }))}
      onChange={(sessionId: string | null) => onChoose(sessionId)}
    />
  );
}

function Export({ filter }: { filter: object }) {
  const campaign = useCampaign();
  const save = () =>
    download('POST /api/console/campaigns/:id/find-students/export', {
      params: { id: campaign.id },
      body: filter,
    });
  return <ExportButton what="筛选出的学生" save={save} />;
}

function Nobody({ hasFilter, onReset }: { hasFilter: boolean; onReset: () => void }) {
  if (!hasFilter)
    return <PrepareFirst until="导入学生名单之后，这里是全部学生" step="roster" action="去导入名单" />;
  return (
    <Empty description="没有符合条件的学生">
      <Button onClick={onReset}>清除筛选</Button>
    </Empty>
  );
}

function columns(order: Order, descending: boolean): TableColumnsType<StudentRow> {
  const sortOf = (key: Order) => ({
    key,
    sorter: true,
    sortOrder: order === key ? (descending ? ('descend' as const) : ('ascend' as const)) : null,
  });
  return [
    { title: '学号', dataIndex: 'studentNo', width: 140, ...sortOf('studentNo') },
    {
      title: '姓名',
      dataIndex: 'name',
      width: '13%',
      ...sortOf('name'),
      render: (name) => <strong>{name}</strong>,
    },
    {
      title: '学院 · 专业 · 班级',
      ...sortOf('college'),
      render: (_, { college, major, className }) => (
        <span className="two-lines">
          {college}
          <span className="faint">
            {className.startsWith(major) ? className : [major, className].filter(Boolean).join(' · ')}
          </span>
        </span>
      ),
    },
    {
      title: '认证',
      width: 130,
      render: (_, { verification, confirmed }) => (
        <span className="row tight">
          <Pill tone={VERIFICATION_PILLS[verification].tone}>{VERIFICATION_PILLS[verification].text}</Pill>
          {verification !== 'none' && !confirmed && <span className="faint">未确认</span>}
        </span>
      ),
    },
    {
      title: '时段',
      width: 190,
      ...sortOf('session'),
      render: (_, { session }) =>
        session ? (
          <span className="two-lines">
            {clock(session.startsAt)}–{clock(session.endsAt)} {session.room}
            <span className="faint">{dayName(session.day)}</span>
          </span>
        ) : (
          <Pill tone="bad">没有时段</Pill>
        ),
    },
    {
      title: '预约',
      width: 150,
      render: (_, { booking, standings }) => {
        const { tone, text } = bookingPill(booking);
        return (
          <span className="row tight">
            <Pill tone={tone}>{text}</Pill>
            {standings.includes('correction') && <Pill tone="warn">更正</Pill>}
            {standings.includes('removed') && <Pill tone="bad">移出</Pill>}
          </span>
        );
      },
    },
  ];
}
