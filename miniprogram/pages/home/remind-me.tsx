import { Text } from '@tarojs/components';
import { useState } from 'react';
import { Button } from '../../components';
import { copy } from '../../copy';
import { useTask } from '../../hooks/use-task';
import { askForMessages } from '../../services/messages';
import { platform } from '../../services/platform';

const words = copy.home.cards.remind;

/** Asks WeChat for one message of a kind; one yes is one message. */
export function RemindMe({ kind }: { kind: 'opening' | 'photo_check' }) {
  const [isOn, setOn] = useState(false);
  const task = useTask();
  if (!platform.canNotify([kind])) return null;
  if (isOn) return <Text className="state__reminded">{words.on}</Text>;
  const ask = () =>
    void task.run(async () => {
      setOn(await askForMessages([kind, 'announcement']));
    });
  return (
    <Button id="remind-me" kind="on-card" busy={task.busy} onTap={ask}>
      {words[kind]}
    </Button>
  );
}
