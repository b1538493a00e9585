import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Alert, App, Button, Card, Empty, Popconfirm, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { WorkDaysView } from '../../../../shared/contract/work-days';
import { PROMISED_WORKING_DAYS } from '../../../../shared/domain/refund-promise';
import { shanghaiDay } from '../../../../shared/domain/time';
import { workCalendar } from '../../../../shared/domain/working-days';
import { useRead, useWrite } from '../../api/hooks';
import { useNow } from '../../demo/now';
import { Page } from '../../layout/page';
import { Loaded } from '../../parts/loaded';
import { Pill } from '../../parts/pill';
import { useMay } from '../../session/use-session';
import { dayName } from '../../words/format';
import { AddWorkDay } from './add-work-day';

type WorkDay = WorkDaysView['days'][number];

/** What the school knows better than the published holidays and 调休. */
export default function WorkDays() {
  const may = useMay();
  const [isAdding, setAdding] = useState(false);
  const read = useRead('GET /api/console/work-days', {});
  const canSave = may('PUT /api/console/work-days');
  return (
    <Page
      title="工作日"
      about="退款承诺的工作日和补拍点的开放时间按国家公布的节假日与调休；学校另有安排的日子写在这里"
      actions={
        canSave &&
        read.data && (
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
            加一天
          </Button>
        )
      }
    >
      <Loaded query={read} rows={6}>
        {(view) => (
          <div className="stack">
            <WhatFollows view={view} />
            <Card styles={{ body: { padding: 0 } }}>
              <Table
                className="number"
                rowKey="day"
                columns={canSave ? [...COLUMNS, removal(view)] : COLUMNS}
                dataSource={view.days}
                pagination={false}
                locale={{
                  emptyText: <Empty description="没有另外的安排，按国家公布的节假日与调休计算" />,
                }}
              />
            </Card>
            {isAdding && <AddWorkDay view={view} onClose={() => setAdding(false)} />}
          </div>
        )}
      </Loaded>
    </Page>
  );
}

/** What follows from the days today, so that a wrong one is noticed. */
function WhatFollows({ view: { days, published } }: { view: WorkDaysView }) {
  const today = shanghaiDay(useNow());
  const calendar = workCalendar(days);
  const due = calendar.addWorkingDays(today, PROMISED_WORKING_DAYS);
  return (
    <Alert
      type={calendar.knowsYearOf(due) ? 'info' : 'warning'}
      showIcon
      title={`今天（${dayName(today)}）申请的退款，答应在 ${dayName(due)} 前到账`}
      description={
        calendar.knowsYearOf(due)
          ? `已收录 ${published.from}–${published.to} 年公布的放假安排。改动只影响以后的承诺，已经答应学生的日期不变。`
          : `${due.slice(0, 4)} 年的放假安排还没有收录，现在只按周末计算，请把放假和调休的日子写在下面。`
      }
    />
  );
}

const COLUMNS: TableColumnsType<WorkDay> = [
  { title: '日期', width: 220, render: (_, { day }) => `${day.slice(0, 4)} 年 ${dayName(day)}` },
  {
    title: '安排',
    width: 140,
    render: (_, { working }) => (working ? <Pill tone="brand">上班</Pill> : <Pill tone="good">放假</Pill>),
  },
  { title: '说明', dataIndex: 'name' },
];

const removal = (view: WorkDaysView): TableColumnsType<WorkDay>[number] => ({
  title: '',
  width: 110,
  align: 'right',
  render: (_, day) => <Remove view={view} day={day} />,
});

function Remove({ view: { version, days }, day: { day } }: { view: WorkDaysView; day: WorkDay }) {
  const { message } = App.useApp();
  const save = useWrite('PUT /api/console/work-days', {
    onDone: () => message.success(`${dayName(day)} 恢复按国家公布的安排`),
  });
  return (
    <Popconfirm
      title={`删除 ${dayName(day)} 的安排？`}
      okText="删除"
      onConfirm={() =>
        save.mutateAsync({ body: { version, days: days.filter((other) => other.day !== day) } })
      }
    >
      <Button
        type="text"
        icon={<DeleteOutlined />}
        aria-label={`删除 ${dayName(day)}`}
        loading={save.isPending}
      />
    </Popconfirm>
  );
}
