/**
 * Why a call gave no answer of the service itself.
 *
 * - misconfigured: credentials, rights, not ordered, in arrears: a person must act
 * - refused: what was sent is malformed; nothing was done
 * - busy: refused for now
 * - not_sent: no connection
 * - no_answer: sent, but nothing came back: it may have been carried out and billed
 */
export type CallFailure = 'misconfigured' | 'refused' | 'busy' | 'not_sent' | 'no_answer';

export interface SdkFailure {
  failure: CallFailure;
  /** Tencent's code (AuthFailure.SignatureFailure …) or NETWORK. */
  code: string;
  requestId: string | undefined;
}

/** The SDK wraps everything in one exception, and quotes addresses in its text: only codes are taken from it. */
export function failureOf(error: unknown): SdkFailure {
  const code = textOf(error, 'code');
  if (!code) {
    const sent = !/ECONNREFUSED|ENOTFOUND|EAI_AGAIN/.test(textOf(error, 'message') ?? '');
    return { failure: sent ? 'no_answer' : 'not_sent', code: 'NETWORK', requestId: undefined };
  }
  return { failure: kindOf(code), code, requestId: textOf(error, 'requestId') };
}

const MISCONFIGURED = /^(AuthFailure|Unauthorized|ResourceUnavailable|ResourcesSoldOut|ResourceInsufficient)/;
const NOT_ORDERED: ReadonlySet<string> = new Set([
  'FailedOperation.UnOpenError',
  'InvalidAction',
  'NoSuchVersion',
  'UnsupportedRegion',
]);
const REFUSED = /^(InvalidParameter|MissingParameter|UnknownParameter)/;
const BUSY = /^(RequestLimitExceeded|LimitExceeded)/;

function kindOf(code: string): CallFailure {
  if (MISCONFIGURED.test(code) || NOT_ORDERED.has(code)) return 'misconfigured';
  if (REFUSED.test(code)) return 'refused';
  if (BUSY.test(code)) return 'busy';
  return 'no_answer';
}

function textOf(value: unknown, name: 'code' | 'message' | 'requestId'): string | undefined {
  if (typeof value !== 'object' || value === null || !(name in value)) return undefined;
  const text: unknown = Reflect.get(value, name);
  return typeof text === 'string' && text !== '' ? text : undefined;
}
