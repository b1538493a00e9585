/** What became of one refund of a batch, as finance reads it. */
export const LINE_NAMES = {
  waiting: '排队',
  excluded: '本次不退',
  cancelled: '微信处理中',
  refunded: '已到账',
  skipped: '跳过',
  failed: '失败，待人工处理',
} as const;

/** WeChat's words for a refund that went wrong; what finance does about it stands in 待办. */
const TROUBLES: Readonly<Record<string, string>> = {
  ABNORMAL: '退款异常：收款账户不能收款，请在“待办 → 款项”改退',
  CLOSED: '微信关闭了退款，请在“待办 → 款项”重新退款',
  NOT_ENOUGH: '商户可用余额不足',
  ACCOUNT_UNUSABLE: '商户的密钥或证书不能用',
};

/** A line's reason in words; what is in words already stays. */
export const troubleWords = (note: string | null): string => (note === null ? '' : (TROUBLES[note] ?? note));
