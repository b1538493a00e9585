import { Text, View } from '@tarojs/components';
import { useLive } from '../../hooks/use-live';
import { timeWords } from '../../services/words';
import { staffCopy } from '../copy';
import { desk } from '../services/desk';

const words = staffCopy.board;
const EVERY_MS = 10_000;

/** Who was sent away in this room today, and why: they come back, perhaps to another phone. */
export function FailedScans() {
  const { data } = useLive('GET /api/onsite/failed-scans', { query: { room: desk.room() } }, EVERY_MS);
  if (!data || data.scans.length === 0) return null;
  return (
    <View className="board__row" id="failed-scans">
      <Text className="board__title">{words.failed}</Text>
      {data.scans.map(({ id, at, device, title, tone, name }) => (
        <View key={id} className="board__failed">
          <Text className="board__at num">{timeWords(at)}</Text>
          <View className="board__who">
            <Text>{name ?? words.nobody}</Text>
            <Text className="board__when">{device}</Text>
          </View>
          <Text className={`board__reason board__reason--${tone}`}>{title}</Text>
        </View>
      ))}
    </View>
  );
}
