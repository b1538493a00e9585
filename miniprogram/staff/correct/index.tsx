import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { definePage, Screen } from '../../components';
import { FindPerson } from '../components/find-person';
import type { PersonOnSite } from '../components/person-row';
import { staffCopy } from '../copy';
import { LinkBar } from '../offline/link-bar';
import { CorrectionForm } from './correction-form';
import './index.scss';

const words = staffCopy.correct;

/** Wrong enrolment data is put right before the shot, never after. */
function Correct() {
  const [person, setPerson] = useState<PersonOnSite | null>(null);
  return (
    <Screen title={words.title}>
      <LinkBar />
      <View className="heading">
        <Text className="heading__lead">{words.lead}</Text>
      </View>
      <FindPerson onPick={setPerson} picked={person} />
      {person ? <CorrectionForm key={person.studentId} person={person} onCorrected={setPerson} /> : null}
    </Screen>
  );
}

export default definePage(Correct);
