import type { Context, Middleware } from 'koa';
import type { ErrorBody } from '../../shared/contract/errors';
import { AppError } from '../errors';
import type { Actor } from '../http/actor';
import type { Log } from '../platform/log';
import type { Metrics } from '../platform/metrics';
import { isTransient } from '../platform/mongo/failures';
import { WeChatPayError } from '../platform/wechat-pay/errors';
import { isAccountUnusable } from '../platform/wechat-pay/unusable-account';

/**
 * The only place where an error becomes an answer. What is not registered is INTERNAL, unless the database only asks to
 * try again: BUSY. Both are logged with the request's id and their cause (`platform/log-error.ts`).
 */
export const reportErrors =
  (log: Log, metrics: Metrics): Middleware =>
  async (ctx, next) => {
    try {
      await next();
      if (ctx.body === undefined) refuseUnanswered(ctx.status);
    } catch (thrown) {
      const error = registered(thrown, ctx.state.actor);
      metrics.refusal(error.code);
      answer(ctx, error, log);
    }
  };

/** No route took the request, or none with this method (RFC 9110 wants `Allow`, which the router has set). */
function refuseUnanswered(status: number): void {
  if (status === 404) throw new AppError('NOT_FOUND');
  if (status === 405 || status === 501) throw new AppError('METHOD_NOT_ALLOWED');
}

/** Keys that do not work are told apart from a WeChat that does not answer: waiting does not help, and each reader can do something else. */
function registered(thrown: unknown, actor: Actor | null | undefined): AppError {
  const cause = thrown instanceof AppError && thrown.code === 'UPSTREAM_UNAVAILABLE' ? thrown.cause : thrown;
  if (isAccountUnusable(cause))
    return new AppError(actor?.kind === 'user' ? 'ACCOUNT_UNUSABLE' : 'PAYING_IMPOSSIBLE', {}, { cause });
  return thrown instanceof AppError ? thrown : unregistered(thrown);
}

function unregistered(thrown: unknown): AppError {
  if (isTransient(thrown)) return new AppError('BUSY', {}, { cause: thrown });
  if (thrown instanceof WeChatPayError && thrown.kind !== 'invalid-request')
    return new AppError('UPSTREAM_UNAVAILABLE', {}, { cause: thrown });
  return new AppError('INTERNAL', {}, { cause: thrown });
}

function answer(ctx: Context, error: AppError, log: Log): void {
  const requestId: string = ctx.state.requestId;
  const { seconds } = error.details;
  if (error.isReported)
    log.error({ err: error.cause ?? error, requestId, code: error.code }, 'request failed');
  if (error.code === 'TOO_MANY_REQUESTS' && typeof seconds === 'number')
    ctx.set('retry-after', String(seconds));
  if (error.code === 'BUSY') ctx.set('retry-after', '1');
  const body: ErrorBody = {
    error: {
      code: error.code,
      message: error.publicMessage,
      ...(Object.keys(error.details).length > 0 ? { details: { ...error.details } } : {}),
      requestId,
    },
  };
  ctx.status = error.status;
  ctx.type = 'json';
  ctx.body = JSON.stringify(body);
}
