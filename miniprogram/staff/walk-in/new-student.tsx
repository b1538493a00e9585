import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { Button, Chips, Field, ProblemNotice } from '../../components';
import { copy } from '../../copy';
import { useTask } from '../../hooks/use-task';
import { ApiError, call } from '../../services/api';
import type { PersonOnSite } from '../components/person-row';
import { staffCopy } from '../copy';

const words = staffCopy.walkIn;
type TextField = Exclude<keyof typeof words.fields, 'training'>;
const FIELDS: readonly TextField[] = ['name', 'studentNo', 'documentNumber', 'college', 'major', 'className'];
const NEEDED: readonly TextField[] = ['name', 'studentNo', 'major'];
type Training = keyof typeof copy.trainings;
const TRAININGS: readonly Training[] = ['undergraduate', 'top_up', 'second_degree'];

interface NewStudentProps {
  onAdded(person: PersonOnSite): void;
  onBack(): void;
}

/** Somebody who stands at the desk and is on no roster. */
export function NewStudent({ onAdded, onBack }: NewStudentProps) {
  const [facts, setFacts] = useState<Readonly<Record<TextField, string>>>({
    name: '',
    studentNo: '',
    documentNumber: '',
    college: '',
    major: '',
    className: '',
  });
  const [training, setTraining] = useState<Training>('undergraduate');
  const task = useTask();
  const isComplete = NEEDED.every((field) => facts[field].trim() !== '');

  const add = () =>
    void task.run(async () => {
      onAdded(await call('POST /api/onsite/students', { body: { ...facts, training } }));
    });

  return (
    <>
      <View className="heading">
        <Text className="heading__title">{words.addTitle}</Text>
        <Text className="heading__lead">{words.addLead}</Text>
      </View>
      {FIELDS.map((field) => (
        <Field
          key={field}
          name={field}
          label={words.fields[field]}
          value={facts[field]}
          onInput={(value) => setFacts({ ...facts, [field]: value })}
          keyboard={field === 'documentNumber' ? 'idcard' : 'text'}
          problem={problemOf(task.problem?.error, field)}
          maxLength={40}
        />
      ))}
      <Text className="walk-in__label">{words.fields.training}</Text>
      <Chips
        name="training"
        choices={TRAININGS.map((value) => ({ value, label: copy.trainings[value] }))}
        chosen={training}
        onChoose={(value) => setTraining(value)}
      />
      <ProblemNotice problem={task.problem} />
      <Button id="add-student" busy={task.busy} disabled={!isComplete} onTap={add}>
        {words.addGo}
      </Button>
      <Button kind="plain" onTap={onBack}>
        {words.back}
      </Button>
    </>
  );
}

/** The server names the field that is wrong. */
function problemOf(error: unknown, field: string): string | undefined {
  const fields = error instanceof ApiError ? error.details.fields : undefined;
  if (typeof fields !== 'object' || fields === null) return undefined;
  const said: unknown = Reflect.get(fields, field);
  return typeof said === 'string' && /[^ -~]/.test(said) ? said : undefined;
}
