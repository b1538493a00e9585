import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { type FakeApi, NoAnswer } from '.';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

export interface FakeSite {
  origin: string;
  close(): Promise<void>;
}

/** Serves the built h5 app and, under /api, the fake. The demo's control is not there: nothing covers the pictures. */
export async function serveFakeSite(fake: FakeApi, h5: string): Promise<FakeSite> {
  const server = createServer(async (request, response) => {
    const url = request.url ?? '/';
    if (!url.startsWith('/api/')) {
      const file = path.join(h5, new URL(url, 'http://fake').pathname);
      const found = existsSync(file) && statSync(file).isFile() ? file : path.join(h5, 'index.html');
      response.setHeader('content-type', TYPES[path.extname(found)] ?? 'application/octet-stream');
      createReadStream(found).pipe(response);
      return;
    }
    try {
      const text = await textOf(request);
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      );
      const isJson = headers['content-type']?.startsWith('application/json');
      const answer = fake.answer({ method: request.method ?? 'GET', url, headers, body: isJson ? text : '' });
      response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
      response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
    } catch (error) {
      if (!(error instanceof NoAnswer)) console.error(error);
      request.socket.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}
