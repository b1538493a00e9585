import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { Context } from 'koa';

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

/** The best first. */
const ENCODINGS = ['br', 'gzip', 'identity'] as const;

interface IndexPage extends Record<(typeof ENCODINGS)[number], Buffer> {
  etag: string;
}

/**
 * Answers with the index page and the config in it (`<script id="config">`). The page carries the whole first screen,
 * so it is compressed, once for each file that is built; who has it already gets a 304.
 */
export function indexPage(file: string, config: object): (ctx: Context) => Promise<void> {
  let made: { of: number; page: Promise<IndexPage> } | undefined;
  const current = async (): Promise<IndexPage> => {
    const { mtimeMs } = await stat(file);
    if (made?.of !== mtimeMs) {
      made = { of: mtimeMs, page: make(file, config) };
      // Whoever waits for it gets the error; the next one tries again.
      made.page.catch(() => {
        made = undefined;
      });
    }
    return made.page;
  };
  // The first visitor need not wait for it. That it is missing is told to whoever asks.
  current().catch(() => undefined);

  return async (ctx) => {
    const page = await current();
    ctx.type = 'html';
    ctx.vary('accept-encoding');
    ctx.set('cache-control', 'no-cache');
    ctx.status = 200;
    ctx.etag = page.etag;
    if (ctx.fresh) {
      ctx.status = 304;
      return;
    }
    const encoding = ENCODINGS.find((each) => ctx.acceptsEncodings(each)) ?? 'identity';
    if (encoding !== 'identity') ctx.set('content-encoding', encoding);
    ctx.body = page[encoding];
  };
}

async function make(file: string, config: object): Promise<IndexPage> {
  const identity = Buffer.from(withConfig(await readFile(file, 'utf8'), config));
  const [br, gzipped] = await Promise.all([compressBrotli(identity), compressGzip(identity, { level: 9 })]);
  const etag = createHash('sha256').update(identity).digest('base64url').slice(0, 22);
  return { etag, br, gzip: gzipped, identity };
}

function withConfig(page: string, config: object): string {
  const json = JSON.stringify(config).replaceAll('<', '\\u003c');
  return page.replace('<head>', () => `<head><script id="config" type="application/json">${json}</script>`);
}
