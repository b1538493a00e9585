import {
  Alert,
  App,
  AutoComplete,
  Button,
  Form,
  Input,
  InputNumber,
  Modal,
  Radio,
  Select,
  Spin,
  TimePicker,
} from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useEffect, useState } from 'react';
import type { TimetableChangePreview, TimetableMove } from '../../../../shared/contract/timetable-changes';
import { useAsk, useWrite } from '../../api/hooks';
import type { AnswerOf } from '../../api/send';
import { useCampaign } from '../../layout/use-campaign';
import { newNonce } from '../../parts/new-nonce';
import { clock, count, dayName } from '../../words/format';

type Session = AnswerOf<'GET /api/console/campaigns/:id/sessions'>['sessions'][number];

interface Filled {
  scope: TimetableMove['scope'];
  room?: string;
  day?: string;
  startsAt?: Dayjs | null;
  shiftMinutes?: number | null;
  reason?: string;
}

/** Moves a session, its room or its whole day, when students have booked already: first who is affected, then do it. */
export function ChangeTimetable({ session, onClose }: { session: Session; onClose: () => void }) {
  const campaign = useCampaign();
  const { message } = App.useApp();
  const [seen] = useState(session);
  const [nonce, setNonce] = useState(newNonce);
  const [form] = Form.useForm<Filled>();
  const filled = Form.useWatch([], form) as Filled | undefined;
  const move = moveOf(seen, filled);
  const preview = useAsk('POST /api/console/campaigns/:id/timetable-changes/preview');
  const { mutate: look, reset } = preview;
  const asked = JSON.stringify(move);
  useEffect(() => {
    if (asked === 'null') reset();
    else look({ params: { id: campaign.id }, body: { move: JSON.parse(asked) } });
  }, [asked, campaign.id, look, reset]);
  const change = useWrite('POST /api/console/campaigns/:id/timetable-changes', {
    onDone({ sessions }) {
      message.success(`${sessions.length} 个时段已调整，学生打开小程序就会看到`);
      onClose();
    },
    onRefused() {
      setNonce(newNonce());
      if (move) look({ params: { id: campaign.id }, body: { move } });
      return false;
    },
  });
  const found = move ? preview.data : undefined;
  const isBlocked = found?.conflicts.some(({ severity }) => severity === 'blocks') ?? true;
  const days = campaign.collectionDays.map(({ day }) => day);
  return (
    <Modal
      open
      width={640}
      title={`调整 ${clock(seen.startsAt)}–${clock(seen.endsAt)} ${seen.room} ${seen.title}`}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>不改了</Button>
          <Button
            type="primary"
            disabled={isBlocked || preview.isPending}
            loading={change.isPending}
            onClick={form.submit}
          >
            {found
              ? `调整 ${found.sessions.length} 个时段，通知 ${count(found.affected.students)} 人`
              : '调整'}
          </Button>
        </>
      }
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ scope: 'session', room: seen.room, day: seen.day }}
        onFinish={({ reason = '' }) => {
          if (!move || !found) return;
          const accept = found.conflicts.flatMap(({ severity, code }) => (severity === 'asks' ? [code] : []));
          change.mutate({
            params: { id: campaign.id },
            body: {
              version: found.version,
              nonce,
              move,
              reason: reason.trim(),
              accept: [...new Set(accept)],
            },
          });
        }}
      >
        <Form.Item name="scope" label="调整哪些">
          <Radio.Group
            optionType="button"
            options={[
              { value: 'session', label: '只这个时段' },
              { value: 'room', label: `${seen.room} 从它开始的` },
              { value: 'day', label: `${dayName(seen.day)} 从它开始的` },
            ]}
          />
        </Form.Item>
        <div className="fields">
          {filled?.scope !== 'day' && (
            <Form.Item name="room" label="改到教室">
              <AutoComplete options={campaign.rooms.map((room) => ({ value: room }))} maxLength={30} />
            </Form.Item>
          )}
          {days.length > 1 && (
            <Form.Item name="day" label="改到哪天">
              <Select options={days.map((day) => ({ value: day, label: dayName(day) }))} />
            </Form.Item>
          )}
          {filled?.scope === 'session' ? (
            <Form.Item name="startsAt" label={`改到几点开始（原 ${clock(seen.startsAt)}）`}>
              <TimePicker format="HH:mm" minuteStep={5} needConfirm={false} />
            </Form.Item>
          ) : (
            <Form.Item name="shiftMinutes" label="推迟几分钟（提前填负数）">
              <InputNumber min={-720} max={720} step={5} />
            </Form.Item>
          )}
        </div>
        <Spin spinning={preview.isPending}>
          {found ? (
            <Preview preview={found} />
          ) : (
            <Alert type="info" showIcon title="改动教室或时间后，这里先列出影响到谁，还不会生效" />
          )}
        </Spin>
        <Form.Item
          className="gap-above"
          name="reason"
          label="告诉学生的原因"
          rules={[{ required: true, whitespace: true, message: '学生会看到这句话，请填写' }]}
        >
          <Input maxLength={60} placeholder="例如：C区202 空调故障，改到 C区207" />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function Preview({ preview: { sessions, affected, conflicts } }: { preview: TimetableChangePreview }) {
  return (
    <div className="stack">
      <Alert
        type={affected.students > 0 ? 'warning' : 'info'}
        showIcon
        title={`${sessions.length} 个时段，影响 ${count(affected.students)} 名已预约的学生（已付款 ${count(affected.paid)} 人）`}
        description={affected.colleges
          .slice(0, 6)
          .map(({ college, students }) => `${college} ${students} 人`)
          .join('，')}
      />
      <ul className="plain-list number move-list">
        {sessions.slice(0, 30).map(({ sessionId, title, from, to }) => (
          <li key={sessionId}>
            {title}：{clock(from.startsAt)} {from.room} →{' '}
            <strong>
              {clock(to.startsAt)}–{clock(to.endsAt)} {to.room}
            </strong>
          </li>
        ))}
      </ul>
      {conflicts.map(({ code, sessionId, severity, message }) => (
        <Alert
          key={`${code} ${sessionId}`}
          type={severity === 'blocks' ? 'error' : severity === 'asks' ? 'warning' : 'info'}
          showIcon
          title={message}
        />
      ))}
    </div>
  );
}

/** What the form asks for; null while it asks for nothing. */
function moveOf(session: Session, filled: Filled | undefined): TimetableMove | null {
  if (!filled) return null;
  const room = filled.room?.trim() && filled.room.trim() !== session.room ? { room: filled.room.trim() } : {};
  const day = filled.day && filled.day !== session.day ? { day: filled.day } : {};
  const shift = filled.shiftMinutes ? { shiftMinutes: filled.shiftMinutes } : {};
  const from = clock(session.startsAt);
  if (filled.scope === 'session') {
    const at = filled.startsAt ? dayjs(filled.startsAt).format('HH:mm') : from;
    const to = { ...room, ...day, ...(at === from ? {} : { startsAt: at }) };
    return isEmpty(to) ? null : { scope: 'session', sessionId: session.id, to };
  }
  if (filled.scope === 'room') {
    const to = { ...room, ...day, ...shift };
    return isEmpty(to) ? null : { scope: 'room', day: session.day, room: session.room, from, to };
  }
  const to = { ...day, ...shift };
  return isEmpty(to) ? null : { scope: 'day', day: session.day, from, to };
}

const isEmpty = (object: object): boolean => Object.keys(object).length === 0;
