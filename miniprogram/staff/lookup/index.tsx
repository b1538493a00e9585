import { Text } from '@tarojs/components';
import { useState } from 'react';
import { Button, CheckRow, Chips, definePage, Field, ProblemNotice, Screen } from '../../components';
import { FindPerson } from '../components/find-person';
import { VerdictScreen } from '../components/verdict-screen';
import { staffCopy } from '../copy';
import { LinkBar } from '../offline/link-bar';
import { useScans } from '../scan/use-scans';

const words = staffCopy.lookup;

/** Without a code: by the number on the document, or by name. */
function Lookup() {
  const [way, setWay] = useState<'document' | 'name'>('document');
  const [number, setNumber] = useState('');
  const [originalSeen, setOriginalSeen] = useState(false);
  const { judged, busy, problem, judge, undo, takeHere, dismiss } = useScans();

  const checkIn = () => judge({ by: { kind: 'document', number: number.trim() }, originalSeen });
  const next = () => {
    dismiss();
    setNumber('');
    setOriginalSeen(false);
  };

  return (
    <Screen title={words.title}>
      <LinkBar />
      <Chips
        name="way"
        choices={[
          { value: 'document', label: words.document },
          { value: 'name', label: words.name },
        ]}
        chosen={way}
        onChoose={(value) => setWay(value)}
      />
      {way === 'document' ? (
        <Field
          name="documentNumber"
          label={words.number}
          value={number}
          onInput={setNumber}
          keyboard="idcard"
          maxLength={24}
          focus
          onConfirm={checkIn}
        />
      ) : null}
      <CheckRow id="original-seen" checked={originalSeen} onChange={setOriginalSeen} title={words.original}>
        <Text>{words.originalNote}</Text>
      </CheckRow>
      <ProblemNotice problem={problem} />
      {way === 'document' ? (
        <Button id="check-in" busy={busy} disabled={number.trim() === ''} onTap={checkIn}>
          {words.go}
        </Button>
      ) : (
        <FindPerson
          onPick={({ studentId, studentNo }) =>
            judge({ by: { kind: 'student', studentId }, studentNo, originalSeen })
          }
        />
      )}
      {judged ? (
        <VerdictScreen
          {...judged}
          busy={busy}
          problem={problem}
          onJudge={judge}
          onUndo={undo}
          onTakeHere={takeHere}
          onNext={next}
        />
      ) : null}
    </Screen>
  );
}

export default definePage(Lookup);
