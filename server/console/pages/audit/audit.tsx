import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Card, Empty, Input, Select, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { AuditLineView } from '../../../../shared/contract/audit';
import { call } from '../../api/call';
import { useRead } from '../../api/hooks';
import { Page } from '../../layout/page';
import { useCampaign } from '../../layout/use-campaign';
import { Loaded } from '../../parts/loaded';
import { useUser } from '../../session/use-session';
import { actorWords, factsWords, KNOWN_VERBS, subjectWords, verbWords } from '../../words/audit';
import { stamp } from '../../words/format';

const PAGE = 100;

interface Filter {
  verb?: string;
  actor?: string;
  subject?: string;
}

/** Who did and saw what, newest first. */
export default function Audit() {
  const [filter, setFilter] = useState<Filter>({});
  const nameOf = useActorNames();
  const pages = useInfiniteQuery({
    queryKey: ['GET /api/console/audit', filter],
    queryFn: ({ pageParam }) =>
      call('GET /api/console/audit', {
        query: { ...filter, limit: PAGE, ...(pageParam === '' ? {} : { before: pageParam }) },
      }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
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
            aria-label="按对象查找"
            placeholder="对象编号，例如 booking:65f…"
            onSearch={(subject) => setFilter(withPart(filter, 'subject', subject.trim()))}
          />
          {filter.actor && (
            <Button onClick={() => setFilter(withPart(filter, 'actor', ''))}>
              只看 {nameOf(filter.actor)} ✕
            </Button>
          )}
          <span className="fill" />
          <Button onClick={() => void pages.refetch()} loading={pages.isRefetching}>
            刷新
          </Button>
        </div>
        <Loaded query={pages} rows={12}>
          {(data) => (
            <>
              <Table
                size="small"
                rowKey="id"
                columns={columns(nameOf, (actor) => setFilter(withPart(filter, 'actor', actor)))}
                dataSource={data.pages.flatMap(({ lines }) => lines)}
                pagination={false}
                sticky={{ offsetHeader: 60 }}
                locale={{ emptyText: <Empty description="没有符合条件的记录，换个条件试试" /> }}
              />
              {pages.hasNextPage && (
                <div className="more">
                  <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
                    再看 {PAGE} 条
                  </Button>
                </div>
              )}
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

/** The contract has no list of users yet: oneself and the campaign's phones are known by name. */
function useActorNames(): (actor: string) => string {
  const { id } = useCampaign();
  const user = useUser();
  const devices = useRead('GET /api/console/campaigns/:id/devices', { params: { id } });
  const names = new Map([
    [`user:${user.id}`, user.name],
    ...(devices.data?.devices ?? []).map((device) => [`device:${device.id}`, device.label] as const),
  ]);
  return (actor) => names.get(actor) ?? actorWords(actor);
}

function columns(
  nameOf: (actor: string) => string,
  onlyBy: (actor: string) => void,
): TableColumnsType<AuditLineView> {
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
      width: 190,
      render: (_, { subject }) => <span title={subject}>{nameOf(subject) || subjectWords(subject)}</span>,
    },
    { title: '详情', render: (_, { facts }) => <span className="soft">{factsWords(facts)}</span> },
  ];
}
