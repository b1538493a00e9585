import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { Button, Chips, definePage, ProblemNotice, Screen } from '../../components';
import { useTask } from '../../hooks/use-task';
import { call } from '../../services/api';
import { freshId } from '../../services/ids';
import { FindPerson } from '../components/find-person';
import type { PersonOnSite } from '../components/person-row';
import { VerdictScreen } from '../components/verdict-screen';
import { staffCopy } from '../copy';
import { desk } from '../services/desk';
import { announce } from '../services/feedback';
import { type ShownVerdict, shownVerdict } from '../services/verdicts';
import './index.scss';

const words = staffCopy.walkIn;
type Evidence = keyof typeof words.evidences;
type Payment = keyof typeof words.payments;
const EVIDENCES: readonly Evidence[] = ['id_card', 'temporary_id', 'student_card_and_counsellor'];
const PAYMENTS: readonly Payment[] = ['by_phone', 'owed'];

/** Books on site: who, what was seen, how it is paid. Never blocked by a full session. */
function WalkIn() {
  const [person, setPerson] = useState<PersonOnSite | null>(null);
  const [evidence, setEvidence] = useState<Evidence | null>(null);
  const [payment, setPayment] = useState<Payment | null>(null);
  const [verdict, setVerdict] = useState<ShownVerdict | null>(null);
  const task = useTask();

  const book = () =>
    void task.run(async () => {
      if (!person || !evidence || !payment) return;
      const nonce = freshId();
      const body = { nonce, room: desk.room(), studentId: person.studentId, evidence, payment };
      const answer = shownVerdict(await call('POST /api/onsite/walk-ins', { body }), nonce);
      announce(answer);
      setVerdict(answer);
    });
  const undo = (takeBack: () => Promise<void>) =>
    void task.run(async () => {
      await takeBack();
      setVerdict(null);
    });
  const next = () => {
    setVerdict(null);
    setPerson(null);
    setEvidence(null);
    setPayment(null);
  };

  return (
    <Screen title={`${words.title} · ${desk.room()}`}>
      <View className="heading">
        <Text className="heading__lead">{words.lead}</Text>
      </View>
      <FindPerson onPick={setPerson} picked={person} />
      {person ? (
        <>
          <Text className="walk-in__label">{words.evidence}</Text>
          <Chips
            name="evidence"
            choices={EVIDENCES.map((value) => ({ value, label: words.evidences[value] }))}
            chosen={evidence}
            onChoose={(value) => setEvidence(value)}
          />
          <Text className="walk-in__label">{words.payment}</Text>
          <Chips
            name="payment"
            choices={PAYMENTS.map((value) => ({ value, label: words.payments[value] }))}
            chosen={payment}
            onChoose={(value) => setPayment(value)}
          />
          <ProblemNotice problem={task.problem} />
          <Button id="walk-in" busy={task.busy} disabled={!evidence || !payment} onTap={book}>
            {words.go}
          </Button>
        </>
      ) : null}
      {verdict ? (
        <VerdictScreen
          scan={{ by: { kind: 'student', studentId: person?.studentId ?? '' } }}
          verdict={verdict}
          busy={task.busy}
          onJudge={next}
          onUndo={undo}
          onNext={next}
        />
      ) : null}
    </Screen>
  );
}

export default definePage(WalkIn);
