import { Text, View } from '@tarojs/components';
import { a11y, Icon } from '../../components';
import { copy } from '../../copy';
import type { OpenSession } from '../../services/types';
import { dayWords, placeWords, rangeWords, timeWords } from '../../services/words';
import './session-option.scss';

const FEW = 5;

interface SessionOptionProps {
  session: OpenSession;
  isChosen: boolean;
  onChoose(): void;
}

export function SessionOption({ session, isChosen, onChoose }: SessionOptionProps) {
  const { closedBecause, left } = session;
  const isOpen = closedBecause === null;
  return (
    <View
      id={`session-${session.id}`}
      className={`option${isOpen ? '' : ' option--closed'}${isChosen ? ' option--chosen' : ''}`}
      {...a11y('radio', { checked: isChosen, disabled: !isOpen })}
      {...(isOpen && { onClick: onChoose })}
    >
      <View className="option__dot">{isChosen ? <Icon name="check" size={14} /> : null}</View>
      <View className="option__facts">
        <View className="option__head">
          <Text className="option__time num">{rangeWords(session.startsAt, session.endsAt)}</Text>
          <Text className={`option__left num${isOpen && left <= FEW ? ' option__left--few' : ''}`}>
            {closedBecause === null
              ? left <= FEW
                ? copy.sessions.few(left)
                : copy.sessions.left(left)
              : copy.sessions.closed[closedBecause]}
          </Text>
        </View>
        <Text className="option__place">
          {dayWords(session.day)} · {placeWords(session)}
        </Text>
        <Text className="option__title">
          {session.title}
          {isOpen ? ` · ${copy.sessions.lineUp(timeWords(session.lineUpAt))}` : ''}
        </Text>
      </View>
    </View>
  );
}
