export const guide = {
  title: '采集须知',
  consequence: {
    title: '为什么一定要拍',
    text: '没有学历电子照片，学历信息不能上网注册，也领不到毕业证（结业证）。',
  },
  steps: {
    title: '三步完成',
    items: [
      {
        icon: 'shield' as const,
        title: '实名认证',
        text: '点“第一次登录”，拍身份证正反面，填本人储蓄卡和银行预留手机号。',
      },
      { icon: 'calendar' as const, title: '预约付费', text: '核对学籍信息，选好时段，微信支付后预约成功。' },
      {
        icon: 'scan' as const,
        title: '现场采集',
        text: '按时到教室，出示首页二维码或身份证原件，签到后排队拍摄。',
      },
    ],
  },
  dress: {
    title: '着装和姿势',
    yes: '可以',
    no: '不可',
  },
  faq: { title: '常见问题' },
  check: {
    title: '拍完 40 天后，记得核对',
    text: (office: string) =>
      `登录学信网“学历证书电子注册图像校对”，看姓名和照片对不对。有误请联系${office}。不核对造成学历不能上网的，要自己承担。`,
    link: '复制学信网网址',
  },
  makeUp: {
    title: '错过了？补拍办法',
    deadline: '截止',
    place: '地址',
    hours: '时间',
    closedOnHolidays: '法定节假日休息',
    metro: '地铁',
    bus: '公交',
    parking: '停车',
    phone: '电话',
    email: '邮箱',
  },
  contact: { title: '联系方式' },
  weekdays: ['日', '一', '二', '三', '四', '五', '六'],
  weekdayRange: (from: string, to: string) => `周${from}至周${to}`,
};
