import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import Koa from 'koa';
import { request } from 'undici';
import { serveFolder } from '../../../server/middleware/serve-folder';

let folder: string;
let server: Server;
let origin: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'index-page-'));
  await writeFile(path.join(folder, 'index.html'), '<html><head></head><body>一</body></html>');
  const app = new Koa();
  app.use(serveFolder('/', folder, { demo: '</script>' }));
  server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server?.close();
  await rm(folder, { recursive: true, force: true });
});

async function ask(headers: Record<string, string>, where = '/') {
  const answer = await request(`${origin}${where}`, { headers });
  return { ...answer, bytes: Buffer.from(await answer.body.arrayBuffer()) };
}

it.each([
  ['gzip, br', 'br', brotliDecompressSync],
  ['gzip', 'gzip', gunzipSync],
  ['', undefined, (bytes: Buffer) => bytes],
])(
  'the index page is sent as a browser that takes “%s” wants it, with its config in it',
  async (accepted, sent, read) => {
    const { headers, bytes } = await ask({ 'accept-encoding': accepted });
    expect(headers['content-encoding']).toBe(sent);
    expect(headers).toMatchObject({ 'cache-control': 'no-cache', vary: 'accept-encoding' });
    expect(read(bytes).toString()).toBe(
      '<html><head><script id="config" type="application/json">{"demo":"\\u003c/script>"}</script></head><body>一</body></html>',
    );
  },
);

it('is not sent again to who has it, under every address of the app', async () => {
  const { headers } = await ask({});
  const again = await ask({ 'if-none-match': String(headers.etag) }, '/somewhere');
  expect(again.statusCode).toBe(304);
  expect(again.bytes).toHaveLength(0);
});

it('is the new one after a build', async () => {
  const { headers } = await ask({});
  const file = path.join(folder, 'index.html');
  await writeFile(file, '<html><head></head><body>二</body></html>');
  await utimes(file, new Date(), new Date(Date.now() + 5_000));
  const after = await ask({ 'if-none-match': String(headers.etag) });
  expect(after.statusCode).toBe(200);
  expect(after.bytes.toString()).toContain('二');
});
