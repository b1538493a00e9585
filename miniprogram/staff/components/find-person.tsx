import { Text } from '@tarojs/components';
import { useState } from 'react';
import { Button, EmptyState, Field, Notice, ProblemNotice } from '../../components';
import { useTask } from '../../hooks/use-task';
import { type Answer, call } from '../../services/api';
import { staffCopy } from '../copy';
import { type PersonOnSite, PersonRow } from './person-row';

const words = staffCopy.lookup;

interface FindPersonProps {
  onPick(person: PersonOnSite): void;
  picked?: PersonOnSite | null;
  /** Where nobody was found: another way. */
  onMissing?: () => void;
}

/** By name or student number, among all students of the campaign. */
export function FindPerson({ onPick, picked = null, onMissing }: FindPersonProps) {
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<Answer<'POST /api/onsite/search'> | null>(null);
  const task = useTask();

  const search = () =>
    void task.run(async () => {
      if (query.trim() === '') return;
      setFound(await call('POST /api/onsite/search', { body: { q: query.trim() } }));
    });

  return (
    <>
      <Field
        name="query"
        label={words.query}
        value={query}
        onInput={setQuery}
        maxLength={40}
        onConfirm={search}
      />
      <Button id="search" kind="secondary" busy={task.busy} disabled={query.trim() === ''} onTap={search}>
        {words.search}
      </Button>
      <ProblemNotice problem={task.problem} />
      {found?.people.length === 0 ? <EmptyState icon="search" title={words.none} /> : null}
      {found?.people.length === 0 && onMissing ? (
        <Button id="not-listed" kind="secondary" onTap={onMissing}>
          {staffCopy.walkIn.add}
        </Button>
      ) : null}
      {found?.people.map((person) => (
        <PersonRow
          key={person.studentId}
          person={person}
          isPicked={person.studentId === picked?.studentId}
          onPick={() => onPick(person)}
        />
      ))}
      {found?.more ? (
        <Notice>
          <Text>{words.more}</Text>
        </Notice>
      ) : null}
    </>
  );
}
