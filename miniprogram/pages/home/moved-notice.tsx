import { Text, View } from '@tarojs/components';
import { Button, Notice, ProblemNotice } from '../../components';
import { copy } from '../../copy';
import { useTask } from '../../hooks/use-task';
import { call } from '../../services/api';
import { serverClock } from '../../services/clock';
import { refreshHome } from '../../services/home';
import { go } from '../../services/navigation';
import type { BookingView } from '../../services/types';
import { dayWords, midnightWords, placeWords, rangeWords } from '../../services/words';
import './moved-notice.scss';

const words = copy.home.moved;

/** The school has moved the session: from where to where and why, until the student has seen it. */
export function MovedNotice({ booking }: { booking: BookingView }) {
  const task = useTask();
  const { id, moved, cancellableUntil } = booking;
  if (!moved || moved.acknowledged) return null;
  const mayCancel = cancellableUntil !== null && Date.parse(cancellableUntil) > serverClock.now().getTime();

  const acknowledge = () =>
    void task.run(async () => {
      const { changeId } = moved;
      await call('POST /api/me/bookings/:id/acknowledge-move', { params: { id }, body: { changeId } });
      await refreshHome();
    });

  return (
    <View className="moved" id="moved">
      <Notice tone="warn" icon="clock" title={words.title}>
        <Place of="from" session={moved.from} />
        <Place of="to" session={moved.to} />
        <Text className="moved__line">{words.reason(moved.reason)}</Text>
        <Text className="moved__line">{words.money}</Text>
        {mayCancel ? (
          <Text className="moved__line">{words.cancelUntil(midnightWords(cancellableUntil))}</Text>
        ) : null}
        <View className="pair moved__actions">
          <Button id="moved-seen" small busy={task.busy} onTap={acknowledge}>
            {words.seen}
          </Button>
          {mayCancel ? (
            <Button id="moved-cancel" kind="secondary" small onTap={go.orders}>
              {words.cancel}
            </Button>
          ) : null}
        </View>
      </Notice>
      <ProblemNotice problem={task.problem} />
    </View>
  );
}

interface PlaceProps {
  of: 'from' | 'to';
  session: NonNullable<BookingView['moved']>['to'];
}

function Place({ of, session }: PlaceProps) {
  return (
    <View className={`moved__place moved__place--${of}`}>
      <Text className="moved__label">{words[of]}</Text>
      <View className="moved__where num">
        <Text className="moved__fact">{dayWords(session.day)}</Text>
        <Text className="moved__fact">{rangeWords(session.startsAt, session.endsAt)}</Text>
        <Text className="moved__room">{placeWords(session)}</Text>
      </View>
    </View>
  );
}
