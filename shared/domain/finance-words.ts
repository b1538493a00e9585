import type { OrderState, RefundState } from './order-state';
import type { RefundPromise } from './refund-promise';

/** What finance calls things, on screen and in its workbooks. */

export const DIFFERENCE_NAMES = {
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
} as const;

export const DIFFERENCE_STATE_NAMES = {
  open: '待处理',
  working: '执行中',
  to_review: '待复核',
  carried: '已结转',
  settled: '已平账',
} as const;

export const REPAIR_NAMES = {
  record: '补单',
  refund: '退款',
  suspend: '挂账',
  reverse: '冲正',
} as const;

export const DAY_STATE_NAMES = {
  waiting: '待下载',
  imported: '已导入',
  matching: '核对中',
  differences: '有差异',
  to_review: '待复核',
  matched: '已核对',
  closed: '已关账',
} as const;

export const REFUND_STATE_NAMES: Readonly<Record<RefundState, string>> = {
  requested: '已申请，微信未受理',
  accepted: '微信处理中',
  succeeded: '已到账',
  abnormal: '退款异常',
  closed: '微信已关闭',
};

export const REFUND_PROMISE_NAMES: Readonly<Record<RefundPromise, string>> = {
  overdue: '超期',
  due_soon: '下一个工作日到期',
  processing: '处理中',
  arrived: '已到账',
};

export const ORDER_STATE_NAMES: Readonly<Record<OrderState, string>> = {
  created: '未付款',
  prepaid: '等付款',
  paid: '已付款',
  closed: '已关闭',
  quarantined: '款项存疑',
};

export const RECEIPT_KIND_NAMES = {
  e_receipt: '财政电子票据',
  invoice: '发票',
  paper: '纸质收据',
} as const;

/** Money that belongs to no fee item. */
export const NO_ITEM = '存疑款项';
/** Money that belongs to no campaign or college: a bill brought it to light. */
export const NOBODYS = '不知是谁的';
