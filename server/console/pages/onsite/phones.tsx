import { MobileOutlined } from '@ant-design/icons';
import { App, Button, Card, Empty, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { DeviceView } from '../../../../shared/contract/accounts';
import { useRead, useWrite } from '../../api/hooks';
import { useCampaign } from '../../layout/use-campaign';
import { Loaded } from '../../parts/loaded';
import { Pill } from '../../parts/pill';
import { WaivePhone } from '../../parts/waive-phone';
import { useMay } from '../../session/use-session';
import { stamp } from '../../words/format';
import { IssueCode } from './issue-code';

const EVERY_MS = 5_000;

export function Phones() {
  const { id } = useCampaign();
  const may = useMay();
  const [issuing, setIssuing] = useState(false);
  const devices = useRead('GET /api/console/campaigns/:id/devices', { params: { id } }, { every: EVERY_MS });
  const canIssue = may('POST /api/console/campaigns/:id/devices');
  const issue = (
    <Button type="primary" icon={<MobileOutlined aria-hidden />} onClick={() => setIssuing(true)}>
      发登记码
    </Button>
  );
  return (
    <>
      <Loaded query={devices}>
        {({ devices: all }) =>
          all.length === 0 ? (
            <Empty description="还没有现场手机。给每位扫码的工作人员发一个登记码，在小程序的现场页输入或扫一次即可。">
              {canIssue && issue}
            </Empty>
          ) : (
            <Card title={`${inUse(all)} 台在用`} extra={canIssue && issue} styles={{ body: { padding: 0 } }}>
              <PhonesTable devices={all} />
            </Card>
          )
        }
      </Loaded>
      {issuing && <IssueCode devices={devices.data?.devices ?? []} onClose={() => setIssuing(false)} />}
    </>
  );
}

const inUse = (devices: readonly DeviceView[]): number =>
  devices.filter(({ enrolledAt, revokedAt }) => enrolledAt && !revokedAt).length;

function PhonesTable({ devices }: { devices: readonly DeviceView[] }) {
  const may = useMay();
  const { modal, message } = App.useApp();
  const [waiving, setWaiving] = useState<DeviceView | null>(null);
  const revoke = useWrite('POST /api/console/devices/:id/revoke', {
    onDone: ({ label }) => message.success(`“${label}”已停用，5 秒内生效`),
  });
  const ask = ({ id, label, enrolledAt }: DeviceView) =>
    modal.confirm({
      title: `停用“${label}”？`,
      content: enrolledAt
        ? '这台手机将立即不能再扫码。要恢复，需重新发一个登记码。'
        : '发出去的登记码将作废。',
      okText: '停用',
      okButtonProps: { danger: true },
      onOk: () => revoke.mutateAsync({ params: { id } }),
    });
  const columns: TableColumnsType<DeviceView> = [
    { title: '名称', dataIndex: 'label', width: 160 },
    { title: '状态', width: 90, render: (_, device) => <State of={device} /> },
    { title: '可签到的教室', render: (_, { rooms }) => (rooms.length === 0 ? '全部' : rooms.join('、')) },
    { title: '登记时间', width: 170, render: (_, device) => enrolment(device) },
    { title: '离线记录', width: 170, render: (_, device) => <Upload of={device} /> },
    { title: '最近使用', width: 170, render: (_, { lastSeenAt }) => stamp(lastSeenAt) },
    {
      title: '',
      width: 130,
      align: 'right',
      render: (_, device) => (
        <>
          {may('POST /api/console/devices/:id/waive') && device.upload === 'waiting' && (
            <Button type="link" onClick={() => setWaiving(device)} aria-label={`不再等 ${device.label}`}>
              不再等
            </Button>
          )}
          {may('POST /api/console/devices/:id/revoke') && device.revokedAt === null && (
            <Button type="link" danger onClick={() => ask(device)} aria-label={`停用 ${device.label}`}>
              停用
            </Button>
          )}
        </>
      ),
    },
  ];
  return (
    <>
      <Table
        className="number"
        rowKey="id"
        columns={columns}
        dataSource={[...devices].reverse()}
        pagination={false}
      />
      {waiving && <WaivePhone phone={waiving} onClose={() => setWaiving(null)} />}
    </>
  );
}

/** A code that has run out is of no use on the day: better seen here than at the door. */
function enrolment({ enrolledAt, codeExpiresAt, revokedAt }: DeviceView): string {
  if (enrolledAt || revokedAt || !codeExpiresAt) return stamp(enrolledAt);
  return `登记码 ${stamp(codeExpiresAt)} 前有效`;
}

/** Until every phone has said that nothing is left on it, refunds wait. */
function Upload({ of: { upload, pending } }: { of: DeviceView }) {
  switch (upload) {
    case 'unused':
      return <span className="soft">没有离线用过</span>;
    case 'uploaded':
      return <Pill tone="good">已传完</Pill>;
    case 'waived':
      return <Pill tone="calm">不再等</Pill>;
    case 'waiting':
      return <Pill tone="warn">{pending ? `待上传 ${pending} 条` : '等它联网报到'}</Pill>;
  }
}

function State({ of: { enrolledAt, revokedAt } }: { of: DeviceView }) {
  if (revokedAt) return <Pill tone="calm">已停用</Pill>;
  return enrolledAt ? <Pill tone="good">在用</Pill> : <Pill tone="warn">待登记</Pill>;
}
