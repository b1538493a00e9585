import { View } from '@tarojs/components';
import { Button, Notice, ProblemNotice } from '../../components';
import { copy } from '../../copy';
import { useTask } from '../../hooks/use-task';
import { call } from '../../services/api';
import { refreshHome } from '../../services/home';
import type { HomeView } from '../../services/types';

const words = copy.guide.check;

/** From the fortieth day: what the student has seen at the register. It can be said anew. */
export function SayChecked({ home }: { home: HomeView }) {
  const task = useTask();
  const { card, booking } = home;
  if (card.kind !== 'check_photo' || !booking) return null;
  const say = (result: 'right' | 'wrong') =>
    void task.run(async () => {
      await call('POST /api/me/bookings/:id/photo-check', { params: { id: booking.id }, body: { result } });
      await refreshHome();
    });
  return (
    <View className="guide__action">
      {card.result ? (
        <Notice tone={card.result === 'right' ? 'good' : 'warn'} title={words.said[card.result]} />
      ) : null}
      <ProblemNotice problem={task.problem} />
      <View className="pair">
        <Button
          id="photo-right"
          busy={task.busy}
          disabled={card.result === 'right'}
          onTap={() => say('right')}
        >
          {words.right}
        </Button>
        <Button
          id="photo-wrong"
          kind="danger"
          disabled={task.busy || card.result === 'wrong'}
          onTap={() => say('wrong')}
        >
          {words.wrong}
        </Button>
      </View>
    </View>
  );
}
