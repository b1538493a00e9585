import { Text, View } from '@tarojs/components';
import { a11y, Icon } from '../../components';
import { copy } from '../../copy';
import type { Verdict } from '../../services/types';
import './person-row.scss';

export type PersonOnSite = NonNullable<Verdict['person']>;

interface PersonRowProps {
  person: PersonOnSite;
  onPick(): void;
  isPicked?: boolean;
}

export function PersonRow({ person, onPick, isPicked = false }: PersonRowProps) {
  return (
    <View
      className={`person${isPicked ? ' person--picked' : ''}`}
      {...a11y('button')}
      hoverClass="row--pressed"
      onClick={onPick}
    >
      <View className="person__facts">
        <Text className="person__name">{person.name}</Text>
        <Text className="person__note num">
          {person.studentNo} · {person.className}
        </Text>
        <Text className="person__note">
          {person.major} · {copy.trainings[person.training]}
        </Text>
      </View>
      <Icon name={isPicked ? 'check' : 'chevron'} />
    </View>
  );
}
