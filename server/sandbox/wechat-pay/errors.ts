/** An answer of WeChat Pay other than success: HTTP status, code, message, and where the fault lies. */
export class PayError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly detail?: Record<string, unknown>,
  ) {
    super(message);
  }
}

type Make = (message?: string, detail?: Record<string, unknown>) => PayError;

function kind(status: number, code: string, usual: string): Make {
  return (message = usual, detail) => new PayError(status, code, message, detail);
}

/** The documented codes that this stand-in gives. */
export const payErrors = {
  paramError: kind(400, 'PARAM_ERROR', '参数错误'),
  invalidRequest: kind(400, 'INVALID_REQUEST', '请求参数符合参数格式，但不符合业务规则'),
  signError: kind(401, 'SIGN_ERROR', '签名错误'),
  appidMchidNotMatch: kind(400, 'APPID_MCHID_NOT_MATCH', 'appid和mch_id不匹配'),
  outTradeNoUsed: kind(403, 'OUT_TRADE_NO_USED', '商户订单号重复'),
  orderPaid: kind(400, 'ORDERPAID', '该订单已支付'),
  orderClosed: kind(400, 'ORDER_CLOSED', '订单已关闭'),
  orderNotExist: kind(404, 'ORDER_NOT_EXIST', '订单不存在'),
  userPaying: kind(202, 'USERPAYING', '用户支付中，需要输入密码'),
  notEnough: kind(403, 'NOT_ENOUGH', '基本账户余额不足，请充值后重新发起'),
  resourceNotExists: kind(404, 'RESOURCE_NOT_EXISTS', '查询的资源不存在'),
  rateLimitExceeded: kind(429, 'RATELIMIT_EXCEEDED', '请求超过频率限制'),
  noStatementExist: kind(400, 'NO_STATEMENT_EXIST', '账单文件不存在'),
  statementCreating: kind(400, 'STATEMENT_CREATING', '账单生成中'),
  systemError: kind(500, 'SYSTEM_ERROR', '系统错误，请稍后重试'),
} as const;
