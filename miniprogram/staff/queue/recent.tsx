import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { Button, Chips, Sheet } from '../../components';
import type { Answer } from '../../services/api';
import { staffCopy } from '../copy';

const words = staffCopy.queue;
type Shot = Answer<'GET /api/onsite/queue'>['lastShot'][number];

interface RecentProps {
  shots: readonly Shot[];
  busy: boolean;
  onReshoot(bookingId: string, reason: string): void;
}

/** The last few portraits; one that is no good is taken again. */
export function Recent({ shots, busy, onReshoot }: RecentProps) {
  const [chosen, setChosen] = useState<Shot | null>(null);
  if (shots.length === 0) return null;
  return (
    <>
      <Text className="queue__waiting">{words.recent}</Text>
      {shots.map((shot) => (
        <View key={shot.bookingId} className="queue__row">
          <Text className="queue__small num">{shot.shotNumber}</Text>
          <Text className="queue__who">{shot.name}</Text>
          <Button
            id={`reshoot-${shot.shotNumber}`}
            kind="secondary"
            small
            disabled={busy}
            onTap={() => setChosen(shot)}
          >
            {words.reshoot}
          </Button>
        </View>
      ))}
      <Sheet
        title={words.reshootTitle(chosen?.shotNumber ?? 0)}
        isOpen={chosen !== null}
        onClose={() => setChosen(null)}
      >
        <Text className="sheet__lead">{words.reshootLead}</Text>
        <Chips
          name="reshoot-reason"
          choices={words.reshootReasons.map((value, index) => ({ value, label: value, id: `why-${index}` }))}
          chosen={null}
          onChoose={(reason) => {
            if (chosen) onReshoot(chosen.bookingId, reason);
            setChosen(null);
          }}
        />
      </Sheet>
    </>
  );
}
