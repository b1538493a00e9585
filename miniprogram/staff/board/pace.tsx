import { Text, View } from '@tarojs/components';
import type { Answer } from '../../services/api';
import { timeWords } from '../../services/words';
import { staffCopy } from '../copy';

const words = staffCopy.board;

interface PaceProps {
  pace: Answer<'GET /api/onsite/board'>['rooms'][number];
  /** How many this room has photographed. */
  shot: number;
}

/** How fast this room works against its plan, and when it will be done. */
export function Pace({ pace, shot }: PaceProps) {
  const { room, dueByNow, secondsAShot, endsAt, plannedEndsAt } = pace;
  const behind = dueByNow - shot;
  return (
    <View className="board__row" id="pace">
      <View className="board__head">
        <Text className="board__title">{room}</Text>
        <Text className={`board__state board__state--${behind > 0 ? 'behind' : 'good'}`}>
          {behind > 0 ? words.behind(behind) : words.onTime}
        </Text>
      </View>
      <Text className="board__line num">
        {secondsAShot === null ? words.noPace : words.pace(secondsAShot)} · {words.due(dueByNow)}
      </Text>
      <Text className="board__line num">
        {endsAt === null
          ? words.endsUnknown(timeWords(plannedEndsAt))
          : words.ends(timeWords(endsAt), timeWords(plannedEndsAt))}
      </Text>
    </View>
  );
}
