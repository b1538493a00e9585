import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { checkBankCard, groupBankCard } from '../../../shared/domain/bank-card';
import { Button, Field, Icon, Sheet } from '../../components';
import { copy } from '../../copy';
import type { Draft } from './draft';

const words = copy.verify.bankCard;
/** From here on the number may be complete, and a wrong digit is worth saying while it is typed. */
const SHORTEST = 16;
const LONGEST_GROUPED = 23;

interface AskBankCardProps {
  draft: Draft;
  onChange(part: Partial<Draft>): void;
  onNext(): void;
}

export function AskBankCard({ draft, onChange, onNext }: AskBankCardProps) {
  const [isAsked, setAsked] = useState(false);
  const [showsWhy, setShowsWhy] = useState(false);
  const check = checkBankCard(draft.bankCard);
  const isLong = draft.bankCard.replace(/ /g, '').length >= SHORTEST;
  // A 19-digit card passes through 16 digits on the way: what is wrong with the check digit is only said on asking.
  const isComplaint = !check.ok && (isAsked || (isLong && check.problem !== 'wrong_check_digit'));

  const goOn = () => {
    setAsked(true);
    if (check.ok) onNext();
  };

  return (
    <>
      <Field
        name="bankCard"
        label={words.label}
        value={draft.bankCard}
        keyboard="number"
        maxLength={LONGEST_GROUPED}
        placeholder={words.placeholder}
        focus
        onInput={(text) => onChange({ bankCard: groupBankCard(text) })}
        problem={isComplaint && !check.ok ? check.message : undefined}
        hint={check.ok ? <Good /> : undefined}
        onConfirm={goOn}
      />
      <Button id="next" onTap={goOn}>
        {copy.actions.next}
      </Button>
      <Button id="why-card" kind="plain" onTap={() => setShowsWhy(true)}>
        {words.why}
      </Button>
      <Sheet title={words.whySheet.title} isOpen={showsWhy} onClose={() => setShowsWhy(false)}>
        {words.whySheet.points.map((point) => (
          <View key={point} className="point">
            <Icon name="check" size={18} />
            <Text className="point__words">{point}</Text>
          </View>
        ))}
      </Sheet>
    </>
  );
}

function Good() {
  return (
    <View className="good">
      <Icon name="check" size={16} />
      <Text>{words.good}</Text>
    </View>
  );
}
