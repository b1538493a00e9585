import type { Middleware } from 'koa';
import send from 'koa-send';

/** Built files carry a hash in their names and may be kept for a year; the page that names them may not. */
const HASHED = /\.[0-9a-f]{8}\.\w+$|-[\w-]{8}\.\w+$/;

/** Serves a single-page app below `prefix`; unknown paths without an extension get its index page. */
export const serveFolder =
  (prefix: string, root: string): Middleware =>
  async (ctx, next) => {
    const isBelow = prefix === '/' || ctx.path === prefix || ctx.path.startsWith(`${prefix}/`);
    if (!isBelow || !['GET', 'HEAD'].includes(ctx.method) || /^\/(api|callbacks)\//.test(ctx.path))
      return next();
    const inside = prefix === '/' ? ctx.path : ctx.path.slice(prefix.length) || '/';
    const file = /\.\w+$/.test(inside) ? inside : '/index.html';
    try {
      await send(ctx, file, {
        root,
        setHeaders: (response) =>
          response.setHeader(
            'cache-control',
            HASHED.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache',
          ),
      });
    } catch (error) {
      if (error instanceof Error && 'status' in error && error.status === 404) return next();
      throw error;
    }
  };
