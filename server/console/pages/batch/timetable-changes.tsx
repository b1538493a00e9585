import { Button, Card, Drawer, Table } from 'antd';
import { useState } from 'react';
import type { TimetableChangeView } from '../../../../shared/contract/timetable-changes';
import { useRead } from '../../api/hooks';
import { useCampaign } from '../../layout/use-campaign';
import { Loaded } from '../../parts/loaded';
import { Pill } from '../../parts/pill';
import { useMay } from '../../session/use-session';
import { clock, count, stamp } from '../../words/format';

const EVERY_MS = 15_000;
const STATES = { told: '还没有看到', acknowledged: '已看到', cancelled: '已取消' } as const;

/** What was moved after booking began, and who has not seen it yet. Nothing when nothing was moved. */
export function TimetableChanges() {
  const { id } = useCampaign();
  const may = useMay();
  const [opened, setOpened] = useState<TimetableChangeView | null>(null);
  const changes = useRead(
    'GET /api/console/campaigns/:id/timetable-changes',
    { params: { id } },
    { every: EVERY_MS, enabled: may('GET /api/console/campaigns/:id/timetable-changes') },
  ).data?.changes;
  if (!changes || changes.length === 0) return null;
  return (
    <Card className="gap-below" title="预约开始后的调整" size="small">
      <ul className="plain-list number">
        {changes.map((change) => (
          <li key={change.id} className="row">
            <span className="faint">{stamp(change.at)}</span>
            <span>
              {change.sessions.length === 1
                ? `${change.sessions[0]?.title} 改到 ${clock(change.sessions[0]?.to.startsAt ?? change.at)} ${change.sessions[0]?.to.room}`
                : `${change.sessions.length} 个时段`}
              <span className="faint"> {change.reason}</span>
            </span>
            <span className="fill" />
            {!change.carriedOut && <Pill tone="warn">正在通知</Pill>}
            <span>
              通知 {count(change.told)} 人，已看到 {count(change.acknowledged)}，取消{' '}
              {count(change.cancelled)}
            </span>
            {may('GET /api/console/campaigns/:id/timetable-changes/:changeId/students') && (
              <Button type="link" onClick={() => setOpened(change)}>
                名单
              </Button>
            )}
          </li>
        ))}
      </ul>
      {opened && <Told change={opened} onClose={() => setOpened(null)} />}
    </Card>
  );
}

function Told({ change, onClose }: { change: TimetableChangeView; onClose: () => void }) {
  const { id } = useCampaign();
  const told = useRead('GET /api/console/campaigns/:id/timetable-changes/:changeId/students', {
    params: { id, changeId: change.id },
  });
  return (
    <Drawer open size={620} title="通知到了谁（没看到的在前，可以打电话）" onClose={onClose}>
      <Loaded query={told}>
        {({ students }) => (
          <Table
            className="number"
            size="small"
            rowKey="studentNo"
            dataSource={students}
            pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
            columns={[
              { title: '学号', dataIndex: 'studentNo', width: 130 },
              { title: '姓名', dataIndex: 'name', width: 90 },
              { title: '学院', dataIndex: 'college' },
              { title: '情况', width: 110, render: (_, { state }) => STATES[state] },
            ]}
          />
        )}
      </Loaded>
    </Drawer>
  );
}
