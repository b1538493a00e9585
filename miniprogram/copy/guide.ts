export const guide = {
  title: '采集须知',
  consequence: {
    title: '为什么一定要拍',
  },
  steps: {
    title: '三步完成',
    icons: { verify: 'shield', book: 'calendar', collect: 'scan' } as const,
  },
  dress: {
    title: '着装和姿势',
    yes: '应当',
    no: '不要',
  },
  faq: { title: '常见问题' },
  check: {
    title: '拍完 40 天后，记得核对',
    link: '复制学信网网址',
    right: '核对无误',
    wrong: '照片或信息有误',
    said: { right: '你已核对，没有问题', wrong: '已告诉学校照片有误，请尽快联系更正' },
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
  registryOffice: '教务处',
  weekdays: ['日', '一', '二', '三', '四', '五', '六'],
  weekdayRange: (from: string, to: string) => `周${from}至周${to}`,
};
