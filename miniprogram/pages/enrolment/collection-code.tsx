import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { Button, Field, ProblemNotice, Section } from '../../components';
import { copy } from '../../copy';
import { useTask } from '../../hooks/use-task';
import { call } from '../../services/api';
import { refreshHome } from '../../services/home';
import { platform } from '../../services/platform';
import type { EnrolmentView } from '../../services/types';
import { momentWords } from '../../services/words';

const words = copy.enrolment.code;
const SHORTEST = 8;

interface CollectionCodeProps {
  enrolment: EnrolmentView;
  onChange(enrolment: EnrolmentView): void;
}

/** The register's own code, deposited for the day of the shot. What it says is never shown again. */
export function CollectionCode({ enrolment, onChange }: CollectionCodeProps) {
  const [text, setText] = useState('');
  const [isReplacing, setReplacing] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const task = useTask();
  const { collectionCodeAt: keptAt } = enrolment;

  const keep = async (code: string | null) => {
    onChange(
      await call('PUT /api/me/enrolment/:id/collection-code', {
        params: { id: enrolment.id },
        body: { text: code },
      }),
    );
    setText('');
    setReplacing(false);
    await refreshHome();
  };
  const scan = () =>
    void task.run(async () => {
      const seen = await platform.scanCode();
      if (seen) await keep(seen);
    });
  const save = () => {
    const isLong = text.trim().length >= SHORTEST;
    setWrong(isLong ? undefined : words.tooShort);
    if (isLong) void task.run(() => keep(text.trim()));
  };

  if (keptAt && !isReplacing) {
    return (
      <Section title={words.title}>
        <Text className="enrolment__note">{words.kept(momentWords(keptAt))}</Text>
        <ProblemNotice problem={task.problem} />
        <View className="pair">
          <Button id="replace-code" kind="secondary" onTap={() => setReplacing(true)}>
            {words.replace}
          </Button>
          <Button
            id="remove-code"
            kind="danger"
            busy={task.busy}
            onTap={() => void task.run(() => keep(null))}
          >
            {words.remove}
          </Button>
        </View>
      </Section>
    );
  }
  return (
    <Section title={words.title}>
      <Text className="enrolment__note">{words.lead}</Text>
      {platform.canScan ? (
        <Button id="scan-code" kind="secondary" disabled={task.busy} onTap={scan}>
          {words.scan}
        </Button>
      ) : null}
      <View className="enrolment__paste">
        <Field
          name="collectionCode"
          label={platform.canScan ? words.orPaste : words.paste}
          value={text}
          onInput={setText}
          maxLength={4000}
          problem={wrong}
        />
      </View>
      <ProblemNotice problem={task.problem} />
      <Button id="save-code" kind="secondary" busy={task.busy} disabled={text.trim() === ''} onTap={save}>
        {words.save}
      </Button>
    </Section>
  );
}
