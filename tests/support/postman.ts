import http from 'node:http';
import { listen } from '../../server/sandbox/http/serve';

/** A callback as it came, byte for byte. */
export interface Letter {
  path: string;
  headers: Record<string, string>;
  body: Buffer;
  /** What the service answered. */
  status: number;
}

/** Carries WeChat's callbacks to the service and keeps a copy, so that a test can deliver one again, or spoilt. */
export interface Postman {
  url: string;
  letters: Letter[];
  deliver(letter: Pick<Letter, 'path' | 'headers' | 'body'>): Promise<{ status: number; body: string }>;
  close(): Promise<void>;
}

/** @param service its origin, asked for at each delivery: the service may be started later */
export async function openPostman(service: () => string): Promise<Postman> {
  const letters: Letter[] = [];
  const deliver: Postman['deliver'] = ({ path, headers, body }) =>
    new Promise((resolve, reject) => {
      const request = http.request(
        new URL(path, service()),
        { method: 'POST', headers: { ...headers, 'content-length': String(body.length) } },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
          );
        },
      );
      request.on('error', reject);
      request.end(body);
    });
  const { url, close } = await listen((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const body = Buffer.concat(chunks);
      const letter = { path: request.url ?? '', headers: sealOf(request.headers), body };
      const answer = await deliver(letter).catch(() => ({ status: 502 }));
      letters.push({ ...letter, status: answer.status });
      response.writeHead(answer.status).end();
    });
  }, 0);
  return { url, letters, deliver, close };
}

/** What of the headers is WeChat's. */
const sealOf = (headers: http.IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' && (name.startsWith('wechatpay-') || name === 'content-type')
        ? [[name, value]]
        : [],
    ),
  );
