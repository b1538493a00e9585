import { redacted } from '../http/redacted';

/**
 * | kind              | meaning                                                        |
 * |-------------------|----------------------------------------------------------------|
 * | refused           | about this request; `reason` says what                         |
 * | misconfigured     | appid, secret, allowed addresses or rights: a person must act  |
 * | rate-limited      | wait                                                           |
 * | busy              | WeChat's own fault: later                                      |
 * | no-answer         | network; whether it took effect is unknown                     |
 * | unexpected-answer | not what the documentation says                                |
 */
export type WeChatErrorKind =
  | 'refused'
  | 'misconfigured'
  | 'rate-limited'
  | 'busy'
  | 'no-answer'
  | 'unexpected-answer';

/** Why a request was refused, as far as a caller may decide by it. */
export type WeChatReason =
  | 'invalid_code'
  | 'code_used'
  | 'risky_user'
  | 'invalid_openid'
  | 'message_refused'
  | 'bad_message_data'
  | 'bad_template'
  | 'bad_page'
  | 'bad_scene'
  | 'payment_not_found'
  | 'already_shipped'
  | 'not_shippable'
  | 'other';

export type WeChatOperation =
  | 'token'
  | 'login'
  | 'phone-number'
  | 'subscribe-message'
  | 'unlimited-code'
  | 'is-trade-managed'
  | 'upload-shipping';

/** Carries nothing personal and no credential: safe to log. */
export class WeChatError extends Error {
  override readonly name = 'WeChatError';
  readonly kind: WeChatErrorKind;
  readonly reason: WeChatReason;
  readonly operation: WeChatOperation;
  /** WeChat's number, or the network's or our own word. */
  readonly code: string;

  constructor(facts: {
    kind: WeChatErrorKind;
    operation: WeChatOperation;
    code: string;
    reason?: WeChatReason;
    detail?: string;
  }) {
    const { kind, operation, code, reason = 'other', detail } = facts;
    const head = `WeChat ${operation}: ${kind}, ${code}`;
    super(detail ? `${head}: ${redacted(detail)}` : head);
    this.kind = kind;
    this.reason = reason;
    this.operation = operation;
    this.code = code;
  }
}

const REASONS: ReadonlyMap<number, WeChatReason> = new Map([
  [40029, 'invalid_code'],
  [40163, 'code_used'],
  [40226, 'risky_user'],
  [40003, 'invalid_openid'],
  [43101, 'message_refused'],
  [47003, 'bad_message_data'],
  [40037, 'bad_template'],
  [41030, 'bad_page'],
  [40169, 'bad_scene'],
  [10060001, 'payment_not_found'],
  [10060002, 'already_shipped'],
  [10060003, 'already_shipped'],
  [10060023, 'already_shipped'],
  [10060004, 'not_shippable'],
]);
const MISCONFIGURED: ReadonlySet<number> = new Set([40013, 40125, 40164, 41002, 41004, 48001, 50002, 61024]);
const RATE_LIMITED: ReadonlySet<number> = new Set([45009, 45011]);
const BUSY: ReadonlySet<number> = new Set([-1, 10060012, 10060019]);

/** The access token is wrong, or no longer valid: get another, once. */
export const TOKEN_REJECTED: ReadonlySet<number> = new Set([40001, 40014, 42001]);

export function errorOf(operation: WeChatOperation, errcode: number, errmsg: string): WeChatError {
  const facts = { operation, code: String(errcode), detail: errmsg };
  if (MISCONFIGURED.has(errcode)) return new WeChatError({ kind: 'misconfigured', ...facts });
  if (RATE_LIMITED.has(errcode)) return new WeChatError({ kind: 'rate-limited', ...facts });
  if (BUSY.has(errcode)) return new WeChatError({ kind: 'busy', ...facts });
  return new WeChatError({ kind: 'refused', reason: REASONS.get(errcode) ?? 'other', ...facts });
}
