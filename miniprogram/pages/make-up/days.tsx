import { ScrollView, Text, View } from '@tarojs/components';
import { weekday } from '../../../shared/domain/time';
import { a11y } from '../../components';
import { copy } from '../../copy';
import type { MakeUpDayView } from '../../services/types';

interface DaysProps {
  days: readonly MakeUpDayView[];
  chosen: string;
  onChoose(day: string): void;
}

/** The open days in a row, with how many places each has left. */
export function Days({ days, chosen, onChoose }: DaysProps) {
  return (
    <ScrollView scrollX className="make-up-days">
      <View className="make-up-days__row" {...a11y('radiogroup', { label: copy.makeUp.days })}>
        {days.map(({ day, choices }) => {
          const left = choices.reduce((sum, one) => sum + (one.closedBecause === null ? one.left : 0), 0);
          const isChosen = day === chosen;
          return (
            <View
              key={day}
              id={`day-${day}`}
              className={`make-up-days__day${isChosen ? ' is-chosen' : ''}${left === 0 ? ' is-full' : ''}`}
              {...a11y('radio', { checked: isChosen })}
              onClick={() => onChoose(day)}
            >
              <Text className="make-up-days__weekday">周{copy.guide.weekdays[weekday(day)]}</Text>
              <Text className="make-up-days__date num">
                {Number(day.slice(5, 7))}/{Number(day.slice(8))}
              </Text>
              <Text className="make-up-days__left num">
                {left === 0 ? copy.makeUp.full : copy.makeUp.left(left)}
              </Text>
            </View>
          );
        })}
      </View>
    </ScrollView>
  );
}
