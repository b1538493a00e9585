import { Text, View } from '@tarojs/components';
import { PHOTO_RULES, type PhotoRule } from '../../shared/domain/photo-rules';
import { copy } from '../copy';
import { a11y } from './a11y';
import { Icon, type IconName } from './icon';
import './dress-rules.scss';

/** A pictogram for each rule by its key. */
const PICTURES: Readonly<Record<string, IconName>> = {
  sit_straight: 'p-posture',
  level_shoulders: 'p-shoulders',
  closed_lips: 'p-lips',
  clear_face: 'p-hair',
  formal_suit: 'p-suit',
  collared_shirt: 'p-collar',
  tidy_clothes: 'p-tidy',
  plain_glasses: 'p-glasses',
  no_earrings: 'p-earrings',
  no_necklace: 'p-necklace',
  no_tinted_glasses: 'p-tinted',
  no_coloured_contacts: 'p-contacts',
  no_hair_over_face: 'p-fringe',
  no_light_blue: 'p-lightblue',
  no_stripes: 'p-stripes',
  no_busy_pattern: 'p-pattern',
  no_high_collar: 'p-turtleneck',
  no_fur_collar: 'p-fur',
};

/** The photo rules one by one, each with its tick or cross. */
export function DressRules() {
  return (
    <View className="dress">
      <Text className="dress__group">{copy.guide.dress.yes}</Text>
      {[...PHOTO_RULES.posture, ...PHOTO_RULES.wear].map((rule) => (
        <Rule key={rule.key} rule={rule} isAllowed />
      ))}
      <Text className="dress__group">{copy.guide.dress.no}</Text>
      {PHOTO_RULES.avoid.map((rule) => (
        <Rule key={rule.key} rule={rule} isAllowed={false} />
      ))}
    </View>
  );
}

function Rule({ rule, isAllowed }: { rule: PhotoRule; isAllowed: boolean }) {
  const mark = isAllowed ? copy.guide.dress.yes : copy.guide.dress.no;
  return (
    <View className={`dress__rule dress__rule--${isAllowed ? 'yes' : 'no'}`}>
      <View className="dress__picture">
        <Icon name={PICTURES[rule.key] ?? 'p-posture'} size={38} />
        <View className="dress__mark" {...a11y('img', { label: mark })}>
          <Icon name={isAllowed ? 'check' : 'cross'} size={12} />
        </View>
      </View>
      <Text className="dress__words">{rule.text}</Text>
    </View>
  );
}
