import { Text, View } from '@tarojs/components';
import { shanghaiTime } from '../../../shared/domain/time';
import { a11y } from '../../components';
import { copy } from '../../copy';
import type { MakeUpChoice } from '../../services/types';
import { rangeWords } from '../../services/words';

const FEW = 2;
const NOON = '12:00';

interface TimesProps {
  choices: readonly MakeUpChoice[];
  chosen: string | null;
  onChoose(id: string): void;
}

/** One day's slots, morning and afternoon. */
export function Times({ choices, chosen, onChoose }: TimesProps) {
  const isMorning = ({ startsAt }: MakeUpChoice) => shanghaiTime(new Date(startsAt)) < NOON;
  const parts = [
    { title: copy.makeUp.morning, slots: choices.filter(isMorning) },
    { title: copy.makeUp.afternoon, slots: choices.filter((choice) => !isMorning(choice)) },
  ];
  return (
    <>
      {parts
        .filter(({ slots }) => slots.length > 0)
        .map(({ title, slots }) => (
          <View key={title} className="make-up-times" {...a11y('radiogroup', { label: title })}>
            <Text className="make-up-times__title">{title}</Text>
            <View className="make-up-times__grid">
              {slots.map((slot) => (
                <Time
                  key={slot.id}
                  slot={slot}
                  isChosen={slot.id === chosen}
                  onChoose={() => onChoose(slot.id)}
                />
              ))}
            </View>
          </View>
        ))}
    </>
  );
}

function Time({ slot, isChosen, onChoose }: { slot: MakeUpChoice; isChosen: boolean; onChoose(): void }) {
  const { closedBecause, left, startsAt, endsAt, id } = slot;
  const isOpen = closedBecause === null;
  const look = [isOpen ? '' : ' is-closed', isChosen ? ' is-chosen' : '', left <= FEW ? ' is-few' : ''];
  return (
    <View
      id={`make-up-${id}`}
      className={`make-up-times__time${look.join('')}`}
      {...a11y('radio', { checked: isChosen, disabled: !isOpen })}
      {...(isOpen && { onClick: onChoose })}
    >
      <Text className="make-up-times__range num">{rangeWords(startsAt, endsAt)}</Text>
      <Text className="make-up-times__left num">
        {closedBecause === null ? copy.makeUp.left(left) : copy.makeUp.closed[closedBecause]}
      </Text>
    </View>
  );
}
