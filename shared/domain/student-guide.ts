/**
 * What a student has to know, in our own words: the steps, why it matters, and the five questions that everyone asks.
 * Figures come from the campaign, so that no text promises what the campaign does not keep.
 */
export interface GuideFacts {
  /** e.g. 15 */
  lineUpLeadMinutes: number;
  /** Working days until a refund arrives, e.g. 3 */
  refundWorkingDays: number;
  /** Days after the own shot from which the portrait can be checked, e.g. 40 */
  checkAfterDays: number;
  /** Who corrects data by phone; undefined when there is no number */
  supportPhone?: string;
  registryOffice: string;
}

export interface GuideStep {
  key: 'verify' | 'book' | 'collect';
  title: string;
  lines: readonly string[];
}

export function guideSteps(facts: GuideFacts): readonly GuideStep[] {
  return [
    {
      key: 'verify',
      title: '实名认证',
      lines: [
        '首页点“第一次登录”',
        '拍身份证两面，核对识别出的内容',
        '填自己名下的储蓄卡和银行预留手机号',
        '认不过也不要紧：按提示继续，或到现场办理',
      ],
    },
    {
      key: 'book',
      title: '采集预约',
      lines: ['核对学籍信息，有错先申请更正', '选本班的时段', '微信支付，付款后才算约上'],
    },
    {
      key: 'collect',
      title: '现场采集',
      lines: [
        `提前 ${facts.lineUpLeadMinutes} 分钟到教室外列队`,
        '出示首页二维码，或身份证原件',
        '听到序号再进场，签到后不要离开队伍',
      ],
    },
  ];
}

/** Why nobody should miss it. */
export const CONSEQUENCE = '没有这张照片，学历信息上不了学信网，毕业证也发不下来。';

export interface GuideAnswer {
  key: 'recognition_failed' | 'wrong_data' | 'missed_session' | 'not_collected' | 'lost_id';
  question: string;
  answer: string;
}

export function guideAnswers(facts: GuideFacts): readonly GuideAnswer[] {
  const phone = facts.supportPhone ? `，或打客服电话 ${facts.supportPhone}` : '';
  return [
    {
      key: 'recognition_failed',
      question: '身份证认不出、银行卡绑不上怎么办？',
      answer: '跟着提示往下走：认不出就手动填，绑不上就换一张卡。还是不行，采集当天到现场预约。',
    },
    {
      key: 'wrong_data',
      question: '信息错了怎么改？',
      answer: `在小程序里申请更正，或在现场找工作人员${phone}。必须在拍照之前改，拍完就不能改了。`,
    },
    {
      key: 'missed_session',
      question: '错过了自己的时段还能拍吗？',
      answer: '尽量跟班级一起。确实赶不上的，当天集中采集结束之前到现场都能拍，不用重新预约。',
    },
    {
      key: 'not_collected',
      question: '付了钱却没有拍，钱怎么办？',
      answer: `学校集中采集结束后自动取消并全额退款，${facts.refundWorkingDays} 个工作日内退回原来的付款账户，不用申请。`,
    },
    {
      key: 'lost_id',
      question: '身份证丢了怎么办？',
      answer: '不用在小程序里预约。采集当天带上临时身份证，或学生证加辅导员确认，到现场预约。',
    },
  ];
}

/** From the fortieth day after the shot: where to look, and whom to tell. */
export function checkPhotoAdvice({ checkAfterDays, registryOffice }: GuideFacts): {
  link: string;
  lines: readonly string[];
} {
  return {
    link: 'https://www.chsi.com.cn',
    lines: [
      `拍照满 ${checkAfterDays} 天后，登录学信网核对自己的照片`,
      `照片不对，尽快联系${registryOffice}`,
      '不核对而照片有误，学历可能上不了网',
    ],
  };
}
