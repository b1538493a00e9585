export const pay = {
  title: '支付',
  ringLabel: '内完成支付',
  total: '合计',
  basis: (document: string) => `收费依据：${document}`,
  paid: '付给学校指定的采集单位，微信支付',
  go: (amount: string) => `微信支付 ${amount} 元`,
  giveUp: '不约了，释放名额',
  giveUpSheet: {
    title: '释放这个名额？',
    text: '还没有付款，不会产生费用。之后可以重新预约，但名额不保证还有。',
    yes: '释放名额',
    no: '继续支付',
  },
  cancelled: '没有付款。名额还为你留着，倒计时结束前都可以付。',
  failed: '微信支付没有成功，没有扣款。可以再试一次或换一张卡。',
  confirming: {
    title: '付款确认中',
    text: '正在向微信核实，通常几秒钟。可以离开，结果会自动更新，请不要重复付款。',
  },
  expired: {
    title: '占位时间已到',
    text: '名额已经放出。如果刚才付了款，会自动恢复预约，或原路退回。',
    again: '重新选时段',
  },
  done: { title: '预约成功', text: '二维码就在首页。', home: '看我的二维码' },
  nothing: { title: '没有待支付的预约', text: '先选一个时段。' },
  pricePerItem: (amount: string) => `${amount} 元`,
};
