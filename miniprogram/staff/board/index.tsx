import { Text, View } from '@tarojs/components';
import { definePage, ProblemNotice, Screen, Skeleton } from '../../components';
import { useLive } from '../../hooks/use-live';
import type { Answer } from '../../services/api';
import { rangeWords } from '../../services/words';
import { staffCopy } from '../copy';
import { LinkBar } from '../offline/link-bar';
import { desk } from '../services/desk';
import { FailedScans } from './failed-scans';
import './index.scss';
import { Pace } from './pace';

const words = staffCopy.board;
const EVERY_MS = 5_000;

type Row = Answer<'GET /api/onsite/board'>['rows'][number];

/** How the own room does, who was sent away there, and expected, arrived and shot, session by session. */
function Board() {
  const { data, problem } = useLive('GET /api/onsite/board', { query: {} }, EVERY_MS);
  const rows = data?.rows ?? [];
  const own = data?.rooms.find(({ room }) => room === desk.room());
  const total = (of: 'expected' | 'arrived' | 'shot') => rows.reduce((sum, row) => sum + row[of], 0);
  return (
    <Screen title={words.title}>
      <LinkBar />
      <ProblemNotice problem={problem} />
      {!data && !problem ? <Skeleton shape={[84, 72, 72, 72]} /> : null}
      {data ? (
        <View className="board__totals">
          {(['shot', 'arrived', 'expected'] as const).map((each) => (
            <View key={each} className="board__total">
              <Text className="board__figure num">{total(each)}</Text>
              <Text className="board__label">{words[each]}</Text>
            </View>
          ))}
        </View>
      ) : null}
      {own ? <Pace pace={own} shot={shotIn(rows, own.room)} /> : null}
      <FailedScans />
      {rows.map((row) => (
        <View key={row.sessionId ?? row.room} className="board__row">
          <View className="board__head">
            <Text className="board__title">{row.title}</Text>
            <Text className="board__counts num">
              {row.shot} / {row.arrived} / {row.expected}
            </Text>
          </View>
          <Text className="board__when num">
            {row.room}
            {row.startsAt && row.endsAt ? ` · ${rangeWords(row.startsAt, row.endsAt)}` : ''}
          </Text>
          <View className="board__bar">
            <View className="board__arrived" style={{ width: share(row.arrived, row.expected) }} />
            <View className="board__shot" style={{ width: share(row.shot, row.expected) }} />
          </View>
        </View>
      ))}
    </Screen>
  );
}

const shotIn = (rows: readonly Row[], room: string) =>
  rows.reduce((sum, row) => sum + (row.room === room ? row.shot : 0), 0);

const share = (part: number, whole: number) => `${whole === 0 ? 0 : Math.min(100, (100 * part) / whole)}%`;

export default definePage(Board);
