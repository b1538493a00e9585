import type { Context, Middleware } from 'koa';
import type { Log } from '../platform/log';
import type { Metrics } from '../platform/metrics';

const SLOW_SECONDS = 2;

/** Times every request under the path that the contract names; a path's own ids are nobody's business. */
export const observeRequests =
  (metrics: Metrics, log: Log): Middleware =>
  async (ctx, next) => {
    const begun = performance.now();
    await next();
    const seconds = (performance.now() - begun) / 1000;
    const { method, status } = ctx;
    const route = routeOf(ctx);
    metrics.request({ route, method, status, seconds });
    const facts = {
      method,
      route,
      status,
      milliseconds: Math.round(seconds * 1000),
      requestId: ctx.state.requestId,
    };
    if (seconds >= SLOW_SECONDS) log.warn(facts, 'slow request');
    else log.debug(facts, 'request');
  };

function routeOf(ctx: Context): string {
  const matched: unknown = ctx._matchedRoute;
  return typeof matched === 'string' ? matched : 'other';
}
