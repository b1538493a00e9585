/** In the page's own package: nobody who does not pay for another loads it. */
export const payForCopy = {
  title: '代付',
  lead: '为这位毕业生支付采集费，谁付都可以，不需要实名认证。',
  who: '毕业生',
  go: (amount: string) => `微信支付 ${amount} 元`,
  after: '付好后，现场工作人员的手机上会自动显示已付，不用截图。',
  cancelled: '没有付款，可以再点一次支付。',
  failed: '微信支付没有成功，没有扣款。可以再试一次或换一张卡。',
  unseen: '微信还没有查到这笔付款。微信里已经扣款的话不用再付，这里会自动更新；没有扣款可以再付一次。',
  confirming: { title: '付款确认中', text: '正在向微信核实，通常几秒钟，请不要重复付款。' },
  paid: { title: '已付款', text: '请告诉现场工作人员，学生可以拍照了。' },
  nothing: { title: '不用付款', text: '这个预约不收费。' },
  ended: { title: '这笔不用付了', text: '预约已经取消，请问现场工作人员。' },
  noCode: { title: '没有要付的款', text: '请扫现场工作人员手机上的付款码打开这一页。' },
};
