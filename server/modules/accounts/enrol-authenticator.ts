import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import { newTotpSecret, totpUri } from '../../platform/crypto/totp';
import { duplicateKey } from '../../platform/mongo/failures';
import { changeRecord, insertRecord, newRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { type Authenticator, Authenticators } from './authenticator-model';
import { secretPlace, takeCode } from './take-code';

const ISSUER = '图采预约';
const OFFER_MINUTES = 10;

/**
 * A new secret for the person's authenticator app. What they had before counts until a code proves the new one.
 *
 * @returns the secret in base32 and the address for the QR: they are nowhere else in the clear
 */
export async function offerAuthenticator(
  world: World,
  by: UserActor,
): Promise<{ secret: string; uri: string }> {
  const secret = newTotpSecret();
  const offered = {
    secret: world.sealer.sealText(secret, secretPlace(by.userId)),
    until: new Date(world.clock.now().getTime() + OFFER_MINUTES * 60_000),
  };
  await keepOffer(world, by, offered);
  return { secret, uri: totpUri(secret, { issuer: ISSUER, account: by.login }) };
}

async function keepOffer(world: World, by: UserActor, offered: Authenticator['offered']): Promise<void> {
  const said = line(world, actorName(by), 'authenticator.offer');
  if (await changeRecord(Authenticators, { _id: by.userId }, { $set: { offered } }, said)) return;
  try {
    await insertRecord(Authenticators, {
      ...newRecord(by.userId, said),
      schoolId: by.schoolId,
      secret: null,
      since: null,
      offered,
      usedSteps: [],
      wrongTries: 0,
      lockedUntil: null,
    });
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    // Two windows at once: the later QR counts.
    await keepOffer(world, by, offered);
  }
}

/**
 * The first code: from now on the offered secret is the person's.
 *
 * @throws AppError AUTHENTICATOR_NOT_OFFERED, CODE_WRONG, CODE_LOCKED
 */
export async function proveAuthenticator(world: World, by: UserActor, code: string): Promise<Authenticator> {
  for (;;) {
    const now = world.clock.now();
    const authenticator = await Authenticators.findById(by.userId).lean<Authenticator>();
    const { offered } = authenticator ?? {};
    if (!authenticator || !offered || offered.until <= now) throw new AppError('AUTHENTICATOR_NOT_OFFERED');
    const proved = await takeCode(
      world,
      by,
      { ...authenticator, usedSteps: [] },
      {
        code,
        sealed: offered.secret,
        change: { secret: offered.secret, since: now, offered: null },
        verb: 'authenticator.enrol',
      },
    );
    if (proved) return proved;
  }
}
