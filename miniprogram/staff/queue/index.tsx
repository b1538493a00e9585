import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import {
  Button,
  Card,
  definePage,
  EmptyState,
  Notice,
  ProblemNotice,
  Screen,
  Skeleton,
} from '../../components';
import { go } from '../../services/navigation';
import { staffCopy } from '../copy';
import { LinkBar } from '../offline/link-bar';
import { CollectionCode } from './collection-code';
import './index.scss';
import { Recent } from './recent';
import { Renumber } from './renumber';
import { type Numbered, useCameraDesk, type Waiting } from './use-camera-desk';

const words = staffCopy.queue;

/** The camera desk: who is next, shot, skipped, renumbered, and the way back. */
function Queue() {
  const { room, data, problem, busy, renumbered, ...desk } = useCameraDesk();
  const [renumbering, setRenumbering] = useState<{ person: Numbered; isShot: boolean } | null>(null);
  const [next, ...others] = data?.waiting ?? [];
  const [last] = data?.lastShot ?? [];
  const newNumber = (person: Waiting) => setRenumbering({ person, isShot: false });

  return (
    <Screen
      title={`${words.title} · ${room}`}
      footer={
        <>
          <View className="pair">
            {last ? (
              <Button id="undo-shot" kind="plain" disabled={busy} onTap={() => desk.undoShot(last.bookingId)}>
                {words.undo(last.shotNumber)}
              </Button>
            ) : null}
            {next ? (
              <Button id="skip" kind="plain" disabled={busy} onTap={() => desk.skip(next)}>
                {words.skip(next.shotNumber)}
              </Button>
            ) : null}
          </View>
          <Button
            id="shot"
            busy={busy}
            disabled={!next}
            onTap={() => {
              if (next) desk.markShot(next);
            }}
          >
            {next ? words.shotOf(next.shotNumber) : words.shot}
          </Button>
        </>
      }
    >
      <LinkBar />
      <ProblemNotice problem={problem} />
      {renumbered ? (
        <Notice tone="good">
          <Text id="renumbered">{words.renumbered(renumbered.name, renumbered.shotNumber)}</Text>
        </Notice>
      ) : null}
      {!data && !problem ? <Skeleton shape={[200, 64, 64]} /> : null}
      {next ? <Next person={next} busy={busy} onRenumber={() => newNumber(next)} /> : null}
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
          <Button
            id={`renumber-${person.shotNumber}`}
            kind="plain"
            small
            disabled={busy}
            onTap={() => newNumber(person)}
          >
            {words.renumber}
          </Button>
        </View>
      ))}
      <Recent
        shots={data?.lastShot ?? []}
        busy={busy}
        onReshoot={desk.reshoot}
        onRenumber={(person) => setRenumbering({ person, isShot: true })}
      />
      <Button id="to-display" kind="plain" onTap={go.staffDisplay}>
        {words.display}
      </Button>
      <Renumber
        of={renumbering?.person ?? null}
        isShot={renumbering?.isShot ?? false}
        onRenumber={desk.renumber}
        onClose={() => setRenumbering(null)}
      />
    </Screen>
  );
}

function Next({ person, busy, onRenumber }: { person: Waiting; busy: boolean; onRenumber(): void }) {
  return (
    <Card className="queue__next">
      <Text className="queue__label">{words.next}</Text>
      <Text className="queue__number num">{person.shotNumber}</Text>
      <Text className="queue__name">{person.name}</Text>
      <Text className="queue__class">{person.className}</Text>
      <Flags person={person} />
      <View className="queue__ways">
        {person.hasCollectionCode ? <CollectionCode bookingId={person.bookingId} name={person.name} /> : null}
        <Button id="renumber-next" kind="secondary" small disabled={busy} onTap={onRenumber}>
          {words.renumber}
        </Button>
      </View>
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
