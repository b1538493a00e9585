import { Text, View } from '@tarojs/components';
import { useEffect } from 'react';
import { maskName } from '../../../shared/domain/person-name';
import { definePage, ProblemNotice, Screen } from '../../components';
import { useLive } from '../../hooks/use-live';
import { platform } from '../../services/platform';
import { staffCopy } from '../copy';
import { useLink } from '../offline/use-link';
import { desk } from '../services/desk';
import './index.scss';

const words = staffCopy.display;
const EVERY_MS = 2_000;
const NEXT = 5;

/** For a screen in the room: whose turn it is, and the next five. Names are masked: a whole room reads them. */
function Display() {
  const room = desk.room();
  useLink();
  const { data, problem } = useLive('GET /api/onsite/queue', { query: { room } }, EVERY_MS);
  const [current, ...others] = data?.waiting ?? [];
  useEffect(() => {
    platform.keepScreenOn(true);
    return () => platform.keepScreenOn(false);
  }, []);

  return (
    <Screen title={`${words.title} · ${room}`} className="display">
      <View className="display__room">
        <Text>{room}</Text>
        <Text className="num">{words.waiting(data?.waiting.length ?? 0)}</Text>
      </View>
      <ProblemNotice problem={problem} />
      <View className="display__now">
        <Text className="display__label">{words.now}</Text>
        <Text id="display-number" className="display__number num">
          {current ? current.shotNumber : '—'}
        </Text>
        <Text className="display__name">{current ? maskName(current.name) : words.nobody}</Text>
      </View>
      <View className="display__next">
        <Text className="display__label">{words.next}</Text>
        <View className="display__row">
          {others.slice(0, NEXT).map(({ bookingId, shotNumber, name }) => (
            <View key={bookingId} className="display__one">
              <Text className="display__small num">{shotNumber}</Text>
              <Text>{maskName(name)}</Text>
            </View>
          ))}
        </View>
      </View>
    </Screen>
  );
}

export default definePage(Display);
