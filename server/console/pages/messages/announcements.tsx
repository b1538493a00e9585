import { SendOutlined } from '@ant-design/icons';
import { Button, Card, Empty, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { AnnouncementView } from '../../../../shared/contract/announcements';
import { useRead } from '../../api/hooks';
import { useDialogWrite } from '../../api/use-dialog-write';
import { useCampaign } from '../../layout/use-campaign';
import { Loaded } from '../../parts/loaded';
import { newNonce } from '../../parts/new-nonce';
import { Pill } from '../../parts/pill';
import { ReasonDialog } from '../../parts/reason-dialog';
import { useMay } from '../../session/use-session';
import { count, stamp } from '../../words/format';
import { ANNOUNCEMENT_PILLS } from '../../words/messages';
import { Announce } from './announce';
import { GroupWords } from './group-words';

const EVERY_MS = 10_000;
const SOON_MS = 1_000;

/** What the office says to a group of students, and what became of it. */
export function Announcements() {
  const { id } = useCampaign();
  const may = useMay();
  const [isWriting, setWriting] = useState(false);
  const [withdrawing, setWithdrawing] = useState<AnnouncementView | null>(null);
  const list = useRead(
    'GET /api/console/campaigns/:id/announcements',
    { params: { id } },
    { every: (last) => (last?.announcements.some(({ state }) => state === 'sending') ? SOON_MS : EVERY_MS) },
  );
  const mayAnnounce = may('POST /api/console/campaigns/:id/announcements');
  return (
    <Card styles={{ body: { padding: 0 } }}>
      <div className="toolbar">
        <span className="soft">
          显示在学生手机首页，直到学生点“知道了”；同意接收的学生另外收到一条微信消息。
        </span>
        <span className="fill" />
        {mayAnnounce && (
          <Button type="primary" icon={<SendOutlined aria-hidden />} onClick={() => setWriting(true)}>
            发通知
          </Button>
        )}
      </div>
      <Loaded query={list}>
        {({ announcements }) => (
          <Table
            rowKey="id"
            columns={columns(may('POST /api/console/announcements/:id/withdraw') ? setWithdrawing : null)}
            dataSource={announcements}
            pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
            locale={{ emptyText: <Empty description="还没有发过通知" /> }}
          />
        )}
      </Loaded>
      {isWriting && <Announce onClose={() => setWriting(false)} />}
      {withdrawing && <Withdraw announcement={withdrawing} onClose={() => setWithdrawing(null)} />}
    </Card>
  );
}

function columns(
  withdraw: ((announcement: AnnouncementView) => void) | null,
): TableColumnsType<AnnouncementView> {
  return [
    {
      title: '通知',
      render: (_, { title, text }) => (
        <span className="two-lines">
          <strong>{title}</strong>
          <span className="soft as-written">{text}</span>
        </span>
      ),
    },
    { title: '发给', width: 200, render: (_, { group }) => <GroupWords group={group} /> },
    {
      title: '人数',
      width: 190,
      className: 'number',
      render: (_, { students, read, messages }) => (
        <span className="two-lines">
          {count(students)} 人，{count(read)} 人点了知道
          <span className="faint">
            微信消息：已发 {count(messages.sent)}，待发 {count(messages.queued + messages.sending)}，未发{' '}
            {count(messages.not_sent)}
          </span>
        </span>
      ),
    },
    {
      title: '发出',
      width: 170,
      render: (_, { at, by }) => (
        <span className="two-lines number">
          {stamp(at)}
          <span className="faint">{by}</span>
        </span>
      ),
    },
    {
      title: '',
      width: 150,
      render: (_, announcement) => (
        <span className="row tight">
          <Pill tone={ANNOUNCEMENT_PILLS[announcement.state].tone}>
            {ANNOUNCEMENT_PILLS[announcement.state].text}
          </Pill>
          {withdraw && announcement.state !== 'withdrawn' && (
            <Button
              size="small"
              aria-label={`撤回 ${announcement.title}`}
              onClick={() => withdraw(announcement)}
            >
              撤回
            </Button>
          )}
        </span>
      ),
    },
  ];
}

function Withdraw({ announcement, onClose }: { announcement: AnnouncementView; onClose: () => void }) {
  const [{ id, title }] = useState(announcement);
  const [nonce] = useState(newNonce);
  const withdraw = useDialogWrite('POST /api/console/announcements/:id/withdraw', {
    done: '已撤回',
    onClose,
  });
  return (
    <ReasonDialog
      title={`撤回“${title}”？`}
      consequence="从学生手机首页消失，还没发出的微信消息不再发。已经收到的微信消息收不回来。"
      suggestions={['内容有误，将重新发', '情况有变', '发错了范围']}
      readBy="会记入审计"
      okText="撤回"
      isDangerous
      isPending={withdraw.isPending}
      onConfirm={(reason) => withdraw.mutate({ params: { id }, body: { nonce, reason } })}
      onClose={onClose}
    />
  );
}
