import cors from '@koa/cors';
import Koa from 'koa';
import helmet from 'koa-helmet';
import { crashPointRouter, requestScope } from './http/crash-points';
import { mountContract } from './http/mount';
import { operations, publicConfig } from './http/operations';
import { createRateLimiters } from './http/rate-limit';
import { observeRequests } from './middleware/observe-requests';
import { reportErrors } from './middleware/report-errors';
import { requestId } from './middleware/request-id';
import { serveFolder } from './middleware/serve-folder';
import { createAuthenticator } from './modules/accounts/authenticate';
import { authenticatorRoutes } from './modules/accounts/authenticator-routes';
import { confirmWithCode, hasAuthenticator } from './modules/accounts/confirm-with-code';
import { accountRoutes } from './modules/accounts/routes';
import { announcementRoutes } from './modules/announcements/routes';
import { auditRoutes } from './modules/audit/routes';
import { bookingRoutes } from './modules/bookings/routes';
import { merchantRoutes } from './modules/campaigns/merchant-routes';
import { campaignRoutes } from './modules/campaigns/routes';
import { timetableChangeRoutes } from './modules/campaigns/timetable-change-routes';
import { importRoutes } from './modules/imports/routes';
import { makeUpRoutes } from './modules/make-up/routes';
import { moneyProofRoutes } from './modules/money-proof/routes';
import { notificationRoutes } from './modules/notifications/routes';
import { officeRoutes } from './modules/office/routes';
import { boardStream } from './modules/onsite/board-stream';
import { onsiteConsoleRoutes } from './modules/onsite/console-routes';
import { onsiteRoutes } from './modules/onsite/routes';
import { callbackRouter } from './modules/payments/callbacks';
import { orderRoutes } from './modules/payments/console-routes';
import { paymentRoutes } from './modules/payments/routes';
import { privacyRoutes } from './modules/privacy/routes';
import { receiptRoutes } from './modules/receipts/routes';
import { reconciliationRoutes } from './modules/reconciliation/routes';
import { reportRoutes } from './modules/reports/routes';
import { settlementRoutes } from './modules/settlement/routes';
import { verificationRoutes } from './modules/verification/routes';
import { workDaysRoutes } from './modules/work-days/routes';
import type { World } from './world';

/**
 * The Koa app from its parts; it opens nothing by itself.
 *
 * @param stopping tells that the process takes its leave
 */
export function createApp(world: World, stopping: AbortSignal): Koa {
  const { env } = world;
  const app = new Koa();
  app.proxy = env.NODE_ENV === 'production';
  app.on('error', (error: unknown) => {
    if (!isHungUp(error)) world.log.warn({ err: error }, 'response not delivered');
  });

  if (env.CRASH_POINTS === 'on') app.use(requestScope).use(crashPointRouter().routes());
  app.use(requestId);
  app.use(sayGoodbye(stopping));
  app.use(observeRequests(world.metrics, world.log));
  app.use(reportErrors(world.log, world.metrics));
  app.use(helmet({ contentSecurityPolicy: false, crossOriginEmbedderPolicy: false }));
  // Only the mini-program in development runs in a browser of another origin; it sends no cookies.
  if (env.NODE_ENV !== 'production') app.use(cors({ origin: '*' }));
  const authenticate = createAuthenticator(world);
  for (const router of [
    operations(world, stopping),
    callbackRouter(world),
    boardStream(world, authenticate, stopping),
    contractRouter(world, authenticate),
  ]) {
    app.use(router.routes());
    app.use(router.allowedMethods());
  }
  if (env.STATIC_CONSOLE) app.use(serveFolder('/console', env.STATIC_CONSOLE));
  if (env.STATIC_H5) app.use(serveFolder('/', env.STATIC_H5, publicConfig(env)));
  return app;
}

/** Whoever closes the page of a board that is being sent to it. */
const isHungUp = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';

const contractRouter = (world: World, authenticate: ReturnType<typeof createAuthenticator>) =>
  mountContract(
    {
      ...accountRoutes(world),
      ...authenticatorRoutes(world),
      ...campaignRoutes(world),
      ...importRoutes(world),
      ...timetableChangeRoutes(world),
      ...merchantRoutes(world),
      ...verificationRoutes(world),
      ...bookingRoutes(world),
      ...paymentRoutes(world),
      ...privacyRoutes(world),
      ...orderRoutes(world),
      ...onsiteRoutes(world),
      ...onsiteConsoleRoutes(world),
      ...settlementRoutes(world),
      ...reconciliationRoutes(world),
      ...reportRoutes(world),
      ...receiptRoutes(world),
      ...moneyProofRoutes(world),
      ...notificationRoutes(world),
      ...makeUpRoutes(world),
      ...announcementRoutes(world),
      ...auditRoutes(world),
      ...officeRoutes(world),
      ...workDaysRoutes(world),
    },
    {
      authenticate,
      rateLimiters: createRateLimiters(world.connection),
      secondFactor: {
        isEnrolled: hasAuthenticator,
        take: (actor, given) => confirmWithCode(world, actor, given),
      },
      checkAnswers:
        (world.env.CHECK_ANSWERS ?? (world.env.NODE_ENV === 'production' ? 'off' : 'on')) === 'on',
    },
  );

/** A connection that is kept would hold up a process that waits for its last ones to end. */
const sayGoodbye =
  (stopping: AbortSignal): Koa.Middleware =>
  async (ctx, next) => {
    await next();
    if (stopping.aborted && !ctx.headerSent) ctx.set('connection', 'close');
  };
