import type { SandboxClient } from './sandbox-client';

/**
 * The codes on a demo approver's phone, in the order in which a person would use them: the one that is shown, the next
 * (a phone may be ahead by a step), and then whatever comes after waiting. To wait is to move the demo clock.
 */
export async function* codesOf(
  sandbox: Pick<SandboxClient, 'authenticator' | 'advance'>,
  login: string,
): AsyncGenerator<string, never> {
  yield (await sandbox.authenticator(login)).code;
  for (;;) {
    const { next, secondsLeft } = await sandbox.authenticator(login);
    yield next;
    await sandbox.advance(secondsLeft * 1000);
  }
}
