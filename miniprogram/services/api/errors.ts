import type { ErrorBody, ErrorCode } from '../../../shared/contract/errors';

/** `NO_NETWORK` is ours: no answer came, so whether the server acted is unknown. */
export type FailureCode = ErrorCode | 'NO_NETWORK';

/** Whatever goes wrong between the phone and the service. The message is for the person, in Chinese. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly code: FailureCode,
    message: string,
    readonly details: Readonly<Record<string, unknown>>,
    readonly requestId: string,
    /** 0 when no answer came */
    readonly status: number,
  ) {
    super(message);
  }

  /** A fact of the details that should be a number, for example `attemptsLeft`. */
  number(name: string): number | undefined {
    const value = this.details[name];
    return typeof value === 'number' ? value : undefined;
  }

  text(name: string): string | undefined {
    const value = this.details[name];
    return typeof value === 'string' ? value : undefined;
  }
}

/** The error of an answer that is not a success; undefined when the body is not ours (a gateway's page). */
export function errorOfBody(body: unknown): ErrorBody['error'] | undefined {
  const error = isRecord(body) ? body.error : undefined;
  if (!isRecord(error) || typeof error.code !== 'string' || typeof error.message !== 'string')
    return undefined;
  return {
    // An unknown code of a newer server is shown with its own sentence.
    code: error.code as ErrorCode,
    message: error.message,
    details: isRecord(error.details) ? error.details : {},
    requestId: typeof error.requestId === 'string' ? error.requestId : '',
  };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
