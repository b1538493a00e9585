/** What became of one refund of a batch, as finance reads it. */
export const LINE_NAMES = {
  waiting: '排队',
  excluded: '本次不退',
  cancelled: '微信处理中',
  refunded: '已到账',
  skipped: '跳过',
  failed: '失败，待人工处理',
} as const;

/** What is wrong with a refund, by WeChat's code or ours; what finance does about it stands in 待办. */
const TROUBLES: Readonly<Record<string, string>> = {
  ABNORMAL: '退款异常：收款账户不能收款，请在“待办 → 款项”改退',
  CLOSED: '微信关闭了退款，请在“待办 → 款项”重新退款',
  NOT_ENOUGH: '商户可用余额不足',
  ACCOUNT_UNUSABLE: '商户的密钥或证书不能用',
  AMOUNT_DIFFERS: '微信的退款金额与我方不一致',
  NOT_EXIST: '微信查不到这笔退款',
  REDIRECTED: '已改退，等微信的结果',
  SYSTEM_ERROR: '微信系统繁忙',
  TIMEOUT: '微信没有回应',
  FREQUENCY_LIMITED: '请求太频繁，稍后再试',
  RATELIMIT_EXCEEDED: '请求太频繁，稍后再试',
};

/** A line's reason in words; what is in words already stays. */
export const troubleWords = (note: string | null): string => (note === null ? '' : (TROUBLES[note] ?? note));
