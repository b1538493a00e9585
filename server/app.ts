import cors from '@koa/cors';
import Router from '@koa/router';
import Koa from 'koa';
import helmet from 'koa-helmet';
import { AppError } from './errors';
import { crashPointRouter, requestScope } from './http/crash-points';
import { docsPage } from './http/docs-page';
import { mountContract } from './http/mount';
import { openApiDocument } from './http/openapi';
import { createRateLimiters } from './http/rate-limit';
import { reportErrors } from './middleware/report-errors';
import { requestId } from './middleware/request-id';
import { serveFolder } from './middleware/serve-folder';
import { createAuthenticator } from './modules/accounts/authenticate';
import { accountRoutes } from './modules/accounts/routes';
import { auditRoutes } from './modules/audit/routes';
import { bookingRoutes } from './modules/bookings/routes';
import { merchantRoutes } from './modules/campaigns/merchant-routes';
import { campaignRoutes } from './modules/campaigns/routes';
import { timetableChangeRoutes } from './modules/campaigns/timetable-change-routes';
import { notificationRoutes } from './modules/notifications/routes';
import { officeRoutes } from './modules/office/routes';
import { boardStream } from './modules/onsite/board-stream';
import { onsiteRoutes } from './modules/onsite/routes';
import { callbackRouter } from './modules/payments/callbacks';
import { orderRoutes } from './modules/payments/console-routes';
import { paymentRoutes } from './modules/payments/routes';
import { privacyRoutes } from './modules/privacy/routes';
import { reconciliationRoutes } from './modules/reconciliation/routes';
import { settlementRoutes } from './modules/settlement/routes';
import { verificationRoutes } from './modules/verification/routes';
import { workDaysRoutes } from './modules/work-days/routes';
import { constantTimeEqual } from './platform/crypto/constant-time';
import { registry } from './platform/metrics';
import { isMongoConnected } from './platform/mongo/connect';
import type { World } from './world';

/** The Koa app from its parts; it opens nothing by itself. */
export function createApp(world: World): Koa {
  const { env } = world;
  const app = new Koa();
  app.proxy = env.NODE_ENV === 'production';
  app.on('error', (error: unknown) => {
    if (!isHungUp(error)) world.log.warn({ err: error }, 'response not delivered');
  });

  if (env.CRASH_POINTS === 'on') app.use(requestScope).use(crashPointRouter().routes());
  app.use(requestId);
  app.use(reportErrors(world.log));
  app.use(helmet({ contentSecurityPolicy: false, crossOriginEmbedderPolicy: false }));
  // Only the mini-program in development runs in a browser of another origin; it sends no cookies.
  if (env.NODE_ENV !== 'production') app.use(cors({ origin: '*' }));
  const authenticate = createAuthenticator(world);
  for (const router of [
    operations(world),
    callbackRouter(world),
    boardStream(world, authenticate),
    contractRouter(world, authenticate),
  ]) {
    app.use(router.routes());
    app.use(router.allowedMethods());
  }
  if (env.STATIC_CONSOLE) app.use(serveFolder('/console', env.STATIC_CONSOLE));
  if (env.STATIC_H5) app.use(serveFolder('/', env.STATIC_H5));
  return app;
}

/** Whoever closes the page of a board that is being sent to it. */
const isHungUp = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';

const contractRouter = (world: World, authenticate: ReturnType<typeof createAuthenticator>) =>
  mountContract(
    {
      ...accountRoutes(world),
      ...campaignRoutes(world),
      ...timetableChangeRoutes(world),
      ...merchantRoutes(world),
      ...verificationRoutes(world),
      ...bookingRoutes(world),
      ...paymentRoutes(world),
      ...privacyRoutes(world),
      ...orderRoutes(world),
      ...onsiteRoutes(world),
      ...settlementRoutes(world),
      ...reconciliationRoutes(world),
      ...notificationRoutes(world),
      ...auditRoutes(world),
      ...officeRoutes(world),
      ...workDaysRoutes(world),
    },
    {
      authenticate,
      rateLimiters: createRateLimiters(world.connection),
      checkAnswers:
        (world.env.CHECK_ANSWERS ?? (world.env.NODE_ENV === 'production' ? 'off' : 'on')) === 'on',
    },
  );

/** What machines ask: alive, ready, how the API looks, and what the h5 app needs to know. */
function operations(world: World): Router {
  const router = new Router();
  router.get('/healthz', (ctx) => {
    ctx.body = { ok: true };
  });
  router.get('/readyz', (ctx) => {
    ctx.status = isMongoConnected() ? 200 : 503;
    ctx.body = { ok: isMongoConnected() };
  });
  router.get('/metrics', async (ctx) => {
    if (!mayRead(ctx, world.env)) throw new AppError('NOT_FOUND');
    ctx.type = registry.contentType;
    ctx.body = await registry.metrics();
  });
  const document = JSON.stringify(openApiDocument());
  router.get('/openapi.json', (ctx) => {
    ctx.type = 'json';
    ctx.body = document;
  });
  const docs = docsPage();
  router.get('/docs', (ctx) => {
    ctx.type = 'html';
    ctx.body = docs;
  });
  router.get('/config.json', (ctx) => {
    const control = world.env.SANDBOX_CONTROL_URL;
    ctx.set('cache-control', 'no-store');
    ctx.body = { apiBase: '', demo: control ? { control } : null };
  });
  return router;
}

/** Without a token nobody reads the metrics of a production service. */
const mayRead = (ctx: Koa.Context, { METRICS_TOKEN, NODE_ENV }: World['env']): boolean =>
  METRICS_TOKEN === undefined
    ? NODE_ENV !== 'production'
    : constantTimeEqual(ctx.get('authorization'), `Bearer ${METRICS_TOKEN}`);
