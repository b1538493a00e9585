import { Text } from '@tarojs/components';
import { useState } from 'react';
import { Button, MakeUp, Notice, ProblemNotice, Sheet } from '../../components';
import { copy } from '../../copy';
import { useTask } from '../../hooks/use-task';
import { call } from '../../services/api';
import { refreshHome } from '../../services/home';
import type { CampaignView, EnrolmentView } from '../../services/types';

const words = copy.sessions;

interface CannotComeProps {
  makeUp: CampaignView['makeUp'];
  enrolment: EnrolmentView | null;
}

/** "I cannot come that day": the make-up information, and the office is told. */
export function CannotCome({ makeUp, enrolment }: CannotComeProps) {
  const [isOpen, setOpen] = useState(false);
  const task = useTask();
  if (!makeUp && !enrolment) return null;
  const isTold = enrolment?.cannotComeSince != null;
  const tell = (cannotCome: boolean) =>
    void task.run(async () => {
      if (!enrolment) return;
      await call('PUT /api/me/enrolment/:id/cannot-come', {
        params: { id: enrolment.id },
        body: { cannotCome },
      });
      await refreshHome();
    });
  return (
    <>
      <Button id="cannot-come" kind="plain" onTap={() => setOpen(true)}>
        {words.cannotCome}
      </Button>
      <Sheet title={words.cannotComeSheet.title} isOpen={isOpen} onClose={() => setOpen(false)}>
        <Text className="sheet__lead">{words.cannotComeSheet.text}</Text>
        <ProblemNotice problem={task.problem} />
        {enrolment && isTold ? (
          <>
            <Notice tone="good" title={words.cannotComeSheet.told} />
            <Button id="can-come" kind="secondary" busy={task.busy} onTap={() => tell(false)}>
              {words.cannotComeSheet.takeBack}
            </Button>
          </>
        ) : null}
        {enrolment && !isTold ? (
          <Button id="tell-cannot-come" busy={task.busy} onTap={() => tell(true)}>
            {words.cannotComeSheet.tell}
          </Button>
        ) : null}
        {makeUp ? <MakeUp makeUp={makeUp} /> : null}
      </Sheet>
    </>
  );
}
