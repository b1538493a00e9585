import type { BILL_KINDS, DifferenceView } from '../../../shared/contract/reconciliation';
import { DIFFERENCE_STATE_NAMES } from '../../../shared/domain/finance-words';
import type { Tone } from '../parts/pill';

export { DIFFERENCE_NAMES, REPAIR_NAMES } from '../../../shared/domain/finance-words';

type State = DifferenceView['status'];

const TONES: Readonly<Record<State, Tone>> = {
  open: 'bad',
  working: 'brand',
  to_review: 'warn',
  carried: 'calm',
  settled: 'good',
};

const state = (status: State) => ({ name: DIFFERENCE_STATE_NAMES[status], tone: TONES[status] });

export const DIFFERENCE_STATES: Readonly<Record<State, { name: string; tone: Tone }>> = {
  open: state('open'),
  working: state('working'),
  to_review: state('to_review'),
  carried: state('carried'),
  settled: state('settled'),
};

export const BILL_NAMES: Readonly<Record<(typeof BILL_KINDS)[number], string>> = {
  trade: '交易账单',
  fund: '资金账单',
};
