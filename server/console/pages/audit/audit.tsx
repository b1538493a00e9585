import { DownloadOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Button, Card, DatePicker, Empty, Input, Select, Table, type TableColumnsType } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import type { AuditLineView } from '../../../../shared/contract/audit';
import { actorWords, factsWords, KNOWN_VERBS, verbWords } from '../../../../shared/domain/audit-words';
import { atShanghai } from '../../../../shared/domain/time';
import { download } from '../../api/download';
import { usePages } from '../../api/use-pages';
import { Page } from '../../layout/page';
import { useComplain } from '../../parts/complain';
import { Loaded } from '../../parts/loaded';
import { More } from '../../parts/more';
import { useStickyHead } from '../../parts/printing';
import { stamp } from '../../words/format';

const PAGE = 100;

interface Filter {
  from?: string;
  to?: string;
  verb?: string;
  actor?: string;
  studentNo?: string;
  /** What one import wrote, line by line. */
  partOf?: string;
}

/** Who did and saw what, newest first. */
export default function Audit() {
  const stickyHead = useStickyHead();
  const [filter, setFilter] = useState<Filter>({});
  const pages = usePages('GET /api/console/audit', ({ after }) => ({
    query: { ...filter, limit: PAGE, ...(after ? { before: after } : {}) },
  }));
  const names = Object.assign({}, ...(pages.data?.pages ?? []).map((page) => page.names)) as Record<
    string,
    string
  >;
  const nameOf = (reference: string) => names[reference] ?? actorWords(reference);
  const complain = useComplain();
  const save = useMutation({
    mutationFn: () => download('GET /api/console/audit/export', { query: filter }),
    onError: complain,
  });
  return (
    <Page title="审计" about="每一次改动和每一次查看敏感信息都在这里，只增不改">
      <Card styles={{ body: { padding: 0 } }}>
        <div className="toolbar">
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            className="audit-verb"
            aria-label="做了什么"
            placeholder="全部动作"
            options={KNOWN_VERBS.map(([value, label]) => ({ value, label }))}
            value={filter.verb ?? null}
            onChange={(verb: string | null) => setFilter(withPart(filter, 'verb', verb ?? ''))}
          />
          <Input.Search
            allowClear
            className="audit-id"
            aria-label="按学号查找"
            placeholder="学号，看这名学生的全部记录"
            onSearch={(studentNo) => setFilter(withPart(filter, 'studentNo', studentNo.trim()))}
          />
          <DatePicker.RangePicker
            aria-label="日期"
            placeholder={['从哪天', '到哪天']}
            onChange={(days) => setFilter(withDays(filter, days?.[0], days?.[1]))}
          />
          {filter.actor && (
            <Button onClick={() => setFilter(withPart(filter, 'actor', ''))}>
              只看 {nameOf(filter.actor)} ✕
            </Button>
          )}
          {filter.partOf && (
            <Button onClick={() => setFilter(withPart(filter, 'partOf', ''))}>只看这次导入 ✕</Button>
          )}
          <span className="fill" />
          <Button onClick={() => void pages.refetch()} loading={pages.isRefetching}>
            刷新
          </Button>
          <Button
            icon={<DownloadOutlined aria-hidden />}
            loading={save.isPending}
            onClick={() => save.mutate()}
          >
            导出 Excel
          </Button>
        </div>
        <Loaded query={pages} rows={12}>
          {(data) => (
            <>
              <Table
                size="small"
                rowKey="id"
                columns={columns({
                  nameOf,
                  onlyBy: (actor) => setFilter(withPart(filter, 'actor', actor)),
                  // Whoever narrowed the list to the import itself would see nothing of what it wrote.
                  onlyOf: (partOf) => setFilter({ partOf }),
                })}
                dataSource={data.pages.flatMap(({ lines }) => lines)}
                pagination={false}
                sticky={stickyHead}
                locale={{ emptyText: <Empty description="没有符合条件的记录，换个条件试试" /> }}
              />
              <More of={pages} size={PAGE} />
            </>
          )}
        </Loaded>
      </Card>
    </Page>
  );
}

function withPart(filter: Filter, part: keyof Filter, value: string): Filter {
  const { [part]: _, ...rest } = filter;
  return value === '' ? rest : { ...rest, [part]: value };
}

/** Whole days in Asia/Shanghai, the last one included. */
function withDays(filter: Filter, first: Dayjs | null | undefined, last: Dayjs | null | undefined): Filter {
  const { from: _from, to: _to, ...rest } = filter;
  if (!first || !last) return rest;
  return {
    ...rest,
    from: atShanghai(first.format('YYYY-MM-DD')).toISOString(),
    to: atShanghai(last.format('YYYY-MM-DD'), '24:00').toISOString(),
  };
}

function columns({
  nameOf,
  onlyBy,
  onlyOf,
}: {
  nameOf: (reference: string) => string;
  onlyBy: (actor: string) => void;
  onlyOf: (importId: string) => void;
}): TableColumnsType<AuditLineView> {
  return [
    { title: '时间', width: 160, className: 'number', render: (_, { at }) => stamp(at) },
    {
      title: '谁',
      width: 170,
      render: (_, { actor }) => (
        <Button type="link" size="small" className="as-text" title={actor} onClick={() => onlyBy(actor)}>
          {nameOf(actor)}
        </Button>
      ),
    },
    { title: '做了什么', width: 200, render: (_, { verb }) => <span title={verb}>{verbWords(verb)}</span> },
    {
      title: '对象',
      width: 220,
      render: (_, { subject }) => <span title={subject}>{nameOf(subject)}</span>,
    },
    {
      title: '详情',
      render: (_, { facts }) => (
        <>
          <span className="soft">{factsWords(facts)}</span>
          {typeof facts.wrote === 'string' && <EachLine of={facts.wrote} onlyOf={onlyOf} />}
        </>
      ),
    },
  ];
}

/** An import is one line; the thousands that it wrote are a press away. */
function EachLine({ of, onlyOf }: { of: string; onlyOf: (importId: string) => void }) {
  return (
    <Button type="link" size="small" onClick={() => onlyOf(of)}>
      逐条看
    </Button>
  );
}
