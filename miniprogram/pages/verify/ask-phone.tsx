import { Text } from '@tarojs/components';
import { useState } from 'react';
import { checkBankCard, lastFourDigits } from '../../../shared/domain/bank-card';
import { checkPhone } from '../../../shared/domain/phone-number';
import { Button, Field, ProblemNotice } from '../../components';
import { copy } from '../../copy';
import { useTask } from '../../hooks/use-task';
import { ApiError, call } from '../../services/api';
import { refreshHome } from '../../services/home';
import type { IdentityView } from '../../services/types';
import { type Draft, forgetDraft } from './draft';
import { Refused } from './refused';
import type { Step } from './steps';

const words = copy.verify.phone;
/** The provider said no; these get a panel of their own with the next steps. */
const REFUSALS = ['VERIFICATION_FAILED', 'VERIFICATION_EXHAUSTED'];

interface AskPhoneProps {
  campaignId: string;
  identity: IdentityView;
  draft: Draft;
  onChange(part: Partial<Draft>): void;
  onVerified(identity: IdentityView): void;
  onFix(step: Step): void;
  onOtherWays(): void;
}

/** The last question, and the check of all four answers. */
export function AskPhone(props: AskPhoneProps) {
  const { campaignId, identity, draft, onChange, onVerified, onFix, onOtherWays } = props;
  const [isAsked, setAsked] = useState(false);
  const task = useTask();
  const phone = checkPhone(draft.phone);
  const card = checkBankCard(draft.bankCard);
  const refusal =
    task.problem?.error instanceof ApiError && REFUSALS.includes(task.problem.error.code)
      ? task.problem.error
      : null;

  const verify = () => {
    setAsked(true);
    if (!card.ok) return onFix('bankCard');
    if (!phone.ok) return undefined;
    const { name, documentNumber } = draft;
    return void task.run(async () => {
      const after = await call('POST /api/me/verification', {
        body: {
          campaignId,
          name,
          documentType: 'resident_id',
          documentNumber,
          bankCard: card.number,
          phone: phone.phone,
        },
      });
      forgetDraft();
      onVerified(after);
      await refreshHome();
    });
  };

  return (
    <>
      <Field
        name="phone"
        label={words.label}
        value={draft.phone}
        keyboard="number"
        maxLength={20}
        placeholder={words.placeholder}
        focus
        onInput={(text) => onChange({ phone: text })}
        problem={isAsked && !phone.ok ? phone.message : undefined}
        hint={card.ok ? <Text>{words.summary(draft.name, lastFourDigits(card.number))}</Text> : undefined}
        onConfirm={verify}
      />
      {refusal ? (
        <Refused refusal={refusal} identity={identity} onFix={onFix} onOtherWays={onOtherWays} />
      ) : (
        <ProblemNotice problem={task.problem} />
      )}
      {refusal?.code === 'VERIFICATION_EXHAUSTED' ? null : (
        <Button id="verify" busy={task.busy} onTap={verify}>
          {task.busy ? words.checking : refusal ? copy.verify.failed.again : words.submit}
        </Button>
      )}
    </>
  );
}
