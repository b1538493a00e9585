import { useState } from 'react';
import { checkDocumentNumber } from '../../../shared/domain/documents';
import { checkName } from '../../../shared/domain/person-name';
import { Button, Field } from '../../components';
import { copy } from '../../copy';
import type { Draft } from './draft';

const words = copy.verify.identity;

interface AskIdentityProps {
  draft: Draft;
  onChange(part: Partial<Draft>): void;
  onNext(): void;
}

/** What the machine has read, or what the student types. */
export function AskIdentity({ draft, onChange, onNext }: AskIdentityProps) {
  const [isAsked, setAsked] = useState(false);
  const number = checkDocumentNumber('resident_id', draft.documentNumber);
  const name = checkName(draft.name);
  // Said as soon as it is there; that nothing is there yet, only when asked.
  const showsName = isAsked || draft.name.trim() !== '';

  const goOn = () => {
    setAsked(true);
    if (name.ok && number.ok) onNext();
  };

  return (
    <>
      <Field
        name="name"
        label={words.name}
        value={draft.name}
        onInput={(typed) => onChange({ name: typed, doubts: without(draft.doubts, 'name') })}
        problem={showsName && !name.ok ? name.message : undefined}
        doubt={draft.doubts.name}
      />
      <Field
        name="documentNumber"
        label={words.number}
        value={draft.documentNumber}
        keyboard="idcard"
        maxLength={24}
        onInput={(documentNumber) =>
          onChange({ documentNumber, doubts: without(draft.doubts, 'documentNumber') })
        }
        problem={isAsked && !number.ok ? number.message : undefined}
        doubt={draft.doubts.documentNumber}
      />
      <Button id="next" onTap={goOn}>
        {copy.actions.next}
      </Button>
    </>
  );
}

/** A field that was typed over is no longer in doubt. */
function without(doubts: Draft['doubts'], field: string): Draft['doubts'] {
  return Object.fromEntries(Object.entries(doubts).filter(([name]) => name !== field));
}
