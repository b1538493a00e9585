import { Text } from '@tarojs/components';
import { useState } from 'react';
import { Button, Card, Chips, Field, Notice, ProblemNotice, Row, Sheet } from '../../components';
import { copy } from '../../copy';
import { useTask } from '../../hooks/use-task';
import { CHOICES, CORRECTABLE, type Correctable } from '../../pages/enrolment/correctable';
import { call } from '../../services/api';
import type { PersonOnSite } from '../components/person-row';
import { staffCopy } from '../copy';

const words = staffCopy.correct;
type Channel = keyof typeof words.channels;
const CHANNELS: readonly Channel[] = ['on_site', 'phone', 'letter'];

interface CorrectionFormProps {
  person: PersonOnSite;
  onCorrected(person: PersonOnSite): void;
}

/** One thing at a time: what it was, what it becomes, why, and who asked. */
export function CorrectionForm({ person, onCorrected }: CorrectionFormProps) {
  const [field, setField] = useState<Correctable | null>(null);
  const [value, setValue] = useState('');
  const [reason, setReason] = useState('');
  const [channel, setChannel] = useState<Channel>('on_site');
  const [isAsking, setAsking] = useState(false);
  const [done, setDone] = useState('');
  const task = useTask();

  const choices = field ? CHOICES[field] : undefined;

  const choose = (chosen: Correctable) => {
    setField(chosen);
    setValue('');
    setDone('');
  };
  const correct = (confirmed: boolean) =>
    void task.run(async () => {
      if (!field) return;
      setAsking(false);
      const body = { version: person.version, field, value: value.trim(), reason, channel, confirmed };
      const params = { id: person.studentId };
      const answer = await call('POST /api/onsite/students/:id/correct', { params, body });
      setDone(`${words.fields[field]}：${shownOf(person, field)} → ${shownOf(answer.person, field)}`);
      onCorrected(answer.person);
      setField(null);
      setValue('');
    });

  return (
    <>
      {done ? (
        <Notice tone="good" title={words.done}>
          <Text id="corrected">{done}</Text>
        </Notice>
      ) : null}
      <Text className="correct__label">{words.field}</Text>
      <Chips
        name="field"
        choices={CORRECTABLE.map((each) => ({ value: each, label: words.fields[each] }))}
        chosen={field}
        onChoose={choose}
      />
      {field ? (
        <>
          <Card className="correct__before">
            <Row label={words.before} value={<Text>{shownOf(person, field) || '—'}</Text>} />
          </Card>
          {choices ? (
            <>
              <Text className="correct__label">{words.after}</Text>
              <Chips
                name="value"
                choices={choices.map((each, index) => ({ value: each, label: each, id: `value-${index}` }))}
                chosen={value}
                onChoose={setValue}
              />
            </>
          ) : (
            <Field
              name="value"
              label={words.after}
              value={value}
              onInput={setValue}
              keyboard={field === 'documentNumber' ? 'idcard' : 'text'}
              maxLength={60}
            />
          )}
          <Text className="correct__label">{words.reason}</Text>
          <Chips
            name="reason"
            choices={words.reasons.map((each, index) => ({
              value: each,
              label: each,
              id: `reason-${index}`,
            }))}
            chosen={reason}
            onChoose={setReason}
          />
          <Field name="reason" label={words.otherReason} value={reason} onInput={setReason} maxLength={200} />
          <Text className="correct__label">{words.channel}</Text>
          <Chips
            name="channel"
            choices={CHANNELS.map((each) => ({ value: each, label: words.channels[each] }))}
            chosen={channel}
            onChoose={(value) => setChannel(value)}
          />
          <Button
            id="correct"
            busy={task.busy}
            disabled={value.trim() === '' || reason.trim() === ''}
            onTap={() => (field === 'documentNumber' ? setAsking(true) : correct(false))}
          >
            {words.go}
          </Button>
        </>
      ) : null}
      <ProblemNotice problem={task.problem} />
      <Sheet title={words.confirmTitle} isOpen={isAsking} onClose={() => setAsking(false)}>
        <Text className="sheet__lead">{words.confirmLead}</Text>
        <Text className="correct__number num">{inGroups(value.trim())}</Text>
        <Button id="confirm-correction" busy={task.busy} onTap={() => correct(true)}>
          {words.confirm}
        </Button>
        <Button kind="plain" onTap={() => setAsking(false)}>
          {words.cancel}
        </Button>
      </Sheet>
    </>
  );
}

/** Region, birthday, rest, as people read it out: 530102 20010101 002X. */
const inGroups = (number: string): string => number.replace(/^(\d{6})(\d{8})(\w{4})$/, '$1 $2 $3');

function shownOf(person: PersonOnSite, field: Correctable): string {
  if (field === 'documentNumber') return person.documentMasked ?? '';
  if (field === 'graduationType') return copy.graduations[person.graduationType];
  return field === 'training' ? copy.trainings[person.training] : person[field];
}
