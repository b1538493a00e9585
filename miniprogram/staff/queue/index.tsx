import { Text, View } from '@tarojs/components';
import { Button, Card, definePage, EmptyState, ProblemNotice, Screen, Skeleton } from '../../components';
import { useLive } from '../../hooks/use-live';
import { useTask } from '../../hooks/use-task';
import { type Answer, call } from '../../services/api';
import { freshId } from '../../services/ids';
import { go } from '../../services/navigation';
import { staffCopy } from '../copy';
import { LinkBar } from '../offline/link-bar';
import { desk } from '../services/desk';
import { CollectionCode } from './collection-code';
import './index.scss';
import { Recent } from './recent';

const words = staffCopy.queue;
const EVERY_MS = 3_000;
type Waiting = Answer<'GET /api/onsite/queue'>['waiting'][number];

/** The camera desk: who is next, shot, skipped, and the way back. Every button names its number: two desks may press. */
function Queue() {
  const { data, problem, refresh } = useLive(
    'GET /api/onsite/queue',
    { query: { room: desk.room() } },
    EVERY_MS,
  );
  const task = useTask();
  const [next, ...others] = data?.waiting ?? [];
  const [last] = data?.lastShot ?? [];

  const doing = (work: () => Promise<unknown>) =>
    void task.run(async () => {
      await work();
      refresh();
    });
  const markShot = ({ bookingId: id }: Waiting) =>
    doing(() => call('POST /api/onsite/bookings/:id/shot', { params: { id }, body: { nonce: freshId() } }));
  const skip = ({ bookingId: id, shotNumber }: Waiting) =>
    doing(() =>
      call('POST /api/onsite/bookings/:id/skip', { params: { id }, body: { nonce: freshId(), shotNumber } }),
    );
  const undoShot = (id: string) =>
    doing(() =>
      call('POST /api/onsite/bookings/:id/undo', {
        params: { id },
        body: { nonce: freshId(), step: 'shot' },
      }),
    );
  const reshoot = (id: string, reason: string) =>
    doing(() =>
      call('POST /api/onsite/bookings/:id/reshoot', { params: { id }, body: { nonce: freshId(), reason } }),
    );

  return (
    <Screen
      title={`${words.title} · ${desk.room()}`}
      footer={
        <>
          <View className="pair">
            {last ? (
              <Button id="undo-shot" kind="plain" disabled={task.busy} onTap={() => undoShot(last.bookingId)}>
                {words.undo(last.shotNumber)}
              </Button>
            ) : null}
            {next ? (
              <Button id="skip" kind="plain" disabled={task.busy} onTap={() => skip(next)}>
                {words.skip(next.shotNumber)}
              </Button>
            ) : null}
          </View>
          <Button
            id="shot"
            busy={task.busy}
            disabled={!next}
            onTap={() => {
              if (next) markShot(next);
            }}
          >
            {next ? words.shotOf(next.shotNumber) : words.shot}
          </Button>
        </>
      }
    >
      <LinkBar />
      <ProblemNotice problem={task.problem ?? problem} />
      {!data && !problem ? <Skeleton shape={[200, 64, 64]} /> : null}
      {next ? <Next person={next} /> : null}
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
      <Recent shots={data?.lastShot ?? []} busy={task.busy} onReshoot={reshoot} />
      <Button id="to-display" kind="plain" onTap={go.staffDisplay}>
        {words.display}
      </Button>
    </Screen>
  );
}

function Next({ person }: { person: Waiting }) {
  return (
    <Card className="queue__next">
      <Text className="queue__label">{words.next}</Text>
      <Text className="queue__number num">{person.shotNumber}</Text>
      <Text className="queue__name">{person.name}</Text>
      <Text className="queue__class">{person.className}</Text>
      <Flags person={person} />
      {person.hasCollectionCode ? <CollectionCode bookingId={person.bookingId} name={person.name} /> : null}
    </Card>
  );
}

function Flags({ person }: { person: Pick<Waiting, 'seeOriginalId' | 'payment'> }) {
  return (
    <View className="queue__flags">
      {person.seeOriginalId ? <Text className="queue__flag">{words.seeOriginal}</Text> : null}
      {person.payment === 'owed' ? <Text className="queue__flag">{words.owed}</Text> : null}
    </View>
  );
}

export default definePage(Queue);
