import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { Button, Chips, Sheet } from '../../components';
import { staffCopy } from '../copy';
import type { Shot } from './use-camera-desk';

const words = staffCopy.queue;

interface RecentProps {
  shots: readonly Shot[];
  busy: boolean;
  onReshoot(bookingId: string, reason: string): void;
  onRenumber(shot: Shot): void;
}

/** The last few portraits; one that is no good is taken again. */
export function Recent({ shots, busy, onReshoot, onRenumber }: RecentProps) {
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
            id={`renumber-${shot.shotNumber}`}
            kind="plain"
            small
            disabled={busy}
            onTap={() => onRenumber(shot)}
          >
            {words.renumber}
          </Button>
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
