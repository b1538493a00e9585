import { Text } from '@tarojs/components';
import { useState } from 'react';
import type { MyData } from '../../../shared/contract/privacy';
import { Button, Notice, ProblemNotice, Section, Sheet } from '../../components';
import { copy } from '../../copy';
import { useTask } from '../../hooks/use-task';
import { call } from '../../services/api';
import { refreshHome } from '../../services/home';
import { platform } from '../../services/platform';

const words = copy.privacy.erase;

interface EraseProps {
  blocked: boolean;
  isDone: boolean;
  onErased(data: MyData): void;
}

export function Erase({ blocked, isDone, onErased }: EraseProps) {
  const [isOpen, setOpen] = useState(false);
  const task = useTask();
  const erase = () =>
    void task.run(async () => {
      onErased(await call('POST /api/me/erasure', {}));
      platform.storage.remove('verify.draft');
      setOpen(false);
      await refreshHome();
    });
  if (isDone) {
    return (
      <Section title={words.title}>
        <Notice tone="good" title={words.done} />
      </Section>
    );
  }
  return (
    <Section title={words.title}>
      <Text className="my-data__text">{blocked ? words.blocked : words.text}</Text>
      <Button id="erase" kind="danger" disabled={blocked} onTap={() => setOpen(true)}>
        {words.action}
      </Button>
      <Sheet title={words.sheet.title} isOpen={isOpen} onClose={() => setOpen(false)}>
        <Text className="sheet__lead">{words.sheet.text}</Text>
        <ProblemNotice problem={task.problem} />
        <Button id="erase-now" kind="danger" busy={task.busy} onTap={erase}>
          {words.sheet.yes}
        </Button>
        <Button kind="plain" onTap={() => setOpen(false)}>
          {words.sheet.no}
        </Button>
      </Sheet>
    </Section>
  );
}
