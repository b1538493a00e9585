import { Text, View } from '@tarojs/components';
import { copy } from '../copy';
import { platform } from '../services/platform';
import type { CampaignView } from '../services/types';
import { clockWords, shortDay } from '../services/words';
import { Row } from './card';
import './make-up.scss';

type MakeUpInfo = NonNullable<CampaignView['makeUp']>;
const words = copy.guide.makeUp;

/** Where and when a missed portrait can be made up. */
export function MakeUp({ makeUp }: { makeUp: MakeUpInfo }) {
  const hours = makeUp.hours.map(({ from, to }) => `${clockWords(from)}–${clockWords(to)}`);
  const closed = makeUp.closedOnPublicHolidays ? `（${words.closedOnHolidays}）` : '';
  return (
    <View className="make-up">
      <Row icon="calendar" label={words.deadline} value={<Text>{deadlineWords(makeUp.deadline)}</Text>} />
      <Row icon="pin" label={words.place} value={<Text>{makeUp.place}</Text>} />
      <Row
        icon="clock"
        label={words.hours}
        value={
          <Text>
            {weekdayWords(makeUp.weekdays)}
            {closed}
            {hours.map((each, index) => (
              <Text key={each} className="make-up__hours num">
                {index < hours.length - 1 ? `${each}，` : each}
              </Text>
            ))}
          </Text>
        }
      />
      {makeUp.metro ? <Row icon="metro" label={words.metro} value={<Text>{makeUp.metro}</Text>} /> : null}
      {makeUp.busLines.length > 0 ? (
        <Row icon="bus" label={words.bus} value={<Text>{makeUp.busLines.join('、')}</Text>} />
      ) : null}
      {makeUp.parking ? <Row icon="car" label={words.parking} value={<Text>{makeUp.parking}</Text>} /> : null}
      <Row
        icon="phone"
        label={words.phone}
        value={<Text className="num">{makeUp.phone}</Text>}
        onTap={() => platform.call(makeUp.phone)}
      />
      <Row
        icon="mail"
        label={words.email}
        value={<Text>{makeUp.email}</Text>}
        onTap={() => void platform.copy(makeUp.email)}
      />
      {makeUp.bookable ? <Text className="make-up__note">{words.bookable}</Text> : null}
      {makeUp.notes.map((note) => (
        <Text key={note} className="make-up__note">
          {note}
        </Text>
      ))}
    </View>
  );
}

function deadlineWords(day: string): string {
  return `${day.slice(0, 4)}年${shortDay(day)}`;
}

/** [2,3,4,5,6,0] → 周二至周日; days that do not follow each other are listed. */
function weekdayWords(weekdays: readonly number[]): string {
  const names = copy.guide.weekdays;
  const isRun = weekdays.every((day, index) => index === 0 || day === ((weekdays[index - 1] ?? 0) + 1) % 7);
  const [first, last] = [weekdays[0], weekdays.at(-1)];
  if (isRun && weekdays.length > 2 && first !== undefined && last !== undefined) {
    return copy.guide.weekdayRange(names[first] ?? '', names[last] ?? '');
  }
  return weekdays.map((day) => `周${names[day] ?? ''}`).join('、');
}
