import type { MoneyPlaceName } from '../../../shared/contract/money-proof';
import type { Tone } from '../parts/pill';

/** Where money is, what that means, and how it looks. */
export const PLACE_WORDS: Readonly<Record<MoneyPlaceName, { name: string; about: string; tone: Tone }>> = {
  kept: { name: '收入', about: '学生有名额，或者已经拍摄', tone: 'good' },
  aside: { name: '存疑待定', about: '金额或付款人对不上，等两个人决定', tone: 'warn' },
  requested: { name: '已申请退款', about: '微信还没有受理', tone: 'brand' },
  accepted: { name: '退款途中', about: '微信正在退给付款人', tone: 'brand' },
  abnormal: { name: '退款异常', about: '付款人的账户收不了，要改退', tone: 'bad' },
  refused: { name: '退款被关闭', about: '微信放弃了，要重新发起', tone: 'bad' },
  refunded: { name: '已退回', about: '钱已回到付款人手里', tone: 'calm' },
};
