import { useCallback, useState } from 'react';
import { platform } from '../../services/platform';
import type { Step } from './steps';

const KEY = 'verify.draft';

/** What the student has typed so far. */
export interface Draft {
  /** Where the student was. */
  step: Exclude<Step, 'consents'>;
  name: string;
  documentNumber: string;
  bankCard: string;
  phone: string;
  /** Doubts of the OCR by field, in words for the student. */
  doubts: Readonly<Record<string, string>>;
}

const EMPTY: Draft = { step: 'front', name: '', documentNumber: '', bankCard: '', phone: '', doubts: {} };

/** A card number is written nowhere, not even on the student's own phone: it outlives the page, not the app. */
let bankCardInMemory = '';

/** Nothing typed is lost: not by leaving the page, not by a crash (the card number alone has to be typed again). */
export function useDraft() {
  const [draft, setDraft] = useState<Draft>(readDraft);
  const change = useCallback((part: Partial<Draft>) => {
    setDraft((before) => {
      const after = { ...before, ...part };
      bankCardInMemory = after.bankCard;
      platform.storage.write(KEY, { ...after, bankCard: '' });
      return after;
    });
  }, []);
  return { draft, change };
}

export function forgetDraft(): void {
  bankCardInMemory = '';
  platform.storage.remove(KEY);
}

function readDraft(): Draft {
  // Written by `change` alone.
  const kept = platform.storage.read(KEY) as Partial<Draft> | undefined;
  return { ...EMPTY, ...kept, bankCard: bankCardInMemory };
}
