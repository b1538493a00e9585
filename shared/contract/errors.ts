/**
 * Every error that leaves the service: HTTP status and the Chinese sentence that says what to do next.
 * `{name}` is filled from the error's details. `report` marks those an operator should hear of.
 */
interface Registered {
  status: number;
  message: string;
  report?: true;
}

export const ERRORS = {
  // The request itself
  BAD_REQUEST: { status: 400, message: '提交的内容不完整或格式不对，请检查后再试。' },
  BAD_JSON: { status: 400, message: '提交的内容不是有效的 JSON。' },
  FILE_EMPTY: { status: 422, message: '这个文件是空的，请打开看一看，再重新选择。' },
  BODY_TOO_LARGE: { status: 413, message: '提交的内容太大，请缩小后再试。' },
  WRONG_CONTENT_TYPE: { status: 415, message: '不支持这种内容类型。' },
  NOT_FOUND: { status: 404, message: '没有找到，可能已被删除，请返回后刷新。' },
  METHOD_NOT_ALLOWED: { status: 405, message: '不支持这种操作。' },
  TOO_MANY_REQUESTS: { status: 429, message: '操作太频繁，请 {seconds} 秒后再试。' },
  INTERNAL: { status: 500, message: '系统出了点问题，您的内容没有丢失，请稍后再试。', report: true },
  BUSY: { status: 503, message: '系统繁忙，请稍后再试。', report: true },
  UPSTREAM_UNAVAILABLE: { status: 502, message: '对方服务暂时没有回应，请稍后再试。', report: true },
  UPSTREAM_REFUSED: { status: 409, message: '微信没有接受这次操作（{code}），请按微信的提示核对后再试。' },

  // Who is asking
  NOT_SIGNED_IN: { status: 401, message: '登录已失效，请重新登录。' },
  NOT_ALLOWED: { status: 403, message: '您没有这项权限，如有需要请联系学校教务处。' },
  LOGIN_FAILED: { status: 401, message: '微信登录没有成功，请退出小程序重新打开。' },
  PASSWORD_TO_CHANGE: { status: 403, message: '这是教务处给您的临时密码，请先改成自己的密码。' },
  WRONG_PASSWORD: { status: 401, message: '账号或密码不对。' },
  ACCOUNT_LOCKED: { status: 423, message: '密码多次输错，账号已暂时锁定，请 {minutes} 分钟后再试。' },
  DEVICE_CODE_INVALID: { status: 400, message: '登记码无效、已用过或过了 24 小时，请向教务处要一个新的。' },
  DEVICE_REVOKED: { status: 401, message: '这台手机已被停用，请联系教务处。' },
  TWO_PEOPLE_NEEDED: { status: 403, message: '提交人不能审批自己的单子，请另一位同事处理。' },
  CODE_NEEDED: { status: 403, message: '请输入手机验证器上现在的 6 位数字。' },
  CODE_WRONG: {
    status: 403,
    message: '验证码不对，还能试 {left} 次。请看验证器上现在的数字，并确认手机的时间是自动设置的。',
  },
  CODE_USED: { status: 403, message: '这组数字已经用过，请等 {seconds} 秒，换下一组再试。' },
  CODE_LOCKED: {
    status: 423,
    message: '验证码多次输错，审批已暂停，请 {minutes} 分钟后再试；换了手机请找教务处重置验证器。',
  },
  AUTHENTICATOR_MISSING: {
    status: 403,
    message: '审批前要先绑定手机验证器：点右上角的姓名，选“手机验证器”。',
  },
  AUTHENTICATOR_NOT_OFFERED: { status: 409, message: '这个二维码已经过期，请重新开始绑定。' },
  CHANGED_MEANWHILE: { status: 409, message: '这条记录刚被别人改过，请刷新后再操作。' },

  LOGIN_TAKEN: { status: 409, message: '账号“{login}”已被使用，请换一个。' },
  LAST_OFFICE_USER: { status: 409, message: '学校至少要留一个能登录的教务处账号，请先开通另一个。' },
  NOT_YOURSELF: { status: 409, message: '不能停用自己或改自己的角色，请另一位同事操作。' },
  PASSWORD_TOO_WEAK: { status: 422, message: '密码至少 10 个字符，不能和账号相同，也不能太常见。' },

  // Campaign and its data
  CAMPAIGN_NOT_OPEN: { status: 409, message: '预约还没有开放，请等学校通知。' },
  CAMPAIGN_CLOSED: { status: 409, message: '预约已经结束，请到采集现场找工作人员办理。' },
  NOT_A_COLLECTION_DAY: {
    status: 409,
    message: '今天不是采集日，不能办理现场预约。采集日是{days}，请学生那天来，或先在小程序里预约。',
  },
  MAKE_UP_NOT_OPEN: { status: 409, message: '补拍预约在集中采集结束后开放，请届时再来。' },
  MAKE_UP_OVER: { status: 409, message: '补拍的截止日期已过，请联系学校教务处。' },
  MAKE_UP_SLOT_CLOSED: { status: 409, message: '这个补拍时段已经停止预约，请选其他时间。' },
  CAMPAIGN_NOT_READY: { status: 409, message: '批次还不能开放：{missing}。' },
  PHONES_NOT_UPLOADED: {
    status: 409,
    message:
      '还有 {count} 台现场手机没有传完离线记录：{phones}。请在这些手机上联网打开扫码页；丢失或损坏的，请教务处在“现场手机”里设为不再等。',
  },
  COLLECTION_NOT_OVER: { status: 409, message: '集中采集还没有结束，不能收尾。' },
  TIMETABLE_HAS_PROBLEMS: {
    status: 422,
    message: '时间安排表有 {count} 处问题，已全部列出，什么都没有写入。',
  },
  ROSTER_HAS_PROBLEMS: { status: 422, message: '学生名单有 {count} 处问题，已全部列出，什么都没有写入。' },
  TABLE_REFUSED: { status: 422, message: '这个文件不能导入：{reason}。' },
  IMPORT_EXPIRED: { status: 410, message: '上传的文件已过保存时间（一天），请重新上传。' },
  IMPORT_COLUMNS_MISSING: { status: 422, message: '请先指定哪一列是{columns}。' },
  IMPORT_NOT_PREVIEWED: { status: 409, message: '请先检查一遍，再下载或写入。' },
  IMPORT_STALE: {
    status: 409,
    message: '检查之后，名单、时间表或别名又有变化，什么都没有写入。请重新检查，确认后再写入。',
  },
  IMPORT_RUNNING: { status: 409, message: '这个批次正在写入另一份表格，请等它完成后再试。' },
  TIMETABLE_JUST_USED: {
    status: 409,
    message: '刚有学生在选时段。请约 {minutes} 分钟后再整体替换时间表；若已有人约上，请逐个时段调整。',
  },
  TIMETABLE_IN_USE: { status: 409, message: '已有学生预约，不能整体替换时间表，请逐个时段调整。' },

  NOTHING_TO_MOVE: { status: 422, message: '没有要移动的时段，请核对日期、教室和新的时间地点。' },
  TIMETABLE_CONFLICTS: { status: 409, message: '这样调整有 {count} 处冲突，已全部列出，什么都没有改动。' },
  COLLECTION_CLOSED: { status: 409, message: '集中采集已经收尾，时间表不能再改。' },
  CAPACITY_ONLY_GROWS: { status: 422, message: '名额只能增加：现在是 {capacity} 个，请填写更大的数。' },

  // Student: identity and enrolment
  CONSENT_MISSING: { status: 403, message: '请先阅读并同意《{title}》，再继续。' },
  PHOTO_NOT_RECOGNISED: {
    status: 422,
    message: '没能识别这张照片：{reason}。可以重拍，也可以直接手动填写。',
  },
  PHOTO_MISSING: { status: 422, message: '请先拍摄身份证{side}。' },
  DOCUMENT_INVALID: { status: 422, message: '证件号码不对：{reason}。' },
  BANK_CARD_INVALID: { status: 422, message: '银行卡号不对，请对照卡面再核对一遍。' },
  VERIFICATION_FAILED: { status: 422, message: '{reason}' },
  VERIFICATION_EXHAUSTED: { status: 409, message: '今天的核验次数已用完。{next}' },
  ALREADY_VERIFIED: { status: 409, message: '您已通过实名认证，不需要再做一次。' },
  ERASURE_TOO_EARLY: {
    status: 409,
    message: '您还有没用完的预约，请先取消或等拍摄完成，再删除个人数据。',
  },
  NOT_VERIFIED: { status: 403, message: '请先完成实名认证。' },
  NOT_ON_ROSTER: { status: 404, message: '学生名单里没有找到您，请核对学号；仍不对请联系{contact}。' },
  STUDENT_TAKEN: {
    status: 409,
    message: '这名学生已绑定另一个微信，已转人工处理，请等候或联系现场工作人员。',
  },
  ACCOUNT_HAS_STUDENT: {
    status: 409,
    message: '这个微信已经绑定了另一名学生，不能再交给它。请先解除那名学生的绑定。',
  },
  ENROLMENT_NOT_CONFIRMED: { status: 409, message: '请先确认学籍信息。' },
  CORRECTION_AFTER_SHOT: { status: 409, message: '已经拍摄，信息不能再改，请联系学籍学历管理科。' },

  // Places
  SESSION_NOT_YOURS: { status: 403, message: '这个时段不是您的班级的，请选择本班时段。' },
  TIMETABLE_REPLACED: { status: 409, message: '学校刚刚更新了时间安排，请刷新后重新选择时段。' },
  SESSION_OVER: { status: 409, message: '这个时段已经过了，请选其他时段或到现场办理。' },
  SOLD_OUT: { status: 409, message: '这个时段刚刚约满，请换一个时段；也可以到现场找工作人员办理。' },
  ALREADY_BOOKED: { status: 409, message: '您已有一个预约，请先在首页查看。' },
  HOLD_EXPIRED: { status: 409, message: '占位已超过 15 分钟，名额已释放，请重新预约。' },
  BOOKING_NOT_ACTIVE: { status: 409, message: '这个预约已经取消或失效，请刷新查看。' },
  CHANGE_TOO_LATE: { status: 409, message: '采集前一天 24:00 后不能自行修改，请联系现场工作人员。' },
  SAME_SESSION: { status: 409, message: '已经是这个时段了。' },

  // Money
  PAYMENT_IN_DOUBT: { status: 409, message: '付款结果正在向微信核实，请稍等片刻，不要重复付款。' },
  ALREADY_PAID: { status: 409, message: '已经付过款了，不用再付。' },
  NOTHING_TO_PAY: { status: 409, message: '这个预约不需要付款。' },
  ORDER_NOT_PAID: { status: 409, message: '微信没有收到这笔订单的款，没有可退的钱。' },
  NOTHING_TO_REFUND: { status: 409, message: '这笔订单的这些款项都已退回或正在退回，没有可退的钱。' },
  NOT_ITEM_OF_ORDER: { status: 422, message: '这笔订单没有所选的收费项目，请刷新后重新选择。' },
  PROPOSAL_PENDING: { status: 409, message: '这笔订单已有一份申请在等另一位同事处理，请先处理它。' },
  PROPOSAL_DECIDED: { status: 409, message: '这份申请已经处理过了，请刷新查看。' },
  ORDER_NOT_IN_REVIEW: { status: 409, message: '这笔订单没有待处理的存疑款项，请刷新查看。' },
  CURRENCY_NOT_ACCEPTED: { status: 409, message: '收到的不是人民币，不能入账，只能退回。' },
  RECEIPT_ISSUED: { status: 409, message: '这笔订单已经开过票据（{number}），要换一张请先登记作废。' },
  RECEIPT_NUMBER_TAKEN: { status: 409, message: '票据号码 {number} 已登记过，请核对号码。' },
  REFUND_STATE: { status: 409, message: '这笔退款现在不能这样处理，请刷新查看它的最新状态。' },
  CARD_DIFFERS: {
    status: 409,
    message: '与 {by} 说的去向不一致（学校账户，或开户银行和卡号末四位），请两人对照后再提交。',
  },
  BALANCE_TOO_LOW: { status: 409, message: '商户可用余额不足：需要 {need} 元，现有 {have} 元。请先充值。' },
  MERCHANT_KEYS_WRONG: { status: 422, message: '商户密钥不能使用：{setting}（{problem}）。什么都没有改动。' },
  ACCOUNT_UNUSABLE: {
    status: 502,
    message:
      '微信支付不认这个商户号现在的证书或密钥，什么都没有改动。请系统管理员更换后再试，详情见“待办 → 款项”。',
    report: true,
  },
  PAYING_IMPOSSIBLE: {
    status: 502,
    message: '学校的收款账户暂时不能用，没有扣款，预约也没有变化。请稍后再试，或联系学校教务处。',
    report: true,
  },
  CALLBACK_REJECTED: { status: 401, message: '签名验证失败' },
  BILL_NOT_READY: { status: 409, message: '微信还没有生成这天的账单（次日 10 点后才有），请稍后再试。' },
  BILL_REFUSED: { status: 422, message: '这份账单不能导入：{reason}。' },
  DAY_CLOSED: { status: 409, message: '这一天已经关账，不能再导入别的账单。' },
  DAY_BUSY: { status: 409, message: '这一天正在导入或核对，请等一两分钟再刷新查看。' },
  DAY_HAS_DIFFERENCES: { status: 409, message: '这一天还有 {count} 处差错没有处理完，处理完才能关账。' },
  DAY_NOT_MATCHED: { status: 409, message: '这一天的账单还没有核对完，请先下载账单并核对。' },
  SIGN_OFF_STATE: { status: 409, message: '这一天的关账申请已经变了，请刷新查看。' },
  DIFFERENCE_STATE: { status: 409, message: '这处差错现在是“{state}”，不能这样操作，请刷新查看。' },
  REPAIR_NOT_POSSIBLE: { status: 409, message: '这处差错不能这样处理：{reason}。' },
  EVIDENCE_REFUSED: { status: 422, message: '这个附件不能保存：{reason}。' },
  BATCH_STATE: { status: 409, message: '这批退款现在的状态是“{state}”，不能这样操作。' },

  // On site
  STUDENT_KNOWN: {
    status: 409,
    message: '名单里已有这个{what}，属于另一名学生。请先按学号查找，再更正信息。',
  },
  SHOT_NOT_ARRIVED: { status: 409, message: '这名学生还没有签到，请先扫码。' },
  PHOTO_CHECK_TOO_EARLY: { status: 409, message: '拍照满 40 天后（{from} 起）才能核对，请到时再来。' },
  CALLER_NOT_IDENTIFIED: {
    status: 404,
    message: '这些信息对不上唯一的一名学生。请再核对一遍，或换两项（学号、班级、证件后四位、订单号）再试。',
  },
  CALLER_FACTS_MISSING: { status: 422, message: '请来电人至少说出两项：学号、班级、证件后四位、订单号。' },
  CALLER_UNKNOWN: { status: 403, message: '请先在“来电”里核对来电人（两项以上），半小时内可以查看和办理。' },
  ANNOUNCEMENT_TO_NOBODY: { status: 409, message: '这个范围里现在没有学生，请换一个范围。' },
  ANNOUNCEMENT_GROUP_CHANGED: {
    status: 409,
    message: '这个范围里的人数刚有变化，现在是 {students} 人，请核对后再发。',
  },
  PHOTO_CHECK_SETTLED: { status: 409, message: '学生已经核对无误，不用再处理。' },
  UNDO_TOO_LATE: { status: 409, message: '已经有后续操作，不能撤销这一步。' },
} as const satisfies Record<string, Registered>;

export type ErrorCode = keyof typeof ERRORS;

/** The body of every answer that is not a success. */
export interface ErrorBody {
  error: {
    code: ErrorCode;
    message: string;
    /** Facts for the client: the fields that are wrong, what remains, when to retry. Never personal data. */
    details?: Record<string, unknown>;
    requestId: string;
  };
}
