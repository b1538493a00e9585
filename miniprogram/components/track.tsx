import { Text, View } from '@tarojs/components';
import { copy } from '../copy';
import type { HomeView } from '../services/types';
import { a11y } from './a11y';
import { Icon } from './icon';
import './track.scss';

/** 认证–确认–预约–支付–采集: how far I am. Done is a tick, attention an exclamation mark: never colour alone. */
export function Track({ track }: { track: HomeView['track'] }) {
  return (
    <View className="track" {...a11y('list')}>
      {track.map(({ step, state }) => (
        <View key={step} className={`track__step track__step--${state}`} {...a11y('listitem')}>
          <View className="track__dot">
            {state === 'done' ? <Icon name="check" size={12} /> : null}
            {state === 'attention' ? <Text className="track__mark">!</Text> : null}
          </View>
          <Text className="track__label">{copy.track[step]}</Text>
        </View>
      ))}
    </View>
  );
}
