import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { checkStudentNo } from '../../../shared/domain/student-no';
import { Button, Field, ProblemNotice } from '../../components';
import { copy } from '../../copy';
import { useTask } from '../../hooks/use-task';
import { call } from '../../services/api';
import { refreshHome } from '../../services/home';
import type { EnrolmentView } from '../../services/types';

const words = copy.enrolment.find;

interface FindEnrolmentProps {
  campaignId: string;
  onFound(enrolment: EnrolmentView): void;
}

export function FindEnrolment({ campaignId, onFound }: FindEnrolmentProps) {
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState<string>();
  const search = useTask();

  const find = () => {
    const check = checkStudentNo(text);
    setWrong(check.ok ? undefined : check.message);
    if (!check.ok) return;
    void search.run(async () => {
      const body = { campaignId, studentNo: check.studentNo };
      onFound(await call('POST /api/me/enrolment', { body }));
      await refreshHome();
    });
  };

  return (
    <>
      <View className="heading">
        <Text className="heading__title">{words.title}</Text>
        <Text className="heading__lead">{words.lead}</Text>
      </View>
      <Field
        name="studentNo"
        label={words.label}
        value={text}
        onInput={setText}
        problem={wrong}
        focus
        onConfirm={find}
      />
      <ProblemNotice problem={search.problem} />
      <Button id="find" busy={search.busy} onTap={find}>
        {words.go}
      </Button>
    </>
  );
}
