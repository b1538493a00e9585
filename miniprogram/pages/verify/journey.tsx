import { useState } from 'react';
import { ReviewAnswer } from '../../components';
import { useTopOf } from '../../hooks/use-top-of';
import { go } from '../../services/navigation';
import type { IdCardReading, IdentityView } from '../../services/types';
import { AskBankCard } from './ask-bank-card';
import { AskConsents, hasConsented } from './ask-consents';
import { AskIdentity } from './ask-identity';
import { AskPhone } from './ask-phone';
import { AskPhoto } from './ask-photo';
import { type Draft, useDraft } from './draft';
import { Heading } from './heading';
import { nextStep, type Step, stepBefore } from './steps';

interface JourneyProps {
  campaignId: string;
  identity: IdentityView;
  onChange(identity: IdentityView): void;
  onOtherWays(): void;
}

export function Journey({ campaignId, identity, onChange, onOtherWays }: JourneyProps) {
  const { draft, change } = useDraft();
  const [begin] = useState<Step>(hasConsented(identity) ? stepToResume(draft) : 'consents');
  const [step, setStep] = useState(begin);
  const show = (next: Step) => {
    setStep(next);
    if (next !== 'consents') change({ step: next });
  };
  useTopOf(step);
  const goOn = () => show(nextStep(step));
  const before = stepBefore(step);

  const takeReading = ({ fields, doubts }: IdCardReading) =>
    change({
      ...(fields.name && { name: fields.name }),
      ...(fields.documentNumber && { documentNumber: fields.documentNumber }),
      doubts: {
        ...draft.doubts,
        ...Object.fromEntries(doubts.map(({ field, message }) => [field, message])),
      },
    });

  return (
    <>
      {step === begin ? <ReviewAnswer answer={identity.reviewAnswer} onAgain={go.otherDocument} /> : null}
      <Heading step={step} {...(before && before !== 'consents' && { onBack: () => show(before) })} />
      {step === 'consents' ? (
        <AskConsents
          campaignId={campaignId}
          onGiven={(after) => {
            onChange(after);
            show(stepToResume(draft));
          }}
          onRefused={onOtherWays}
        />
      ) : null}
      {step === 'front' || step === 'back' ? (
        <AskPhoto
          key={step}
          side={step}
          onRead={takeReading}
          onNext={goOn}
          onByHand={() => show('identity')}
        />
      ) : null}
      {step === 'identity' ? <AskIdentity draft={draft} onChange={change} onNext={goOn} /> : null}
      {step === 'bankCard' ? <AskBankCard draft={draft} onChange={change} onNext={goOn} /> : null}
      {step === 'phone' ? (
        <AskPhone
          campaignId={campaignId}
          identity={identity}
          draft={draft}
          onChange={change}
          onVerified={onChange}
          onFix={show}
          onOtherWays={onOtherWays}
        />
      ) : null}
    </>
  );
}

/** The card number alone was not kept, and has to be typed again first. */
function stepToResume({ step, bankCard }: Draft): Step {
  return step === 'phone' && bankCard === '' ? 'bankCard' : step;
}
