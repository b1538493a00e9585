import { Text } from '@tarojs/components';
import { useState } from 'react';
import { Button, Chips } from '../../components';
import { staffCopy } from '../copy';

const words = staffCopy.walkIn;
export type Evidence = keyof typeof words.evidences;
export type Payment = keyof typeof words.payments;
const EVIDENCES: readonly Evidence[] = ['id_card', 'temporary_id', 'student_card_and_counsellor'];
const PAYMENTS: readonly Payment[] = ['by_phone', 'owed'];

interface ChooseTermsProps {
  busy: boolean;
  onBook(evidence: Evidence, payment: Payment): void;
}

/** What staff have seen of the student, and how the fee is paid. */
export function ChooseTerms({ busy, onBook }: ChooseTermsProps) {
  const [evidence, setEvidence] = useState<Evidence | null>(null);
  const [payment, setPayment] = useState<Payment | null>(null);
  return (
    <>
      <Text className="walk-in__label">{words.evidence}</Text>
      <Chips
        name="evidence"
        choices={EVIDENCES.map((value) => ({ value, label: words.evidences[value] }))}
        chosen={evidence}
        onChoose={(value) => setEvidence(value)}
      />
      <Text className="walk-in__label">{words.payment}</Text>
      <Chips
        name="payment"
        choices={PAYMENTS.map((value) => ({ value, label: words.payments[value] }))}
        chosen={payment}
        onChoose={(value) => setPayment(value)}
      />
      <Button
        id="walk-in"
        busy={busy}
        disabled={!evidence || !payment}
        onTap={() => {
          if (evidence && payment) onBook(evidence, payment);
        }}
      >
        {payment === 'by_phone' ? words.goPay : words.go}
      </Button>
    </>
  );
}
