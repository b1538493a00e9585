import { DEMO_PASSWORD, firstApi } from '../demo/seed';
import { layFinanceScene } from './finance-scene';
import type { Tryout } from './tryout';

/** The campaign settled and the collection day closed, each by two people. */
export const finance: Tryout = {
  title: '财务：结算一个批次，把采集日的账对平、关账',
  async prepare(stack) {
    const scene = await layFinanceScene(stack);
    return {
      story:
        '你是财务处的王会计，旁边坐着赵主管。采集日昨天结束，教务处已经结束采集：付了款没有拍的要统一退款；' +
        '昨天的微信账单十点以后能下载了，听说有几笔对不上。',
      url: `${firstApi(stack)}/console`,
      atHand: [
        ['王会计（提出、提交）', `finance1，密码 ${DEMO_PASSWORD}`],
        ['赵主管（复核、审批）', `finance2，密码 ${DEMO_PASSWORD}`],
        ['教务处李老师', `office，密码 ${DEMO_PASSWORD}`],
        [`${scene.arrived.student.name}`, '签到了没有拍摄记录；现场说拍过，先不退'],
        [scene.phone, '现场手机，一直没有联网上传；李老师说手机摔坏了'],
        ['45.00 元的付款', '微信客服：付款人不是本校学生，请退回'],
        ['10.00 元的付款', '学生说输错了，退回后他会重新付 30.00 元'],
      ],
      steps: [
        `结算：${scene.phone}没有上传，请李老师“不再等”；排除${scene.arrived.student.name}，其余统一退款，由赵主管审批，看着退完。`,
        '对账：11 月 19 日的账单有五处差错（长款、短款、金额不符、重复支付、跨日），由两个人逐条处理。',
        `${scene.owing.student.name}拍了没有付款，学院出了困难证明：申请免缴，由赵主管批准。`,
        '11 月 19 日由两个人关账；右上角演示时钟调到“第三天 10:30”，看跨日的一笔自动销账，再关 11 月 20 日。',
        '导出退款结果和与拍摄单位的结算单，核对合计。',
      ],
      done: [
        '11 月 19 日、20 日都是“已关账，未解释 0.00 元”',
        '统一退款“已完成”，已到账 4 笔 120.00 元',
        '结算单的净额和分录一致',
      ],
    };
  },
};
