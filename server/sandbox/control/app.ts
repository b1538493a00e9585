import cors from '@koa/cors';
import Router from '@koa/router';
import Koa from 'koa';
import { readRawBody } from '../http/body';
import { Refusal } from './requests';

/** What the h5 app, a page of another origin, may use: what a phone or its owner does. */
const OPEN_TO_PAGES = [
  /^\/clock(\/phases)?$/,
  /^\/people(\/|$)/,
  /^\/wechat\/((phone-)?codes|visits)$/,
  /^\/pay\/cashier$/,
  /^\/subscriptions$/,
  /^\/authenticators(\/|$)/,
];

/** The control API: plain JSON, one sentence when refused. */
export function controlApp(addRoutes: (router: Router) => void): Koa {
  const router = new Router();
  router.get('/health', (context) => {
    context.body = { ok: true };
  });
  addRoutes(router);

  const app = new Koa();
  const open = cors({ origin: '*' });
  app.use((context, next) =>
    OPEN_TO_PAGES.some((path) => path.test(context.path)) ? open(context, next) : next(),
  );
  app.use(async (context, next) => {
    try {
      await next();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      context.status = error.status;
      context.body = { error: error.message };
    }
  });
  app.use(readRawBody('64mb'));
  app.use(router.routes());
  app.use(router.allowedMethods());
  return app;
}
