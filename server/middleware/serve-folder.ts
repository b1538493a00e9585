import path from 'node:path';
import type { Middleware } from 'koa';
import send from 'koa-send';
import { indexPage } from './index-page';

/** Built files carry a hash in their names and may be kept for a year; the page that names them may not. */
const HASHED = /\.[0-9a-f]{8}\.\w+$|-[\w-]{8}\.\w+$/;

const INDEX = '/index.html';

/**
 * Serves a single-page app below `prefix`; unknown paths without an extension get its index page.
 *
 * @param config written into the index page, which then need not ask for it (`<script id="config">`)
 */
export function serveFolder(prefix: string, root: string, config?: object): Middleware {
  const answerIndex = config && indexPage(path.join(root, INDEX), config);
  return async (ctx, next) => {
    const isBelow = prefix === '/' || ctx.path === prefix || ctx.path.startsWith(`${prefix}/`);
    if (!isBelow || !['GET', 'HEAD'].includes(ctx.method) || /^\/(api|callbacks)\//.test(ctx.path))
      return next();
    const inside = prefix === '/' ? ctx.path : ctx.path.slice(prefix.length) || '/';
    const file = /\.\w+$/.test(inside) ? inside : INDEX;
    try {
      if (file === INDEX && answerIndex) return await answerIndex(ctx);
      await send(ctx, file, {
        root,
        setHeaders: (response) =>
          response.setHeader(
            'cache-control',
            HASHED.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache',
          ),
      });
    } catch (error) {
      if (isMissing(error)) return next();
      throw error;
    }
  };
}

/** A path that leaves the folder (403) or cannot be decoded (400) is no file of ours either. */
const isMissing = (error: unknown): boolean =>
  error instanceof Error &&
  (('status' in error && [400, 403, 404].includes(Number(error.status))) ||
    ('code' in error && error.code === 'ENOENT'));
