import Router from '@koa/router';
import type { Middleware } from 'koa';
import { z } from 'zod';
import { armCrashPoint, inScope, seenSteps } from '../platform/crash-points';
import { readBytes } from './body';

const CrashPoint = z.strictObject({
  scope: z.string(),
  step: z.int().min(0),
  when: z.enum(['before', 'after']),
});

/** Every request is a scope of its own: "POST /api/me/bookings". */
export const requestScope: Middleware = (ctx, next) => inScope(`${ctx.method} ${ctx.path}`, next);

/** How a crash test arms the process, and reads what it counted. */
export function crashPointRouter(): Router {
  const router = new Router();
  router.put('/crash-point', async (ctx) => {
    armCrashPoint(CrashPoint.parse(JSON.parse((await readBytes(ctx, 1_000)).toString())));
    ctx.status = 204;
  });
  router.get('/crash-point', (ctx) => {
    ctx.body = { seen: seenSteps() };
  });
  return router;
}
