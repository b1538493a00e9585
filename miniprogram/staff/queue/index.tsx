import { Text, View } from '@tarojs/components';
import { Button, Card, definePage, EmptyState, ProblemNotice, Screen, Skeleton } from '../../components';
import { useLive } from '../../hooks/use-live';
import { useTask } from '../../hooks/use-task';
import { call } from '../../services/api';
import { freshId } from '../../services/ids';
import { staffCopy } from '../copy';
import { desk } from '../services/desk';
import './index.scss';

const words = staffCopy.queue;
const EVERY_MS = 3_000;

/** The camera desk: who is next, shot, and the way back. */
function Queue() {
  const { data, problem, refresh } = useLive(
    'GET /api/onsite/queue',
    { query: { room: desk.room() } },
    EVERY_MS,
  );
  const task = useTask();
  const [next, ...others] = data?.waiting ?? [];
  const [last] = data?.lastShot ?? [];

  const markShot = (id: string) =>
    void task.run(async () => {
      await call('POST /api/onsite/bookings/:id/shot', { params: { id }, body: { nonce: freshId() } });
      refresh();
    });
  const undoShot = (id: string) =>
    void task.run(async () => {
      const body = { nonce: freshId(), step: 'shot' as const };
      await call('POST /api/onsite/bookings/:id/undo', { params: { id }, body });
      refresh();
    });

  return (
    <Screen
      title={`${words.title} · ${desk.room()}`}
      footer={
        <View className="pair">
          {last ? (
            <Button
              id="undo-shot"
              kind="secondary"
              disabled={task.busy}
              onTap={() => undoShot(last.bookingId)}
            >
              {words.undo(last.shotNumber)}
            </Button>
          ) : null}
          <Button
            id="shot"
            busy={task.busy}
            disabled={!next}
            onTap={() => {
              if (next) markShot(next.bookingId);
            }}
          >
            {next ? words.shotOf(next.shotNumber) : words.shot}
          </Button>
        </View>
      }
    >
      <ProblemNotice problem={task.problem ?? problem} />
      {!data && !problem ? <Skeleton shape={[200, 64, 64]} /> : null}
      {next ? (
        <Card className="queue__next">
          <Text className="queue__label">{words.next}</Text>
          <Text className="queue__number num">{next.shotNumber}</Text>
          <Text className="queue__name">{next.name}</Text>
          <Text className="queue__class">{next.className}</Text>
          <Flags person={next} />
        </Card>
      ) : null}
      {data && !next ? (
        <EmptyState icon="queue" title={words.empty}>
          <Text>{words.emptyText}</Text>
        </EmptyState>
      ) : null}
      {others.length > 0 ? <Text className="queue__waiting">{words.waiting(others.length)}</Text> : null}
      {others.map((person) => (
        <View key={person.bookingId} className="queue__row">
          <Text className="queue__small num">{person.shotNumber}</Text>
          <Text className="queue__who">{person.name}</Text>
          <Flags person={person} />
        </View>
      ))}
    </Screen>
  );
}

function Flags({ person }: { person: { seeOriginalId: boolean; payment: string } }) {
  return (
    <View className="queue__flags">
      {person.seeOriginalId ? <Text className="queue__flag">{words.seeOriginal}</Text> : null}
      {person.payment === 'owed' ? <Text className="queue__flag">{words.owed}</Text> : null}
    </View>
  );
}

export default definePage(Queue);
