import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Alert, App, AutoComplete, Button, Card, Input, Statistic, Table } from 'antd';
import { useState } from 'react';
import type { Alias, MatchingView } from '../../../../shared/contract/imports';
import { TRAINING_LABELS } from '../../../../shared/domain/majors';
import { useRead, useWrite } from '../../api/hooks';
import { useCampaign } from '../../layout/use-campaign';
import { Loaded } from '../../parts/loaded';
import { count } from '../../words/format';

/** Who has no session and why; the alias table, which gives it to them. */
export function Matching() {
  const { id } = useCampaign();
  const matching = useRead('GET /api/console/campaigns/:id/matching', { params: { id } });
  return <Loaded query={matching}>{(view) => <MatchingOf key={view.version} view={view} />}</Loaded>;
}

/** A row keeps its place on the screen while it is edited. */
type AliasRowData = Alias & { key: number };
let lastKey = 0;
function withKey(alias: Alias): AliasRowData {
  lastKey += 1;
  return { ...alias, key: lastKey };
}

function MatchingOf({ view }: { view: MatchingView }) {
  const { id } = useCampaign();
  const { message } = App.useApp();
  const [rows, setRows] = useState<AliasRowData[]>(() => view.aliases.map(withKey));
  const aliases = rows.map(({ from, to }) => ({ from, to }));
  const [wrong, setWrong] = useState<Readonly<Record<string, unknown>>>({});
  const save = useWrite('PUT /api/console/campaigns/:id/aliases', {
    onDone: ({ matched, students }) =>
      message.success(`已重新对应：${count(matched)} / ${count(students)} 名学生有时段`),
    onRefused(error) {
      const { fields } = error.details;
      if (error.code !== 'BAD_REQUEST' || typeof fields !== 'object' || fields === null) return false;
      setWrong({ ...fields });
      return true;
    },
  });
  const change = (next: AliasRowData[]) => {
    setRows(next);
    setWrong({});
  };
  const isChanged = JSON.stringify(aliases) !== JSON.stringify(view.aliases);
  const add = (from: string, to: string) =>
    change([...rows.filter((one) => one.from !== from), withKey({ from, to })]);
  return (
    <div className="stack">
      <Card className="diff" styles={{ body: { padding: 0 } }}>
        <Statistic title="学生" value={view.students} />
        <Statistic title="有时段" value={view.matched} styles={{ content: { color: 'var(--good)' } }} />
        <Statistic
          title="没有时段"
          value={view.students - view.matched}
          {...(view.students > view.matched ? { styles: { content: { color: 'var(--bad)' } } } : {})}
        />
        <Statistic title="由教务处指定" value={view.placedByOffice} />
      </Card>
      <UnmatchedTable view={view} onAlias={add} />
      <Card
        title="专业别名"
        extra={
          <div className="row">
            <Button
              icon={<PlusOutlined aria-hidden />}
              onClick={() => change([...rows, withKey({ from: '', to: '' })])}
            >
              加一条
            </Button>
            <Button
              type="primary"
              disabled={!isChanged || aliases.some(({ from, to }) => !from.trim() || !to.trim())}
              loading={save.isPending}
              onClick={() => save.mutate({ params: { id }, body: { version: view.version, aliases } })}
            >
              保存并重新对应
            </Button>
          </div>
        }
      >
        {aliases.length === 0 && (
          <p className="soft">
            名单和时间表对同一专业的写法不同时，在这里写明。常见的漏字（如“机械设计制造其自动化”）已经认得。
          </p>
        )}
        <div className="stack-small">
          {rows.map((row, index) => (
            <AliasRow
              key={row.key}
              alias={row}
              index={index}
              wrong={wrong}
              majors={view.majors}
              onChange={(next) =>
                change(rows.map((one) => (one.key === row.key ? { ...next, key: row.key } : one)))
              }
              onRemove={() => change(rows.filter(({ key }) => key !== row.key))}
            />
          ))}
        </div>
      </Card>
    </div>
  );
}

function AliasRow({
  alias,
  index,
  wrong,
  majors,
  onChange,
  onRemove,
}: {
  alias: Alias;
  index: number;
  wrong: Readonly<Record<string, unknown>>;
  majors: readonly string[];
  onChange: (alias: Alias) => void;
  onRemove: () => void;
}) {
  const problem = wrong[`aliases.${index}.from`] ?? wrong[`aliases.${index}.to`];
  return (
    <div>
      <div className="row alias-row">
        <Input
          aria-label={`第 ${index + 1} 条：名单里的写法`}
          placeholder="名单里的写法"
          maxLength={60}
          value={alias.from}
          {...(problem === undefined ? {} : { status: 'error' as const })}
          onChange={(event) => onChange({ from: event.target.value, to: alias.to })}
        />
        <span className="soft">就是</span>
        <AutoComplete
          aria-label={`第 ${index + 1} 条：时间表里的名称`}
          placeholder="时间表里的名称"
          value={alias.to}
          options={majors.map((value) => ({ value }))}
          showSearch={{ filterOption: (typed, option) => (option?.value ?? '').includes(typed) }}
          onChange={(to: string) => onChange({ from: alias.from, to })}
        />
        <Button
          type="text"
          icon={<DeleteOutlined />}
          aria-label={`删除第 ${index + 1} 条`}
          onClick={onRemove}
        />
      </div>
      {problem !== undefined && <div className="bad">{String(problem)}</div>}
    </div>
  );
}

function UnmatchedTable({
  view,
  onAlias,
}: {
  view: MatchingView;
  onAlias: (from: string, to: string) => void;
}) {
  if (view.students === 0) {
    return (
      <Alert
        type="info"
        showIcon
        title="还没有学生名单"
        description="导入名单之后，这里列出没有对应时段的学生。"
      />
    );
  }
  if (view.unmatched.length === 0) {
    return <Alert type="success" showIcon title="每名学生都对应到了自己的时段" />;
  }
  return (
    <Card
      title="没有对应的时段"
      extra={<span className="soft">要给个别学生指定时段，请到“待办”</span>}
      styles={{ body: { padding: 0 } }}
    >
      <Table
        size="small"
        rowKey={({ major, training, reason }) => `${major} ${training} ${reason}`}
        dataSource={view.unmatched}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        columns={[
          { title: '专业', dataIndex: 'major', width: 220 },
          { title: '层次', width: 110, render: (_, { training }) => TRAINING_LABELS[training] },
          { title: '人数', dataIndex: 'students', width: 80, align: 'right' },
          { title: '原因和办法', dataIndex: 'reason' },
          {
            title: '也许就是',
            width: 240,
            render: (_, { major, suggestions }) => (
              <div className="row">
                {suggestions.map((to) => (
                  <Button key={to} size="small" onClick={() => onAlias(major, to)}>
                    {to}
                  </Button>
                ))}
                {suggestions.length === 0 && <span className="faint">没有相近的名称</span>}
              </div>
            ),
          },
        ]}
      />
    </Card>
  );
}
