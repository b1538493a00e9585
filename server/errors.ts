import { ERRORS, type ErrorCode } from '../shared/contract/errors';

/**
 * A refusal that leaves the service: a registered code with the facts a person needs.
 * `details` fill the message's {places} and go to the client; never put anything personal in them.
 */
export class AppError extends Error {
  override readonly name = 'AppError';

  constructor(
    readonly code: ErrorCode,
    readonly details: Readonly<Record<string, unknown>> = {},
    options?: { cause: unknown },
  ) {
    super(code, options);
  }

  get status(): number {
    return ERRORS[this.code].status;
  }

  /** The Chinese sentence with its places filled. */
  get publicMessage(): string {
    return ERRORS[this.code].message.replace(/\{(\w+)\}/g, (place, key: string) =>
      String(this.details[key] ?? place),
    );
  }

  get isReported(): boolean {
    return 'report' in ERRORS[this.code];
  }
}
