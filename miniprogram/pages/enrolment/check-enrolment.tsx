import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { Button, Card, CheckRow, Notice, ProblemNotice, Row } from '../../components';
import { copy } from '../../copy';
import { useTask } from '../../hooks/use-task';
import { call } from '../../services/api';
import { refreshHome } from '../../services/home';
import { go } from '../../services/navigation';
import type { EnrolmentView } from '../../services/types';
import { CollectionCode } from './collection-code';

const words = copy.enrolment.check;
const { fields } = words;
/** The version of the words in `consentTitle` and `consentDetail`. */
const CONSENT_VERSION = 1;

interface CheckEnrolmentProps {
  enrolment: EnrolmentView;
  onChange(enrolment: EnrolmentView): void;
  onWrong(): void;
}

export function CheckEnrolment({ enrolment, onChange, onWrong }: CheckEnrolmentProps) {
  const [agrees, setAgrees] = useState(false);
  const task = useTask();
  const { id, version, correction, confirmedAt } = enrolment;

  const confirm = () =>
    void task.run(async () => {
      const body = { version, consentVersion: CONSENT_VERSION };
      onChange(await call('POST /api/me/enrolment/:id/confirm', { params: { id }, body }));
      await refreshHome();
    });

  return (
    <>
      <View className="heading">
        <Text className="heading__title">{confirmedAt ? words.confirmed : words.title}</Text>
        <Text className="heading__lead">{words.lead}</Text>
      </View>
      {correction ? (
        <Notice
          tone={correction.status === 'open' ? 'info' : 'good'}
          title={copy.enrolment.correction[correction.status]}
        >
          {correction.answer ? <Text>{correction.answer}</Text> : null}
        </Notice>
      ) : null}
      <Card>
        <Text className="enrolment__name">{enrolment.name}</Text>
        {rowsOf(enrolment).map(([label, value]) => (
          <Row key={label} label={label} value={<Text className="num">{value}</Text>} />
        ))}
      </Card>
      {confirmedAt ? (
        <View className="enrolment__actions">
          <Button id="to-sessions" onTap={go.sessions}>
            {words.toSessions}
          </Button>
          <CollectionCode enrolment={enrolment} onChange={onChange} />
        </View>
      ) : (
        <View className="enrolment__actions">
          <CheckRow id="consent-portrait" checked={agrees} onChange={setAgrees} title={words.consentTitle}>
            <Text>{words.consentDetail}</Text>
          </CheckRow>
          <ProblemNotice problem={task.problem} />
          <Button id="confirm" busy={task.busy} disabled={!agrees} onTap={confirm}>
            {words.confirm}
          </Button>
        </View>
      )}
      {correction?.status === 'open' ? null : (
        <Button id="wrong" kind="plain" onTap={onWrong}>
          {words.wrong}
        </Button>
      )}
    </>
  );
}

function rowsOf(enrolment: EnrolmentView): [string, string][] {
  return [
    [fields.document, enrolment.documentMasked ?? '—'],
    [fields.studentNo, enrolment.studentNo],
    [fields.college, enrolment.college],
    [fields.major, enrolment.major],
    [fields.className, enrolment.className],
    [fields.training, copy.trainings[enrolment.training]],
    [fields.graduation, copy.graduations[enrolment.graduationType]],
  ];
}
