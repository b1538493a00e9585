import type { DifferenceView } from '../../../shared/contract/reconciliation';

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

export const DIFFERENCE_STATES: Readonly<Record<DifferenceView['status'], string>> = {
  open: '待处理',
  working: '执行中',
  to_review: '待复核',
  carried: '已结转',
  settled: '已平账',
};
