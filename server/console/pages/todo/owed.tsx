import { App, Button, Card, Empty, Popconfirm, Table, type TableColumnsType } from 'antd';
import { type ReactNode, useState } from 'react';
import type { OwedRow } from '../../../../shared/contract/office';
import { useRead, useWrite } from '../../api/hooks';
import { useDialogWrite } from '../../api/use-dialog-write';
import { useCampaign } from '../../layout/use-campaign';
import { Loaded } from '../../parts/loaded';
import { newNonce } from '../../parts/new-nonce';
import { Pill } from '../../parts/pill';
import { ReasonDialog } from '../../parts/reason-dialog';
import { useMay } from '../../session/use-session';
import { count, stamp, yuan } from '../../words/format';

const EVERY_MS = 10_000;

/**
 * Photographed on site, not paid yet: cleared by paying in the app, or by a waiver that two people agree on.
 *
 * @param actions at the card's head, beside what it says
 */
export function Owed({ actions }: { actions?: ReactNode }) {
  const { id } = useCampaign();
  const may = useMay();
  const [asking, setAsking] = useState<OwedRow | null>(null);
  const owed = useRead('GET /api/console/campaigns/:id/owed', { params: { id } }, { every: EVERY_MS });
  return (
    <Loaded query={owed}>
      {({ owed: all, amountFen }) => (
        <Card
          title={all.length > 0 ? `${count(all.length)} 人待缴 ${yuan(amountFen)} 元` : '待缴'}
          extra={
            <span className="row tight">
              <span className="soft">学生在小程序付款后自动消失；免缴需要两个人</span>
              {actions}
            </span>
          }
          styles={{ body: { padding: 0 } }}
        >
          <Table
            rowKey="bookingId"
            columns={columns(may('POST /api/console/bookings/:id/waiver') ? setAsking : null)}
            dataSource={all}
            pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
            locale={{ emptyText: <Empty description="没有人欠费" /> }}
          />
          {asking && <AskWaiver owed={asking} onClose={() => setAsking(null)} />}
        </Card>
      )}
    </Loaded>
  );
}

function columns(ask: ((owed: OwedRow) => void) | null): TableColumnsType<OwedRow> {
  return [
    { title: '现场预约', width: 160, className: 'number', render: (_, { since }) => stamp(since) },
    {
      title: '学生',
      render: (_, { student }) => (
        <>
          <strong>{student.name}</strong> <span className="number">{student.studentNo}</span>{' '}
          <span className="faint">{student.college}</span>
        </>
      ),
    },
    {
      title: '到场',
      width: 100,
      render: (_, { attendance }) =>
        attendance === 'shot' ? <Pill tone="good">已拍</Pill> : <Pill tone="brand">已签到</Pill>,
    },
    {
      title: '金额（元）',
      width: 110,
      align: 'right',
      className: 'number',
      render: (_, { amountFen }) => yuan(amountFen),
    },
    {
      title: '免缴',
      width: 380,
      render: (_, owed) => {
        if (owed.waiver) return <Waiver owed={owed} waiver={owed.waiver} />;
        return (
          ask && (
            <Button type="link" onClick={() => ask(owed)} aria-label={`申请免缴 ${owed.student.name}`}>
              申请免缴…
            </Button>
          )
        );
      },
    },
  ];
}

function Waiver({ owed, waiver }: { owed: OwedRow; waiver: NonNullable<OwedRow['waiver']> }) {
  const { message } = App.useApp();
  const may = useMay();
  const [nonce] = useState(newNonce);
  const decide = useWrite('POST /api/console/bookings/:id/waiver/decide', {
    onDone: ({ payment }) => message.success(payment === 'waived' ? '已批准免缴' : '已驳回，仍需缴费'),
  });
  const say = (decision: 'approve' | 'reject') =>
    decide.mutateAsync({ params: { id: owed.bookingId }, body: { version: owed.version, nonce, decision } });
  return (
    <span className="row tight">
      <span className="two-lines">
        {waiver.reason}
        <span className="faint">
          {waiver.askedBy} {stamp(waiver.at)} 申请
        </span>
      </span>
      {waiver.isMine ? (
        <span className="soft">等另一位同事</span>
      ) : (
        may('POST /api/console/bookings/:id/waiver/decide') && (
          <>
            <Popconfirm
              title={`批准 ${owed.student.name} 免缴 ${yuan(owed.amountFen)} 元？`}
              okText="批准"
              onConfirm={() => say('approve')}
            >
              <Button type="primary" size="small" loading={decide.isPending}>
                批准
              </Button>
            </Popconfirm>
            <Button size="small" disabled={decide.isPending} onClick={() => void say('reject')}>
              驳回
            </Button>
          </>
        )
      )}
    </span>
  );
}

function AskWaiver({ owed, onClose }: { owed: OwedRow; onClose: () => void }) {
  const [seen] = useState(owed);
  const [nonce] = useState(newNonce);
  const ask = useDialogWrite('POST /api/console/bookings/:id/waiver', {
    done: '已申请，等另一位同事批准',
    onClose,
    endedBy: ['NOTHING_TO_PAY'],
  });
  return (
    <ReasonDialog
      title={`申请 ${seen.student.name} 免缴 ${yuan(seen.amountFen)} 元？`}
      consequence="另一位教务或财务同事批准后才免缴。"
      suggestions={['家庭经济困难，学院证明', '学校承担', '学生已付现金并入账']}
      okText="提交申请"
      isPending={ask.isPending}
      onConfirm={(reason) =>
        ask.mutate({ params: { id: seen.bookingId }, body: { version: seen.version, nonce, reason } })
      }
      onClose={onClose}
    />
  );
}
