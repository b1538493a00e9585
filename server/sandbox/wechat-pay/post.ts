import http from 'node:http';
import https from 'node:https';

/** HTTP status, or the reason why there was no answer. */
export type Answer = number | string;

const PATIENCE_MS = 5_000;

/** Posts a callback on a connection of its own and waits five seconds for the status. */
export function post(url: string, body: Buffer, headers: Record<string, string>): Promise<Answer> {
  return new Promise((resolve) => {
    const client = url.startsWith('https:') ? https : http;
    const request = client.request(
      url,
      {
        method: 'POST',
        agent: false,
        signal: AbortSignal.timeout(PATIENCE_MS),
        headers: {
          ...headers,
          'content-type': 'application/json',
          'content-length': body.length,
          accept: '*/*',
          'user-agent': 'Mozilla/4.0',
        },
      },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 'no status');
      },
    );
    // The outcome of an attempt is data: it is recorded and the schedule decides.
    request.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    request.end(body);
  });
}
