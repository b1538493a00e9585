import type http from 'node:http';
import { listen } from '../../../server/sandbox/http/serve';

export interface ReceivedCallback {
  path: string;
  headers: http.IncomingHttpHeaders;
  body: string;
  atMs: number;
}

export interface NotifyReceiver {
  url: string;
  received: ReceivedCallback[];
  /** The status to answer with from now on. */
  answer(status: number): void;
  close(): Promise<void>;
}

/** A merchant's notify_url. */
export async function openNotifyReceiver(): Promise<NotifyReceiver> {
  const received: ReceivedCallback[] = [];
  let status = 204;
  const { url, close } = await listen((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      received.push({ path: request.url ?? '', headers: request.headers, body, atMs: Date.now() });
      response.writeHead(status).end();
    });
  }, 0);
  return {
    url,
    received,
    answer(next) {
      status = next;
    },
    close,
  };
}
