import http from 'node:http';
import https from 'node:https';

/** HTTP status, or the reason why there was no answer. */
export type Answer = number | string;

const PATIENCE_MS = 5_000;

/** A connection waits so long for the next callback, */
const kept = { keepAlive: true, timeout: 4_000 };
const agents = { http: new http.Agent(kept), https: new https.Agent(kept) };
/** and every so manieth is given up: a load balancer sends the next one to whichever process is there by then. */
const GIVEN_UP = 10;
let posted = 0;

/** Posts a callback and waits five seconds for the status. */
export function post(url: string, body: Buffer, headers: Record<string, string>): Promise<Answer> {
  const [client, agent] = url.startsWith('https:') ? [https, agents.https] : [http, agents.http];
  posted += 1;
  const connection = posted % GIVEN_UP === 0 ? 'close' : 'keep-alive';
  return new Promise((resolve) => {
    const request = client.request(
      url,
      {
        method: 'POST',
        agent,
        signal: AbortSignal.timeout(PATIENCE_MS),
        headers: {
          ...headers,
          connection,
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
