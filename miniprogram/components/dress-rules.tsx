import { Text, View } from '@tarojs/components';
import { copy } from '../copy';
import { dressRules } from '../copy/dress-rules';
import { a11y } from './a11y';
import { Icon } from './icon';
import './dress-rules.scss';

/** The photo rules one by one as pictograms, each with its tick or cross. */
export function DressRules() {
  return (
    <View className="dress">
      {dressRules.map(({ icon, allowed, words }) => (
        <View key={words} className={`dress__rule dress__rule--${allowed ? 'yes' : 'no'}`}>
          <View className="dress__picture">
            <Icon name={`p-${icon}`} size={40} />
            <View
              className="dress__mark"
              {...a11y('img', { label: allowed ? copy.guide.dress.yes : copy.guide.dress.no })}
            >
              <Icon name={allowed ? 'check' : 'cross'} size={12} />
            </View>
          </View>
          <Text className="dress__words">{words}</Text>
        </View>
      ))}
    </View>
  );
}
