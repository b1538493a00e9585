import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ClockRelay {
  /** Where one process follows the clock. */
  url: string;
  /** From now on that process alone is so many milliseconds ahead (or, negative, behind). */
  skew(milliseconds: number): void;
  close(): Promise<void>;
}

interface Reading {
  offsetMs: number;
  seq: number;
}

/** Stands between the demo clock and one process that follows it, and can make that process's clock go wrong. */
export async function openClockRelay(controlUrl: string): Promise<ClockRelay> {
  const followers = new Set<http.ServerResponse>();
  let skewMs = 0;
  let reading: Reading | undefined;

  const push = (response: http.ServerResponse) => {
    if (!reading) return;
    const told: Reading = { ...reading, offsetMs: reading.offsetMs + skewMs };
    response.write(`data: ${JSON.stringify(told)}\n\n`);
  };

  const follow = (name: string, response: http.ServerResponse) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    followers.add(response);
    const url = new URL('/clock/stream', controlUrl);
    url.searchParams.set('follower', name);
    const upstream = http.get(url, (stream) => {
      stream.setEncoding('utf8');
      let rest = '';
      stream.on('data', (chunk: string) => {
        const lines = (rest + chunk).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          if (!line.startsWith('data: ')) continue;
          reading = JSON.parse(line.slice('data: '.length)) as Reading;
          push(response);
        }
      });
      stream.on('close', () => response.destroy());
    });
    upstream.on('error', () => response.destroy());
    response.on('close', () => {
      followers.delete(response);
      upstream.destroy();
    });
  };

  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', controlUrl);
    if (url.pathname === '/clock/stream') return follow(url.searchParams.get('follower') ?? '', response);
    const onward = http.request(url, { method: request.method, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    skew(milliseconds) {
      skewMs = milliseconds;
      for (const response of followers) push(response);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
