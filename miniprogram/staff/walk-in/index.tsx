import { Text, View } from '@tarojs/components';
import { useCallback, useState } from 'react';
import { Button, definePage, ProblemNotice, Screen } from '../../components';
import { FindPerson } from '../components/find-person';
import type { PersonOnSite } from '../components/person-row';
import { VerdictScreen } from '../components/verdict-screen';
import { staffCopy } from '../copy';
import { LinkBar } from '../offline/link-bar';
import { desk } from '../services/desk';
import { ChooseTerms } from './choose-terms';
import './index.scss';
import { NewStudent } from './new-student';
import { PayCode } from './pay-code';
import { useWalkIn } from './use-walk-in';

const words = staffCopy.walkIn;

/** Books on site: who, what was seen, how it is paid. Never blocked by a full session. */
function WalkIn() {
  const [person, setPerson] = useState<PersonOnSite | null>(null);
  const [isNew, setNew] = useState(false);
  const { verdict, unpaid, busy, problem, book, owe, admitPaid, undo, clear } = useWalkIn();

  const next = useCallback(() => {
    clear();
    setPerson(null);
    setNew(false);
  }, [clear]);

  return (
    <Screen title={`${words.title} · ${desk.room()}`}>
      <LinkBar />
      {unpaid ? (
        <PayCode
          bookingId={unpaid.bookingId}
          busy={busy}
          onPaid={() => admitPaid(unpaid)}
          onOwe={() => owe(unpaid)}
          onLater={next}
        />
      ) : null}
      {!unpaid && isNew && !person ? <NewStudent onAdded={setPerson} onBack={() => setNew(false)} /> : null}
      {!unpaid && !(isNew && !person) ? (
        <>
          <View className="heading">
            <Text className="heading__lead">{words.lead}</Text>
          </View>
          <FindPerson onPick={setPerson} picked={person} onMissing={() => setNew(true)} />
        </>
      ) : null}
      {person && !unpaid ? (
        <ChooseTerms
          key={person.studentId}
          busy={busy}
          onBook={(evidence, payment) => book(person, evidence, payment)}
        />
      ) : null}
      <ProblemNotice problem={problem} />
      {person && !unpaid ? (
        <Button id="anew" kind="plain" onTap={next}>
          {words.back}
        </Button>
      ) : null}
      {verdict && person ? (
        <VerdictScreen
          scan={{ by: { kind: 'student', studentId: person.studentId } }}
          verdict={verdict}
          busy={busy}
          problem={problem}
          onJudge={next}
          onUndo={undo}
          onNext={next}
        />
      ) : null}
    </Screen>
  );
}

export default definePage(WalkIn);
