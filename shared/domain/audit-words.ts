/** What the audit log calls things, in the office's words. A verb that is not here is shown as it is: nothing is hidden. */
const VERBS: Readonly<Record<string, string>> = {
  'sign-in': '登录',
  'sign-in.failed': '登录失败：密码不对',
  'sign-in.locked': '账号锁定',
  'user.create': '开通账号',
  'user.change': '修改账号',
  'user.disable': '停用账号',
  'user.enable': '恢复账号',
  'user.reset-password': '重设密码',
  'user.change-password': '修改自己的密码',
  export: '导出表格',
  'merchant.create': '登记商户',
  'campaign.create': '新建批次',
  'campaign.change': '修改批次',
  'campaign.import-timetable': '导入时间安排表',
  'campaign.move-sessions': '调整时间安排',
  'campaign.open': '开放预约',
  'campaign.close-collection': '结束采集',
  'work-days.save': '修改节假日与调休',
  'session.create': '新建时段',
  'session.move': '时段移动',
  'session.raise-capacity': '增加名额',
  'student.import': '导入学生',
  'student.import-change': '名单更新了学生',
  'student.import-remove': '名单移出了学生',
  'student.bind': '绑定微信',
  'student.confirm': '确认学籍信息',
  'student.correct': '更正学籍信息',
  'student.request-correction': '申请更正',
  'student.refuse-correction': '不同意更正',
  'student.unbind': '解除微信绑定',
  'student.hand-over': '转交给另一个微信',
  'student.place': '安排时段',
  'student.unplace': '恢复自动匹配时段',
  'conflict.record': '两个微信争一个学生',
  'conflict.keep': '裁定：维持原绑定',
  'conflict.hand-over': '裁定：转交绑定',
  'conflict.reopen': '绑定冲突重新待办',
  'identity.create': '开始实名认证',
  'identity.consent': '同意授权',
  'identity.photo': '上传证件照片',
  'identity.attempt': '提交四要素核验',
  'identity.attempt-failed': '四要素核验没通过',
  'identity.verify': '实名认证通过',
  'identity.unverified': '未认证先预约',
  'identity.ask-review': '申请人工审核',
  'identity.on-site': '转现场办理',
  'identity.review-approve': '人工审核通过',
  'identity.review-reject': '人工审核不通过',
  'identity.reset-attempts': '恢复核验次数',
  'identity.look-document': '查看完整证件号码',
  'identity.look-photo': '查看证件照片',
  'device.issue-code': '发登记码',
  'device.enrol': '手机登记',
  'device.revoke': '停用手机',
  'booking.hold': '占位',
  'booking.order': '生成订单',
  'booking.book': '预约成功',
  'booking.paid': '付款到账',
  'booking.release': '释放名额',
  'booking.revive': '恢复名额',
  'booking.reschedule': '改时段',
  'booking.move': '代为改时段',
  'booking.hand-over': '预约随绑定转交',
  'booking.ask-waiver': '申请免缴',
  'booking.waiver-approve': '批准免缴',
  'booking.waiver-reject': '驳回免缴',
  'booking.cancel': '取消预约',
  'booking.moved': '通知时间地点有变',
  'booking.acknowledge-move': '已看到变更',
  'booking.walk-in': '现场预约',
  'booking.arrive': '签到',
  'booking.shot': '已拍摄',
  'booking.undo-arrival': '撤销签到',
  'booking.undo-shot': '撤销拍摄',
  'booking.no-show': '未采集，取消',
  'order.create': '创建订单',
  'order.prepaid': '发起付款',
  'order.paid': '订单已付',
  'order.close': '订单关闭',
  'order.fence': '补记未发出的订单',
  'order.quarantine': '款项存疑，待处理',
  'refund.request': '申请退款',
  'refund.accepted': '微信已受理退款',
  'refund.succeeded': '退款到账',
  'refund.abnormal': '退款异常',
  'refund.closed': '退款关闭',
  'refund.trouble': '退款遇到问题',
  'refund-batch.submit': '提交统一退款',
  'refund-batch.approved': '批准统一退款',
  'refund-batch.rejected': '驳回统一退款',
  'refund-batch.pause': '暂停统一退款',
  'refund-batch.resume': '继续统一退款',
  'refund-batch.done': '统一退款完成',
  'bill.begin': '开始下载账单',
  'bill.import': '导入账单',
  'bill.match': '开始核对账单',
  'bill.matched': '核对完账单',
  'bill.day': '建立对账日',
  'bill.trouble': '账单导入失败',
  'difference.find': '发现差错',
  'difference.clear': '差错自行平账',
  'difference.change': '处理差错',
  'difference.reopen': '重新打开差错',
};

const SUBJECTS: Readonly<Record<string, string>> = {
  booking: '预约',
  order: '订单',
  student: '学生',
  campaign: '批次',
  session: '时段',
  device: '现场手机',
  user: '账号',
  merchant: '商户',
  identity: '实名认证',
  conflict: '绑定冲突',
  audit: '审计记录',
  account: '微信账号',
  'refund-batch': '统一退款',
  'bill-day': '对账日',
  difference: '差错',
};

const FACTS: Readonly<Record<string, string>> = {
  sessions: '时段数',
  lines: '笔数',
  amountFen: '金额（分）',
  rooms: '教室',
  room: '教室',
  orderNo: '订单号',
  refundNo: '退款单号',
  seatNo: '座号',
  reason: '原因',
  via: '来源',
  late: '迟到的付款',
  arrived: '到过现场',
  batch: '退款批次',
  shotNumber: '拍摄序号',
  role: '角色',
  line: '行',
  code: '错误码',
  field: '字段',
  type: '类型',
  level: '认证',
  answer: '答复',
  before: '原来',
  after: '改为',
  evidence: '凭证',
  payment: '付款',
  side: '面',
  rows: '行数',
  fen: '金额（分）',
  result: '结果',
  colleges: '学院',
};

export const KNOWN_VERBS: readonly (readonly [verb: string, words: string])[] = Object.entries(VERBS);

export const verbWords = (verb: string): string => VERBS[verb] ?? verb;

/** "user:65f…3a" → "账号 …3a"; the full id stays in the log itself. */
export function subjectWords(subject: string): string {
  const [kind = '', id = ''] = subject.split(/:(.*)/s);
  const name = SUBJECTS[kind] ?? kind;
  return id === '' ? name : `${name} …${id.slice(-6)}`;
}

export const actorWords = (actor: string): string => (actor === 'system' ? '系统' : subjectWords(actor));

/** What only the machine needs is left out. */
const UNSAID: ReadonlySet<string> = new Set([
  'nonce',
  'from',
  'to',
  'session',
  'booking',
  'cause',
  'conflict',
]);

export const factsWords = (facts: Readonly<Record<string, unknown>>): string =>
  Object.entries(facts)
    .filter(([name]) => !UNSAID.has(name))
    .map(([name, value]) => `${FACTS[name] ?? name} ${wordsOf(value)}`)
    .join('，');

function wordsOf(value: unknown): string {
  if (value === true) return '是';
  if (value === false) return '否';
  if (Array.isArray(value)) return value.length === 0 ? '全部' : value.map(wordsOf).join('、');
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}
