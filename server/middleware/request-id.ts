import { randomUUID } from 'node:crypto';
import type { Middleware } from 'koa';

const GIVEN = /^[0-9A-Za-z_-]{8,64}$/;

/** Takes the client's request id, when it is one, so that phone and service can be put side by side. */
export const requestId: Middleware = async (ctx, next) => {
  const given = ctx.get('x-request-id');
  ctx.state.requestId = GIVEN.test(given) ? given : randomUUID();
  ctx.set('x-request-id', ctx.state.requestId);
  await next();
};
