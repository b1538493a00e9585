/** What a broken rule means: the four numbers that must be zero. */
export type Kind = 'oversold' | 'leaked' | 'duplicate' | 'unexplained';

const rule = <K extends Kind>(kind: K, title: string) => ({ kind, title });

/** Every rule that is proved, by name: a problem carries one of these names. */
export const RULES = {
  'seat-beyond-capacity': rule('oversold', '座位号超出时段容量'),
  'session-overfull': rule('oversold', '时段预约数超过容量'),

  'seat-twice': rule('duplicate', '一个座位有两个有效预约'),
  'student-twice': rule('duplicate', '一名学生有两个有效预约'),
  'shot-number-twice': rule('duplicate', '拍摄序号重复'),
  'shot-number-unclaimed': rule('duplicate', '到场序号未登记，可能再次发出'),

  'booking-unreadable': rule('leaked', '预约记录无法识别'),
  'session-unreadable': rule('leaked', '时段记录无法识别'),
  'active-mark-wrong': rule('leaked', '占位标记与预约状态不符'),
  'hold-without-end': rule('leaked', '占位没有到期时间'),
  'hold-overdue': rule('leaked', '占位到期仍未释放'),
  'hold-forgotten': rule('leaked', '没有任何任务会释放此占位'),
  'booked-without-right': rule('leaked', '未付款却已占用名额'),
  'released-too-early': rule('leaked', '订单未关闭就释放了名额'),
  'attended-without-place': rule('leaked', '名额已失却有到场记录'),
  'seat-missing': rule('leaked', '线上预约没有座位'),
  'session-unknown': rule('leaked', '座位所属时段不存在'),
  'make-up-day-off': rule('leaked', '补拍日期与时段不符，到期退款会算错'),
  'student-unknown': rule('leaked', '预约的学生不在名单中'),

  'order-unreadable': rule('unexplained', '订单记录无法识别'),
  'order-without-booking': rule('unexplained', '订单没有对应的预约'),
  'order-unlisted': rule('unexplained', '预约未登记此订单'),
  'order-of-another': rule('unexplained', '订单与预约的学生、批次或学校不符'),
  'order-merchant-wrong': rule('unexplained', '订单的商户不属于该学校'),
  'order-price-off': rule('unexplained', '订单金额与费用明细或预约金额不符'),
  'order-state-off': rule('unexplained', '订单状态与其内容矛盾'),
  'order-unwatched': rule('unexplained', '没有任何任务会查询此未结订单'),
  'ledger-entry-off': rule('unexplained', '分录借贷不平或无来源'),
  'ledger-account-off': rule('unexplained', '账户余额与订单不符'),
  'refund-too-large': rule('unexplained', '退款超过实收'),
  'refund-items-off': rule('unexplained', '退款金额与费用明细不符'),
  'refund-unwatched': rule('unexplained', '没有任何任务会推进此退款'),
  'refund-number-twice': rule('unexplained', '退款单号重复'),
  'transaction-twice': rule('unexplained', '微信支付订单号重复'),
  'paid-mark-wrong': rule('unexplained', '付款标记与预约不符'),
  'paid-by-no-payment': rule('unexplained', '预约称已付，但其订单未付'),
  'money-without-place': rule('unexplained', '已收款，既无名额也未退款'),
  'money-of-ended-place': rule('unexplained', '名额已失，款项未退'),
  'place-without-money': rule('unexplained', '款项已退，名额仍在'),
  'admitted-unpaid': rule('unexplained', '未付款也未记待缴却已到场'),
  'batch-line-off': rule('unexplained', '退款批次明细与实际不符'),
  'batch-total-off': rule('unexplained', '退款批次合计与明细不符'),
  'notice-unresolved': rule('unexplained', '微信通知的款项不属于任何记录，无人处理'),
  unsettled: rule('unexplained', '款项仍在途'),

  'payment-unknown-there': rule('unexplained', '我方已收，微信无此笔（短款）'),
  'payment-unknown-here': rule('unexplained', '微信已收，我方无此笔（长款）'),
  'payment-differs': rule('unexplained', '收款与微信记录不符'),
  'refund-unknown-there': rule('unexplained', '我方退款，微信无此笔'),
  'refund-unknown-here': rule('unexplained', '微信退款，我方无此笔'),
  'refund-differs': rule('unexplained', '退款与微信记录不符'),
  'fund-flow-off': rule('unexplained', '资金流水与交易、退款不符'),
  'fund-flow-unknown': rule('unexplained', '资金流水有未知业务类型'),
  'closed-day-off': rule('unexplained', '已关账的一天与微信账单不符，且没有差错记录'),
} as const;

export type Rule = keyof typeof RULES;
