import { Text, View } from '@tarojs/components';
import { Button, Notice } from '../../components';
import { copy } from '../../copy';
import type { ApiError } from '../../services/api';
import type { IdentityView } from '../../services/types';
import { momentWords } from '../../services/words';
import type { Step } from './steps';

const words = copy.verify.failed;

/** Which answers to look at again, by what the server says comes next. */
const FIXES: Record<string, { step: Step; label: string }[]> = {
  other_card: [{ step: 'bankCard', label: words.fix.bankCard }],
  check_data: [
    { step: 'identity', label: words.fix.identity },
    { step: 'bankCard', label: words.fix.card },
  ],
};

interface RefusedProps {
  refusal: ApiError;
  identity: IdentityView;
  onFix(step: Step): void;
  onOtherWays(): void;
}

/** The provider's no: why, how many tries are left, and the nearest way on. */
export function Refused({ refusal, identity, onFix, onOtherWays }: RefusedProps) {
  const left = refusal.number('attemptsLeft');
  const isOver = refusal.code === 'VERIFICATION_EXHAUSTED' || left === 0;
  const next = refusal.text('next') ?? '';
  const fixes = isOver ? [] : (FIXES[next] ?? []);
  const backAt = refusal.text('attemptsBackAt') ?? identity.attemptsBackAt;
  return (
    <>
      <Notice tone="bad" title={words.title}>
        <Text className="refused__reason">{refusal.message}</Text>
        {isOver ? <Text className="refused__left">{words.exhausted}</Text> : null}
        {!isOver && left !== undefined ? (
          <Text className="refused__left num">{left === 1 ? words.lastAttempt : words.attempts(left)}</Text>
        ) : null}
        {isOver && backAt ? (
          <Text className="refused__left num">{words.backAt(momentWords(backAt))}</Text>
        ) : null}
      </Notice>
      <View className="pair refused__ways">
        {fixes.map(({ step, label }) => (
          <Button key={step} id={`fix-${step}`} kind="secondary" onTap={() => onFix(step)}>
            {label}
          </Button>
        ))}
        {isOver || next === 'manual' ? (
          <Button id="other-ways-now" onTap={onOtherWays}>
            {copy.verify.otherWays}
          </Button>
        ) : null}
      </View>
    </>
  );
}
