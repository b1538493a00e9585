import type { ServerResponse } from 'node:http';

/** Once nobody listens to an answer any more; at once when they left while we were still asking who they are. */
export function whenClosed(response: ServerResponse, leave: () => void): void {
  if (response.closed) leave();
  else response.once('close', leave);
}
