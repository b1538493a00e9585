import type { OrderRecord, ProposalView, RefundRecord, RefundTask } from '../../../shared/contract/orders';
import type { RefundPromise } from '../../../shared/domain/refund-promise';
import type { Tone } from '../parts/pill';
import { yuan } from './format';

/** "退还 30.00 元（拍摄费）": what a proposal would do. */
export function proposalWords(
  { kind, items }: ProposalView,
  {
    leftFen,
    feeItems,
  }: { leftFen: number; feeItems: readonly { code: string; name: string; amountFen: number }[] },
): string {
  if (kind === 'accept') return `把 ${yuan(leftFen)} 元入账`;
  if (items === null) return `退还 ${yuan(leftFen)} 元`;
  const chosen = feeItems.filter(({ code }) => items.includes(code));
  const sum = chosen.reduce((total, { amountFen }) => total + amountFen, 0);
  return `退还 ${yuan(sum)} 元（${chosen.map(({ name }) => name).join('、')}）`;
}

export const QUARANTINE_REASONS: Readonly<Record<NonNullable<OrderRecord['quarantine']>['reason'], string>> =
  {
    amount: '到账金额与订单不符',
    currency: '不是人民币',
    merchant: '付到了另一个商户',
    app: '来自另一个小程序',
    payer: '付款人不是下单的微信',
    unknown: '账单里发现的，不知是谁的',
  };

export const REFUND_TASKS: Readonly<Record<RefundTask['task'], { name: string; next: string }>> = {
  abnormal: {
    name: '退款异常',
    next: '学生的付款账户收不了，请改退到他的另一张卡，或退到学校账户再线下支付',
  },
  closed: { name: '微信已关闭', next: '微信放弃了这笔退款，请重新发起' },
  refused: { name: '微信不受理', next: '系统会自动再试；一直不成请看原因，多半是账户余额不足' },
  late: { name: '超过承诺时间', next: '已过答应学生的到账日，请向微信查询' },
};

/** WeChat's codes of the banks that students have cards of. */
export const DEBIT_CARDS: readonly { value: string; label: string }[] = [
  { value: 'ICBC_DEBIT', label: '工商银行' },
  { value: 'ABC_DEBIT', label: '农业银行' },
  { value: 'BOC_DEBIT', label: '中国银行' },
  { value: 'CCB_DEBIT', label: '建设银行' },
  { value: 'COMM_DEBIT', label: '交通银行' },
  { value: 'PSBC_DEBIT', label: '邮储银行' },
  { value: 'CMB_DEBIT', label: '招商银行' },
  { value: 'CITIC_DEBIT', label: '中信银行' },
  { value: 'CEB_DEBIT', label: '光大银行' },
  { value: 'CMBC_DEBIT', label: '民生银行' },
  { value: 'CIB_DEBIT', label: '兴业银行' },
  { value: 'SPDB_DEBIT', label: '浦发银行' },
  { value: 'PAB_DEBIT', label: '平安银行' },
  { value: 'GDB_DEBIT', label: '广发银行' },
];

const bankName = (bankType: string | null): string =>
  DEBIT_CARDS.find(({ value }) => value === bankType)?.label ?? '银行卡';

/** "工商银行尾号 4567", "学校的商户账户": where an abnormal refund is to go. */
export const redirectTarget = ({
  bankType,
  cardEnding,
}: Pick<NonNullable<RefundRecord['redirect']>, 'bankType' | 'cardEnding'>): string =>
  cardEnding === null ? '学校的商户账户' : `${bankName(bankType)}尾号 ${cardEnding}`;

export const REFUND_PROMISE_WORDS: Readonly<
  Record<RefundPromise, { name: string; tone: Tone; none: string }>
> = {
  overdue: { name: '超期', tone: 'bad', none: '没有超期的退款' },
  due_soon: { name: '下一个工作日到期', tone: 'warn', none: '没有快到期的退款' },
  processing: { name: '处理中', tone: 'brand', none: '没有处理中的退款' },
  arrived: { name: '已到账', tone: 'good', none: '还没有到账的退款' },
};
