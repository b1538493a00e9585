import { Text, View } from '@tarojs/components';
import { a11y } from '../../components';
import { copy } from '../../copy';
import { STEPS, type Step } from './steps';

const TITLES: Record<Step, { title: string; lead: string }> = {
  consents: copy.verify.consents,
  front: { title: copy.verify.photo.front.title, lead: copy.verify.photo.lead },
  back: { title: copy.verify.photo.back.title, lead: copy.verify.photo.lead },
  identity: copy.verify.identity,
  bankCard: copy.verify.bankCard,
  phone: copy.verify.phone,
};

/** The question, how many are left, and the way to the one before. */
export function Heading({ step, onBack }: { step: Step; onBack?: () => void }) {
  const at = STEPS.indexOf(step) + 1;
  const { title, lead } = TITLES[step];
  return (
    <View className="heading">
      <View className="steps">
        <View className="steps__bars" {...a11y('img', { label: copy.verify.step(at, STEPS.length) })}>
          {STEPS.map((each, index) => (
            <View key={each} className={`steps__bar${index < at ? ' steps__bar--done' : ''}`} />
          ))}
        </View>
        {onBack ? (
          <View id="step-back" className="steps__back" {...a11y('button')} onClick={onBack}>
            <Text>{copy.verify.stepBack}</Text>
          </View>
        ) : null}
      </View>
      <Text className="heading__title">{title}</Text>
      <Text className="heading__lead">{lead}</Text>
    </View>
  );
}
