import { AppError } from '../../errors';
import type { UserActor } from '../../http/actor';
import type { World } from '../../world';
import { type Authenticator, Authenticators } from './authenticator-model';
import { takeCode } from './take-code';

/**
 * Proves by a code that the person at the console has their phone in hand.
 *
 * @param code six digits; '' when none was given
 * @param purpose what is done with it, for the audit log: "POST /api/console/…"
 * @throws AppError AUTHENTICATOR_MISSING, CODE_NEEDED, CODE_WRONG, CODE_USED, CODE_LOCKED
 */
export async function confirmWithCode(
  world: World,
  by: UserActor,
  { code, purpose }: { code: string; purpose: string },
): Promise<void> {
  for (;;) {
    const authenticator = await Authenticators.findById(by.userId).lean<Authenticator>();
    if (!authenticator?.secret) throw new AppError('AUTHENTICATOR_MISSING');
    if (code === '') throw new AppError('CODE_NEEDED');
    const taken = await takeCode(world, by, authenticator, {
      code,
      sealed: authenticator.secret,
      verb: 'authenticator.confirm',
      facts: { purpose },
    });
    if (taken) return;
  }
}

/** Whether a user has an authenticator that counts. */
export const hasAuthenticator = async ({ userId }: UserActor): Promise<boolean> =>
  (await Authenticators.exists({ _id: userId, secret: { $ne: null } })) !== null;
