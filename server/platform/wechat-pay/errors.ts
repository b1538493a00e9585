import { redacted } from '../http/redacted';

/**
 * How a call to WeChat Pay failed. What a caller may do next depends on nothing else:
 *
 * | kind                | has WeChat acted?        | next                                                   |
 * |---------------------|--------------------------|--------------------------------------------------------|
 * | invalid-request     | no, it was never sent    | a defect of ours                                       |
 * | not-sent            | no, no connection        | send again, same number                                |
 * | refused             | no; `code` says why      | decide by `code`                                       |
 * | rate-limited        | no                       | wait; for refunds query, then the same number          |
 * | unknown-outcome     | perhaps                  | query, then the same number with the same parameters   |
 * | unauthentic-answer  | perhaps; the answer is not provably WeChat's | as unknown-outcome, and tell a person |
 * | unexpected-answer   | perhaps; not what the documentation says     | as unknown-outcome, and tell a person |
 */
export type WeChatPayErrorKind =
  | 'invalid-request'
  | 'not-sent'
  | 'refused'
  | 'rate-limited'
  | 'unknown-outcome'
  | 'unauthentic-answer'
  | 'unexpected-answer';

export type WeChatPayOperation =
  | 'prepay'
  | 'query-order'
  | 'close-order'
  | 'request-refund'
  | 'query-refund'
  | 'apply-abnormal-refund'
  | 'trade-bill'
  | 'fund-flow-bill'
  | 'download-bill'
  | 'query-balance';

const UNKNOWN: ReadonlySet<WeChatPayErrorKind> = new Set([
  'unknown-outcome',
  'unauthentic-answer',
  'unexpected-answer',
]);

/** Carries nothing personal and no credential: safe to log. */
export class WeChatPayError extends Error {
  override readonly name = 'WeChatPayError';
  readonly kind: WeChatPayErrorKind;
  readonly operation: WeChatPayOperation;
  /** WeChat's code (NOT_ENOUGH, SYSTEM_ERROR …), the system's (ECONNRESET …) or one of ours (TIMEOUT …). */
  readonly code: string;
  /** HTTP status, when there was an answer. */
  readonly status: number | undefined;
  /** WeChat's Request-ID: what its support asks for. */
  readonly requestId: string | undefined;

  constructor(facts: {
    kind: WeChatPayErrorKind;
    operation: WeChatPayOperation;
    code: string;
    status?: number | undefined;
    requestId?: string | undefined;
    detail?: string | undefined;
  }) {
    const { kind, operation, code, status, requestId, detail } = facts;
    const head = `WeChat Pay ${operation}: ${kind}, ${code}${status === undefined ? '' : ` (${status})`}`;
    super(detail ? `${head}: ${redacted(detail)}` : head);
    this.kind = kind;
    this.operation = operation;
    this.code = code;
    this.status = status;
    this.requestId = requestId;
  }

  /** True when WeChat may have acted on the request: query before doing anything else. */
  get outcomeUnknown(): boolean {
    return UNKNOWN.has(this.kind);
  }
}

/** Refusals that say where an order, a refund or a bill stands: everyday answers, and nothing to be mended. */
const STATES: ReadonlySet<string> = new Set([
  'ORDERPAID',
  'ORDER_PAID',
  'ORDER_CLOSED',
  'ORDERCLOSED',
  'ORDER_NOT_EXIST',
  'ORDERNOTEXIST',
  'RESOURCE_NOT_EXISTS',
  'NO_STATEMENT_EXIST',
]);

export const isAboutState = ({ kind, code }: WeChatPayError): boolean =>
  kind === 'refused' && STATES.has(code);
