import { Text } from '@tarojs/components';
import { useState } from 'react';
import { Button, CheckRow, ProblemNotice } from '../../components';
import { copy } from '../../copy';
import { useTask } from '../../hooks/use-task';
import { call } from '../../services/api';
import type { IdentityView } from '../../services/types';

const words = copy.verify.consents;
/** The two that this page needs; the third, for the portrait, is asked where the enrolment is confirmed. */
const NEEDED = ['id_photo', 'bank_check'] as const;
/** The version of the words above; a change of meaning needs a new one. */
const VERSION = 1;

interface AskConsentsProps {
  campaignId: string;
  onGiven(identity: IdentityView): void;
  onRefused(): void;
}

export function AskConsents({ campaignId, onGiven, onRefused }: AskConsentsProps) {
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const task = useTask();
  const tick = (kind: string, on: boolean) =>
    setTicked((before) => (on ? [...before, kind] : before.filter((each) => each !== kind)));

  const agree = () =>
    void task.run(async () => {
      const consents = NEEDED.map((kind) => ({ kind, version: VERSION }));
      onGiven(await call('POST /api/me/consents', { body: { campaignId, consents } }));
    });

  return (
    <>
      {NEEDED.map((kind) => (
        <CheckRow
          key={kind}
          id={`consent-${kind}`}
          checked={ticked.includes(kind)}
          onChange={(on) => tick(kind, on)}
          title={words[kind].title}
        >
          <Text>{words[kind].detail}</Text>
        </CheckRow>
      ))}
      <ProblemNotice problem={task.problem} />
      <Button id="agree" busy={task.busy} disabled={ticked.length < NEEDED.length} onTap={agree}>
        {words.go}
      </Button>
      <Button id="refuse" kind="plain" onTap={onRefused}>
        {words.refuse}
      </Button>
    </>
  );
}

export function hasConsented(identity: IdentityView): boolean {
  return NEEDED.every((kind) =>
    identity.consents.some((consent) => consent.kind === kind && consent.version === VERSION),
  );
}
