import { App, Form, InputNumber } from 'antd';
import { useState } from 'react';
import { useWrite } from '../../api/hooks';
import type { AnswerOf } from '../../api/send';
import { useCampaign } from '../../layout/use-campaign';
import { ReasonDialog } from '../../parts/reason-dialog';
import { clock, count } from '../../words/format';

type Session = AnswerOf<'GET /api/console/campaigns/:id/sessions'>['sessions'][number];

/** More places in a session; never fewer. */
export function RaiseCapacity({ session, onClose }: { session: Session; onClose: () => void }) {
  const { id } = useCampaign();
  const { message } = App.useApp();
  const [seen] = useState(session);
  const [capacity, setCapacity] = useState(seen.capacity + 5);
  const raise = useWrite('POST /api/console/campaigns/:id/sessions/:sessionId/capacity', {
    onDone(raised) {
      message.success(`名额已增加到 ${count(raised.capacity)}`);
      onClose();
    },
    onRefused(error) {
      if (error.code === 'CHANGED_MEANWHILE') onClose();
      return false;
    },
  });
  return (
    <ReasonDialog
      title={`给 ${clock(seen.startsAt)} ${seen.room} ${seen.title} 加名额`}
      consequence={`现在 ${count(seen.capacity)} 个名额，已约 ${count(seen.booked)} 人。只能增加，不能减少。`}
      suggestions={['本专业人数多于计划', '安排没有时段的学生', '补约']}
      okText={`增加到 ${count(capacity)}`}
      isPending={raise.isPending}
      onConfirm={(reason) =>
        raise.mutate({
          params: { id, sessionId: seen.id },
          body: { version: seen.version, capacity, reason },
        })
      }
      onClose={onClose}
    >
      <Form layout="vertical" component="div">
        <Form.Item label="名额">
          <InputNumber
            aria-label="名额"
            min={seen.capacity + 1}
            max={5000}
            value={capacity}
            onChange={(value) => setCapacity(value ?? seen.capacity + 1)}
          />
        </Form.Item>
      </Form>
    </ReasonDialog>
  );
}
