import type { Api, Stack } from '../../../server/demo/stack';
import type { CrashPoint } from '../../../server/platform/crash-points';

/** The one API process of a stack, which ends where it is told and comes back on the same port and data. */
export interface Victim {
  url: string;
  /** Counts from now on what leaves the process within the scope, and ends it at the step (0: never). */
  arm(point: CrashPoint): Promise<void>;
  /** What has left it within the scope since it was armed. */
  seen(): Promise<string[]>;
  /** @throws NotReached when it is still alive after 20 s */
  died(): Promise<void>;
  restart(): Promise<void>;
}

export class NotReached extends Error {}

const DIES_WITHIN_MS = 20_000;

export async function startVictim(stack: Stack, settings: Record<string, string>): Promise<Victim> {
  const port = new URL(stack.env.PUBLIC_URL ?? '').port;
  const start = () => stack.addApi({ ...settings, PORT: port, CRASH_POINTS: 'on' });
  let api: Api = await start();
  const { url } = api;
  return {
    url,
    async arm(point) {
      const response = await fetch(`${url}/crash-point`, { method: 'PUT', body: JSON.stringify(point) });
      if (!response.ok) throw new Error(`not armed: ${response.status}`);
    },
    async seen() {
      const answer = (await (await fetch(`${url}/crash-point`)).json()) as { seen: string[] };
      return answer.seen;
    },
    async died() {
      let late: NodeJS.Timeout | undefined;
      const tooLate = new Promise<never>((_, reject) => {
        late = setTimeout(
          () => reject(new NotReached('the process did not reach its crash point')),
          DIES_WITHIN_MS,
        );
      });
      await Promise.race([api.exited, tooLate]).finally(() => clearTimeout(late));
    },
    async restart() {
      api = await start();
    },
  };
}
