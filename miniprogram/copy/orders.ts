export const orders = {
  title: '订单与退款',
  none: '还没有订单',
  noneText: '预约并付款后，订单和退款进度都在这里。',
  status: {
    to_pay: '待支付',
    confirming: '付款确认中',
    paid: '已支付',
    closed: '已关闭',
    in_review: '核对中',
  },
  statusText: {
    in_review: '这笔钱需要人工核对，不会丢，结果会显示在这里。',
    closed: '没有付款，没有扣费。',
  },
  number: '订单号',
  created: '下单',
  paidAt: '支付成功',
  refund: {
    requested: '提交退款',
    on_its_way: (day: string) => `预计 ${day} 前到账（3 个工作日内）`,
    arrived: '已原路退回',
    needs_attention: '退款遇到问题，工作人员正在处理',
    route: '退回原支付账户',
  },
  change: {
    reschedule: '改时段',
    cancel: '取消预约',
    until: (when: string) => `${when} 前可以自己改时段或取消，不收费用`,
    tooLate: '现在不能自己修改，请找现场工作人员',
    sheet: {
      title: '取消这个预约？',
      text: (amount: string) => `已付的 ${amount} 元全额原路退回，3 个工作日内到账。名额会放给别的同学。`,
      unpaid: '还没有付款，名额会放给别的同学。',
      yes: '确定取消',
      no: '保留预约',
    },
  },
};
