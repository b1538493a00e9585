import type { DifferenceView } from '../../../shared/contract/reconciliation';
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

/** An account of the ledger, as finance calls it. */
export function accountName(account: string): string {
  if (account.startsWith('income:')) return '收费收入';
  return ACCOUNTS[account] ?? account;
}

const ACCOUNTS: Readonly<Record<string, string>> = {
  channel: '微信账户',
  refund_payable: '应退款',
  suspense: '存疑款项',
  channel_fee: '手续费',
};
