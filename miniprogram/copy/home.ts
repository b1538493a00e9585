export const home = {
  queue: {
    mine: (ahead: number, minutes: number) =>
      ahead === 0 ? '下一位就是你' : `前面还有 ${ahead} 人，约 ${minutes} 分钟`,
    room: (waiting: number, minutes: number) =>
      waiting === 0 ? '教室现在不用排队' : `教室现在 ${waiting} 人排队，约 ${minutes} 分钟`,
  },
  brandLine: '毕业证上的那张照片，从这里开始',
  cards: {
    no_campaign: {
      title: '还没有可预约的采集',
      text: '学校发布采集安排后，这里会告诉你什么时候可以预约。',
      action: '查查我的专业',
    },
    not_open: {
      title: '预约还没有开放',
      text: '等学校通知开放后再来。可以先查好自己专业的时间和教室。',
      opensAt: (when: string) => `${when} 开放预约，到时回到这里即可。`,
      action: '查我专业的时间和教室',
    },
    verify: {
      title: '先完成实名认证',
      text: '准备好身份证和一张本人名下的储蓄卡，大约一分钟。',
      action: '第一次登录',
    },
    manual_review: {
      title: '证件正在人工核对',
      text: '教务处核对后这里会自动更新，不用反复提交。急的话可以打下面的电话。',
      action: '查我专业的时间和教室',
    },
    on_site: {
      title: '到现场办理即可',
      text: '不用再在这里预约。采集当天按专业时间到教室，找工作人员现场预约。',
      action: '看带什么、去哪里',
    },
    find_enrolment: {
      title: '填学号，找到你的学籍',
      text: '认证已通过。名单里没有直接对上你的证件号，用学号再找一次。',
      action: '填写学号',
    },
    taken: {
      title: '这份学籍已绑定另一个微信',
      text: '如果是你自己的旧微信，用它打开即可；如果不是，请打客服电话或当天找工作人员处理。',
      action: '查看联系方式',
    },
    confirm: {
      title: '请核对学籍信息',
      text: '拍摄之后不能再改，姓名和证件号尤其要看仔细。',
      action: '核对我的信息',
    },
    book: {
      title: '选择采集时段',
      text: '建议按本班时段拍摄，名额实时更新。',
      own: (when: string, room: string) => `你的专业：${when}，${room}`,
      action: '去预约',
    },
    booking_over: {
      title: '网上预约已经结束',
      text: '采集当天带身份证原件到教室，找工作人员现场预约。',
      action: '看带什么、去哪里',
    },
    pay: {
      title: '名额已占好，请尽快支付',
      text: (left: string) => `还剩 ${left}，超时名额会放给别的同学。`,
      expired: '占位时间到了，正在确认名额状态。',
      action: '去支付',
    },
    confirming_payment: {
      title: '付款正在确认',
      text: '正在向微信核实结果，通常几秒钟，请不要重复付款。离开也没关系。',
      action: '查看订单',
    },
    booked: { title: '预约成功，按时来拍', text: '', action: '放大二维码' },
    arrived: {
      title: '已签到，请在教室外等候',
      text: '叫到你的序号时进去拍摄，离开队伍请先告诉工作人员。',
      number: '拍摄序号',
    },
    shot: {
      title: '拍摄完成',
      text: (day: string) => `照片由新华社图片社制作上传。${day} 起可在学信网核对，到时提醒你。`,
      textNoDay: '照片由新华社图片社制作上传，40 天后可在学信网核对，到时提醒你。',
      action: '查看订单',
    },
    not_collected: {
      title: '这次没有完成采集',
      refund: (amount: string, day: string) => `${amount} 元将在 ${day} 前原路退回。`,
      refunded: (amount: string) => `${amount} 元已退回原支付账户。`,
      text: '仍需补拍：没有学历照片，学历不能上网注册。',
      action: '看补拍怎么办',
    },
    check_photo: {
      title: '该去学信网核对照片了',
      text: '登录学信网看看姓名和照片对不对。有误请联系学籍管理科，逾期影响学历注册。',
      action: '怎么核对',
    },
  },
  ticket: {
    lineUp: '列队',
    shoot: '开拍',
    seat: (seatNo: number) => `第 ${seatNo} 号名额`,
    enlarge: '出示此码，或带身份证原件 · 点击放大',
    unverified: '现场核验身份证原件，请务必带上',
    owed: '费用待缴，请按工作人员指引支付',
    qrLabel: '预约二维码',
    offline: '离线：正在使用当天有效的备用码',
    unconfirmed: '正在联网更新，先显示当天有效的备用码',
  },
  sections: {
    schedule: '采集安排',
    dress: '这样拍，一次过',
    contact: '有问题找谁',
    more: '更多',
  },
  schedule: {
    mySession: '我的时段',
    day: '日期',
    hours: '时间',
    place: '地点',
    lineUp: (minutes: number) => `提前 ${minutes} 分钟列队`,
    price: '费用',
    yuan: (amount: string) => `${amount} 元`,
  },
  more: {
    guide: '采集须知与常见问题',
    orders: '我的订单与退款',
    timetable: '查专业时间表',
    makeUp: '错过了？补拍办法',
    staff: '工作人员入口',
  },
  unreachable: '连不上服务器',
  stale: '没有网络。二维码和时间仍可用，其余内容联网后更新。',
};
