import type { DifferenceView, RepairPreview } from '../../../shared/contract/reconciliation';
import type { Tone } from '../parts/pill';

export const DIFFERENCE_NAMES: Readonly<Record<DifferenceView['type'], string>> = {
  surplus: '长款：只有微信有',
  shortage: '短款：只有我方有',
  amount: '金额不符',
  status: '状态不符',
  fee: '手续费不符',
  duplicate_payment: '重复支付',
  cross_day: '跨日，等次日账单',
  footer: '合计不符',
  unknown_flow: '资金流水没有对应交易',
  missing_flow: '有交易，资金没有到',
};

export const DIFFERENCE_STATES: Readonly<Record<DifferenceView['status'], { name: string; tone: Tone }>> = {
  open: { name: '待处理', tone: 'bad' },
  working: { name: '执行中', tone: 'brand' },
  to_review: { name: '待复核', tone: 'warn' },
  carried: { name: '已结转', tone: 'calm' },
  settled: { name: '已平账', tone: 'good' },
};

export const REPAIR_NAMES: Readonly<Record<RepairPreview['repair'], string>> = {
  record: '补单',
  refund: '退款',
  suspend: '挂账',
  reverse: '冲正',
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
