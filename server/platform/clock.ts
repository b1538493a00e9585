import http from 'node:http';

/** The one source of "now". Everything that reads time takes one of these. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

export interface FollowedClock extends Clock {
  close(): void;
}

/**
 * Follows the sandbox's demo clock: an offset (ms) to this machine's clock, pushed over a stream.
 * Each change is acknowledged, so that whoever moved the clock knows that this process has seen it.
 * A lost stream is opened again; until then the last offset stays in force.
 *
 * @param controlUrl origin of the sandbox's control API, for example http://127.0.0.1:9100
 * @param follower   a name for this process in the sandbox's list of followers
 * @returns once the first offset has arrived
 */
export function followClock(controlUrl: string, follower: string): Promise<FollowedClock> {
  let offsetMs = 0;
  let closed = false;
  let request: http.ClientRequest | undefined;
  let reconnect: NodeJS.Timeout | undefined;

  return new Promise((resolve, reject) => {
    const clock: FollowedClock = {
      now: () => new Date(Date.now() + offsetMs),
      close() {
        closed = true;
        clearTimeout(reconnect);
        request?.destroy();
      },
    };
    let following = false;

    const lost = (error?: Error) => {
      if (closed) return;
      if (!following) {
        closed = true;
        reject(error ?? new Error(`the demo clock at ${controlUrl} closed its stream`));
        return;
      }
      clearTimeout(reconnect);
      reconnect = setTimeout(open, 200);
    };

    const take = (line: string) => {
      const { offsetMs: next, seq } = JSON.parse(line) as { offsetMs: number; seq: number };
      offsetMs = next;
      acknowledge(controlUrl, follower, seq);
      following = true;
      resolve(clock);
    };

    const open = () => {
      const url = new URL('/clock/stream', controlUrl);
      url.searchParams.set('follower', follower);
      request = http.get(url, (response) => {
        if (response.statusCode !== 200) {
          response.resume();
          lost(new Error(`the demo clock at ${controlUrl} answered ${response.statusCode}`));
          return;
        }
        response.setEncoding('utf8');
        let rest = '';
        response.on('data', (chunk: string) => {
          const lines = (rest + chunk).split('\n');
          rest = lines.pop() ?? '';
          for (const line of lines) if (line.startsWith('data: ')) take(line.slice('data: '.length));
        });
        response.on('close', () => lost());
      });
      request.on('error', lost);
    };
    open();
  });
}

/** Fire and forget: a lost acknowledgement only makes the mover wait for its own short timeout. */
function acknowledge(controlUrl: string, follower: string, seq: number): void {
  const body = JSON.stringify({ follower, seq });
  const request = http.request(new URL('/clock/ack', controlUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
  });
  request.on('response', (response) => response.resume());
  request.on('error', () => undefined);
  request.end(body);
}
