import type { IdentityView } from '../../../shared/contract/verification';
import { maskName } from '../../../shared/domain/person-name';
import type { Campaign } from '../campaigns/model';
import { attemptsBackAt, attemptsLeft } from './attempt-rules';
import type { Identity } from './model';

export function presentIdentity(
  identity: Identity,
  { rules }: { rules: Pick<Campaign['rules'], 'verificationAttempts' | 'allowUnverified'> },
  now: Date,
): IdentityView {
  const left = attemptsLeft(identity, rules.verificationAttempts, now);
  return {
    status: identity.status,
    name: identity.name === null ? null : maskName(identity.name),
    documentMasked: identity.documentMasked,
    attemptsLeft: left,
    attemptsBackAt: attemptsBackAt(identity, rules.verificationAttempts, now)?.toISOString() ?? null,
    consents: identity.consents.map(({ kind, version, at }) => ({
      kind: consentKind(kind),
      version,
      at: at.toISOString(),
    })),
    reviewAnswer: identity.status === 'none' ? (identity.reviewAnswer ?? null) : null,
    mayBookUnverified: identity.status !== 'verified' && rules.allowUnverified && left === 0,
  };
}

function consentKind(kind: string): IdentityView['consents'][number]['kind'] {
  if (kind === 'id_photo' || kind === 'bank_check' || kind === 'portrait') return kind;
  throw new Error(`no such consent: ${kind}`);
}
