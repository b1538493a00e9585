import Router from '@koa/router';
import type { Env } from '../env';
import { AppError } from '../errors';
import { constantTimeEqual } from '../platform/crypto/constant-time';
import { answersWithin } from '../platform/mongo/connect';
import type { World } from '../world';
import { docsPage } from './docs-page';
import { openApiDocument } from './openapi';

const READY_WITHIN_MS = 1_000;

/**
 * What machines ask: alive, ready, figures, how the API looks, and what the h5 app needs to know.
 *
 * @param stopping told when this process takes its leave: then it is alive and not ready
 */
export function operations(world: World, stopping: AbortSignal): Router {
  const router = new Router();
  router.get('/healthz', (ctx) => {
    ctx.body = { ok: true };
  });
  router.get('/readyz', async (ctx) => {
    const database = await answersWithin(READY_WITHIN_MS);
    const ok = database && !stopping.aborted;
    ctx.status = ok ? 200 : 503;
    ctx.set('cache-control', 'no-store');
    ctx.body = { ok, database, stopping: stopping.aborted };
  });
  router.get('/metrics', async (ctx) => {
    refuseStrangers(world, ctx.get('authorization'));
    const { contentType, body } = await world.metrics.text();
    ctx.type = contentType;
    ctx.set('cache-control', 'no-store');
    ctx.body = body;
  });
  const document = whenAsked(() => JSON.stringify(openApiDocument()));
  router.get('/openapi.json', (ctx) => {
    ctx.type = 'json';
    ctx.body = document();
  });
  const docs = whenAsked(docsPage);
  router.get('/docs', (ctx) => {
    ctx.type = 'html';
    ctx.body = docs();
  });
  router.get('/config.json', (ctx) => {
    ctx.set('cache-control', 'no-store');
    ctx.body = publicConfig(world.env);
  });
  return router;
}

/** Made once, for the first who asks: describing two hundred endpoints would slow every start. */
function whenAsked(make: () => string): () => string {
  let made: string | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** What the pages of a browser need to know of the place they are served from. */
export const publicConfig = ({ SANDBOX_CONTROL_URL: control }: Env) => ({
  apiBase: '',
  demo: control ? { control } : null,
});

/** Figures are for the operator: with a token, or in development. To everybody else the page does not exist. */
function refuseStrangers({ env }: World, authorization: string): void {
  const { METRICS_TOKEN: token } = env;
  if (token === undefined && env.NODE_ENV !== 'production') return;
  if (token === undefined || !constantTimeEqual(authorization, `Bearer ${token}`))
    throw new AppError('NOT_FOUND');
}
