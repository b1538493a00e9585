import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from 'koa';
import type { Fault } from './faults';

const HANG_MS = 60_000;
const SLOW_MS = 3_000;

/** How a service words a refusal in its own protocol. */
export type RefuseInOwnWords = (context: Context, fault: Fault) => void | Promise<void>;

/**
 * Runs a request under a fault. A hanging answer keeps the connection open for `delayMs` (60 s when
 * not told) and then cuts it, as a dead peer behind a load balancer would.
 *
 * @param carryOut the request's real effect and answer
 * @param refuse   writes the protocol's own error answer for http-500, http-429 and error
 */
export async function misbehave(
  context: Context,
  fault: Fault | undefined,
  carryOut: () => Promise<unknown>,
  refuse: RefuseInOwnWords,
): Promise<void> {
  switch (fault?.kind) {
    case 'http-500':
    case 'http-429':
    case 'error':
      await refuse(context, fault);
      return;
    case 'connection-reset':
      context.respond = false;
      context.req.socket.resetAndDestroy();
      return;
    case 'timeout-before-effect':
      hang(context, fault);
      return;
    case 'timeout-after-effect':
      await carryOut();
      hang(context, fault);
      return;
    case 'slow':
      await sleep(fault.delayMs ?? SLOW_MS);
      await carryOut();
      return;
    case 'late-answer':
      await carryOut();
      await sleep(fault.delayMs ?? SLOW_MS);
      return;
    default:
      await carryOut();
  }
}

function hang(context: Context, fault: Fault): void {
  context.respond = false;
  const cut = setTimeout(() => context.req.socket.destroy(), fault.delayMs ?? HANG_MS);
  cut.unref();
  context.req.socket.once('close', () => clearTimeout(cut));
}
