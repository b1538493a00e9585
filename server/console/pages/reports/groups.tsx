import { Card, Segmented, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { MoneyGroup } from '../../../../shared/contract/reports';
import { NO_ITEM, NOBODYS } from '../../../../shared/domain/finance-words';
import { netFen } from '../../../../shared/domain/money-days';
import { percent, yuan } from '../../words/format';

type By = 'item' | 'college' | 'campaign';

interface Line {
  name: string;
  paidFen: number;
  refundedFen: number;
}

const NAME_OF: Readonly<Record<By, (group: MoneyGroup) => string>> = {
  item: ({ item }) => item || NO_ITEM,
  college: ({ college }) => college || NOBODYS,
  campaign: ({ campaign }) => campaign || NOBODYS,
};

/** The same money by fee item, by college or by campaign. */
export function Groups({ groups }: { groups: readonly MoneyGroup[] }) {
  const [by, setBy] = useState<By>('item');
  if (groups.length === 0) return null;
  const lines = linesOf(groups, NAME_OF[by]);
  const most = Math.max(1, ...lines.map(({ paidFen }) => paidFen));
  return (
    <Card
      title="这些钱是什么"
      extra={
        <Segmented<By>
          aria-label="分组"
          value={by}
          onChange={setBy}
          options={[
            { value: 'item', label: '收费项目' },
            { value: 'college', label: '学院' },
            { value: 'campaign', label: '采集批次' },
          ]}
        />
      }
      styles={{ body: { padding: 0 } }}
    >
      <Table
        className="number"
        size="small"
        rowKey="name"
        columns={columns(most)}
        dataSource={lines}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
      />
    </Card>
  );
}

function linesOf(groups: readonly MoneyGroup[], nameOf: (group: MoneyGroup) => string): Line[] {
  const lines = new Map<string, Line>();
  for (const group of groups) {
    const name = nameOf(group);
    const line = lines.get(name) ?? { name, paidFen: 0, refundedFen: 0 };
    lines.set(name, line);
    line.paidFen += group.paidFen;
    line.refundedFen += group.refundedFen;
  }
  return [...lines.values()].sort((a, b) => b.paidFen - a.paidFen);
}

const columns = (most: number): TableColumnsType<Line> => [
  { title: '名称', width: 260, render: (_, { name }) => name },
  {
    title: '',
    render: (_, { paidFen }) => (
      <span className="share" aria-hidden>
        <i style={{ inlineSize: `${percent(paidFen, most)}%` }} />
      </span>
    ),
  },
  { title: '收款', width: 130, align: 'right', render: (_, { paidFen }) => yuan(paidFen) },
  { title: '退款', width: 130, align: 'right', render: (_, { refundedFen }) => yuan(refundedFen) },
  { title: '净额', width: 130, align: 'right', render: (_, line) => yuan(netFen(line)) },
];
