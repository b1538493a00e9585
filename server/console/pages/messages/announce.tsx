import { App, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import {
  type AnnouncementGroup,
  LONGEST_TEXT,
  LONGEST_TITLE,
} from '../../../../shared/contract/announcements';
import { STANDING_NAMES, STANDINGS, type StandingKey } from '../../../../shared/domain/standings';
import { useRead, useWrite } from '../../api/hooks';
import { useNow } from '../../demo/now';
import { useCampaign } from '../../layout/use-campaign';
import { newNonce } from '../../parts/new-nonce';
import { clock, count, dayName, stamp } from '../../words/format';

interface Draft {
  standing?: StandingKey;
  college?: string;
  sessionId?: string;
  title: string;
  text: string;
}

/** Writes to a group: whom it reaches is counted while the group is chosen, and nothing goes out on another number. */
export function Announce({ onClose }: { onClose: () => void }) {
  const { id } = useCampaign();
  const { message } = App.useApp();
  const [form] = Form.useForm<Draft>();
  const [nonce, setNonce] = useState(newNonce);
  const { standing, college, sessionId, title = '', text = '' } = Form.useWatch([], form) ?? {};
  const group: AnnouncementGroup = {
    ...(standing ? { standing } : {}),
    ...(college ? { college } : {}),
    ...(sessionId ? { sessionId } : {}),
  };
  const preview = useRead(
    'GET /api/console/campaigns/:id/announcements/preview',
    { params: { id }, query: group },
    { keepLast: true },
  );
  const sessions =
    useRead('GET /api/console/campaigns/:id/sessions', { params: { id } }).data?.sessions ?? [];
  const reach = preview.isPlaceholderData ? undefined : preview.data;
  const announce = useWrite('POST /api/console/campaigns/:id/announcements', {
    onDone({ students }) {
      message.success(`已发给 ${count(students)} 名学生`);
      onClose();
    },
    onRefused() {
      setNonce(newNonce());
      void preview.refetch();
      return false;
    },
  });
  return (
    <Modal
      open
      width={860}
      title="发通知"
      okText={reach ? `发给 ${count(reach.students)} 人` : '正在计数'}
      okButtonProps={{ disabled: !reach || reach.students === 0 }}
      confirmLoading={announce.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <div className="two-columns">
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          onFinish={({ title: given, text: words }) => {
            if (!reach) return;
            announce.mutate({
              params: { id },
              body: { title: given, text: words, group, students: reach.students, nonce },
            });
          }}
        >
          <Form.Item name="standing" label="情况">
            <Select
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              placeholder="不限"
              options={STANDINGS.map((value) => ({ value, label: STANDING_NAMES[value] }))}
            />
          </Form.Item>
          <Form.Item name="college" label="学院">
            <Select
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              placeholder="不限"
              options={(preview.data?.colleges ?? [])
                .filter((name) => name !== '')
                .map((name) => ({ value: name, label: name }))}
            />
          </Form.Item>
          <Form.Item name="sessionId" label="时段">
            <Select
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              placeholder="不限"
              options={sessions.map((session) => ({
                value: session.id,
                label: `${dayName(session.day)} ${clock(session.startsAt)} ${session.room} ${session.title}`,
              }))}
            />
          </Form.Item>
          <Form.Item
            name="title"
            label="标题"
            rules={[{ required: true, whitespace: true, message: '请写标题，会出现在微信消息里' }]}
          >
            <Input maxLength={LONGEST_TITLE} showCount placeholder="例如 请在周五前完成预约" />
          </Form.Item>
          <Form.Item
            name="text"
            label="内容"
            rules={[{ required: true, whitespace: true, message: '请写清楚要学生做什么、到什么时候' }]}
          >
            <Input.TextArea maxLength={LONGEST_TEXT} showCount autoSize={{ minRows: 4, maxRows: 10 }} />
          </Form.Item>
        </Form>
        <div className="stack is-tight">
          <Reach of={reach} />
          <div className="phone-notice">
            <strong>{title.trim() || '标题'}</strong>
            <p className="as-written">{text.trim() || '内容'}</p>
            <span className="phone-button">知道了</span>
          </div>
        </div>
      </div>
    </Modal>
  );
}

/** The demo's clock runs on between the answer and the look. */
const MOMENT_MS = 60_000;

interface ReachOf {
  students: number;
  bound: number;
  subscribed: number;
  messagesAt: string;
}

function Reach({ of: reach }: { of: ReachOf | undefined }) {
  const now = useNow();
  if (!reach) return <p className="soft">正在计数…</p>;
  const { students, bound, subscribed, messagesAt } = reach;
  const isLater = new Date(messagesAt).getTime() - now.getTime() > MOMENT_MS;
  return (
    <dl className="facts number" aria-live="polite">
      <div>
        <dt>范围内</dt>
        <dd>{count(students)} 人</dd>
      </div>
      <div>
        <dt>手机上能看到</dt>
        <dd>
          {count(bound)} 人
          {students > bound && (
            <span className="faint">，另 {count(students - bound)} 人还没登录，登录后 14 天内可见</span>
          )}
        </dd>
      </div>
      <div>
        <dt>另收微信消息</dt>
        <dd>
          {count(subscribed)} 人
          {isLater && <span className="warn">，夜间不打扰，{stamp(messagesAt)} 发出</span>}
        </dd>
      </div>
    </dl>
  );
}
