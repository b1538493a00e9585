import { AppError } from '../../errors';
import { actorName, type StudentActor } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import type { Campaign } from '../campaigns/model';
import { identityOf } from './find-identity';
import { Identities, type Identity } from './model';

const TITLES: Readonly<Record<string, string>> = {
  id_photo: '身份证照片处理同意书',
  bank_check: '银行卡核验同意书',
  portrait: '图像采集与学籍注册同意书',
};

/** Each consent on its own, with the version that was shown; from the first one on the identity is of that school. */
export async function recordConsents(
  world: World,
  by: StudentActor,
  { campaign, consents }: { campaign: Campaign; consents: readonly { kind: string; version: number }[] },
): Promise<Identity> {
  const identity = await identityOf(world, by);
  const at = world.clock.now();
  const fresh = consents.filter(
    ({ kind, version }) =>
      !identity.consents.some((known) => known.kind === kind && known.version >= version),
  );
  if (fresh.length === 0) return identity;
  const changed = await changeRecord(
    Identities,
    { _id: identity._id },
    {
      $set: { schoolId: campaign.schoolId },
      $push: { consents: { $each: fresh.map((consent) => ({ ...consent, at })) } },
    },
    line(world, actorName(by), 'identity.consent', {
      consents: fresh.map(({ kind, version }) => `${kind} v${version}`),
    }),
  );
  return changed ?? identity;
}

/** @throws AppError CONSENT_MISSING */
export function requireConsent(identity: Identity, kind: string): void {
  if (!identity.consents.some((consent) => consent.kind === kind)) {
    throw new AppError('CONSENT_MISSING', { kind, title: TITLES[kind] ?? kind });
  }
}
