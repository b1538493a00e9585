import { Button as TaroButton, Text } from '@tarojs/components';
import { useSyncExternalStore } from 'react';
import { copy } from '../copy';
import { platform } from '../services/platform';
import { privacyQuestion } from '../services/privacy';
import { Button } from './button';
import { Sheet } from './sheet';

const words = copy.privacy.question;

/** WeChat takes the agreement from a button of its own kind, and only from a tap on it. */
export function PrivacySheet() {
  const asked = useSyncExternalStore(
    privacyQuestion.onChange,
    privacyQuestion.current,
    privacyQuestion.current,
  );
  return (
    <Sheet title={words.title} isOpen={asked !== null} onClose={() => privacyQuestion.answer(false)}>
      <Text className="sheet__lead">{words.text}</Text>
      <Button kind="plain" onTap={platform.openPrivacyStatement}>
        {words.statement}
      </Button>
      <TaroButton
        id="agree-privacy"
        className="button button--primary"
        hoverClass="button--pressed"
        openType="agreePrivacyAuthorization"
        onAgreePrivacyAuthorization={() => privacyQuestion.answer(true)}
      >
        {words.agree}
      </TaroButton>
      <Button kind="plain" onTap={() => privacyQuestion.answer(false)}>
        {words.refuse}
      </Button>
    </Sheet>
  );
}
