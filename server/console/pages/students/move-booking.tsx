import { App, Form, Select } from 'antd';
import { useState } from 'react';
import type { StudentFile } from '../../../../shared/contract/office';
import { useRead, useWrite } from '../../api/hooks';
import { useNow } from '../../demo/now';
import { useCampaign } from '../../layout/use-campaign';
import { newNonce } from '../../parts/new-nonce';
import { ReasonDialog } from '../../parts/reason-dialog';
import { clock, dayName } from '../../words/format';

/** Another session for one student, with the places that are left in each. */
export function MoveBooking({
  booking,
  name,
  onClose,
}: {
  booking: StudentFile['bookings'][number];
  name: string;
  onClose: () => void;
}) {
  const { id, collectionClosedAt, makeUp } = useCampaign();
  const now = useNow();
  const { message } = App.useApp();
  const [seen] = useState(booking);
  const [nonce, setNonce] = useState(newNonce);
  const [sessionId, setSessionId] = useState<string | null>(null);
  const [isMissing, setMissing] = useState(false);
  const sessions =
    useRead('GET /api/console/campaigns/:id/sessions', { params: { id } }).data?.sessions ?? [];
  const isMakeUp = collectionClosedAt !== null && makeUp?.bookable != null;
  const days =
    useRead('GET /api/console/campaigns/:id/make-up-slots', { params: { id } }, { enabled: isMakeUp }).data
      ?.days ?? [];
  const move = useWrite('POST /api/console/bookings/:id/move', {
    onDone({ session }) {
      message.success(session ? `已改到 ${clock(session.startsAt)} ${session.room}` : '已改时段');
      onClose();
    },
    onRefused(error) {
      setNonce(newNonce());
      if (error.code === 'CHANGED_MEANWHILE') onClose();
      return false;
    },
  });
  const inTimetable = sessions
    .filter((session) => new Date(session.endsAt) > now && session.id !== seen.session?.id)
    .map(({ id: value, day, startsAt, endsAt, room, title, capacity, booked }) => ({
      value,
      label: `${dayName(day)} ${clock(startsAt)}–${clock(endsAt)} ${room} ${title}（余 ${Math.max(0, capacity - booked)}）`,
      disabled: booked >= capacity,
    }));
  const ofMakeUp = days
    .flatMap(({ day, slots }) => slots.map((slot) => ({ day, ...slot })))
    .filter(
      (slot) =>
        new Date(slot.endsAt) > now && slot.isOffered && !slot.isStopped && slot.id !== seen.session?.id,
    )
    .map(({ id: value, day, startsAt, endsAt, capacity, booked }) => ({
      value,
      label: `补拍 ${dayName(day)} ${clock(startsAt)}–${clock(endsAt)}（余 ${Math.max(0, capacity - booked)}）`,
      disabled: booked >= capacity,
    }));
  const options = [...inTimetable, ...ofMakeUp];
  return (
    <ReasonDialog
      title={`给 ${name} 改时段`}
      consequence="原来的名额和新名额一次换好；付过的钱跟着走，不用再付。学生打开小程序就看到新的时段。"
      suggestions={['学生来电要求', '和实习时间冲突', '同班调整']}
      okText="改到这个时段"
      isPending={move.isPending}
      onConfirm={(reason) => {
        if (sessionId === null) {
          setMissing(true);
          return;
        }
        move.mutate({ params: { id: seen.id }, body: { version: seen.version, nonce, sessionId, reason } });
      }}
      onClose={onClose}
    >
      <Form layout="vertical" component="div">
        <Form.Item
          label="新的时段"
          validateStatus={isMissing ? 'error' : ''}
          help={isMissing ? '请选一个时段' : '灰色的已经满了'}
        >
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            aria-label="新的时段"
            placeholder="按时间、教室或专业查找"
            options={options}
            value={sessionId}
            onChange={(value: string) => {
              setSessionId(value);
              setMissing(false);
            }}
          />
        </Form.Item>
      </Form>
    </ReasonDialog>
  );
}
