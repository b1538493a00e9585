import { checkBankCard, lastFourDigits } from '../../../shared/domain/bank-card';
import {
  canVerifyByBankCard,
  checkDocumentNumber,
  type DocumentType,
  maskDocumentNumber,
} from '../../../shared/domain/documents';
import { checkName } from '../../../shared/domain/person-name';
import { checkPhone } from '../../../shared/domain/phone-number';
import { AppError } from '../../errors';
import { actorName, type StudentActor } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import type { Campaign } from '../campaigns/model';
import { attemptsLeft, isCardAtRisk } from './attempt-rules';
import { BANK_MESSAGES } from './bank-messages';
import { requireConsent } from './consents';
import { identityOf } from './find-identity';
import { type Attempt, Identities, type Identity } from './model';

export interface Claimed {
  name: string;
  documentType: DocumentType;
  documentNumber: string;
}

/**
 * The four-factor check. The attempt is written down before the provider is asked, so that neither fifty taps at once
 * nor a crash can spend more attempts than there are. The card number lives in this call only.
 *
 * @throws AppError CONSENT_MISSING, DOCUMENT_INVALID, BANK_CARD_INVALID, VERIFICATION_FAILED, VERIFICATION_EXHAUSTED,
 *   ALREADY_VERIFIED, CHANGED_MEANWHILE
 */
export async function verifyIdentity(
  world: World,
  by: StudentActor,
  {
    campaign,
    claimed,
    bankCard,
    phone,
  }: { campaign: Campaign; claimed: Claimed; bankCard: string; phone: string },
): Promise<Identity> {
  const identity = await identityOf(world, by);
  if (identity.status === 'verified') throw new AppError('ALREADY_VERIFIED');
  requireConsent(identity, 'bank_check');
  const person = checkClaimed(claimed);
  if (!canVerifyByBankCard(claimed.documentType)) throw failed('document_unsupported', null);
  const card = checkBankCard(bankCard);
  if (!card.ok) throw new AppError('BANK_CARD_INVALID', { problem: card.problem });
  const reserved = checkPhone(phone);
  if (!reserved.ok) throw failed('phone_malformed', null);

  const cardLastFour = lastFourDigits(card.number);
  const claimedIndex = world.blindIndex.of(claimed.documentType, person.number);
  const attempt = await reserveAttempt(world, by, { identity, campaign, cardLastFour, claimedIndex });
  const outcome = await world.tencent.bankCardFourFactor({
    name: person.name,
    idNumber: person.number,
    bankCard: card.number,
    phone: reserved.phone,
  });
  const settled = {
    result: outcome.result,
    counts: outcome.countsTowardLimit,
    requestId: outcome.requestId ?? null,
  };
  if (outcome.result !== 'pass') {
    const after = await settleAttempt(world, by, attempt, settled, {});
    const left = attemptsLeft(after, campaign.rules.verificationAttempts, world.clock.now());
    throw failed(outcome.result, left, outcome.next);
  }
  const verified = await settleAttempt(world, by, attempt, settled, {
    ...sealed(world, by, { ...person, type: claimed.documentType }),
    status: 'verified',
    verifiedAt: world.clock.now(),
    schoolId: campaign.schoolId,
    photos: {},
  });
  await forgetPhotos(world, identity);
  return verified;
}

/** @throws AppError BAD_REQUEST, DOCUMENT_INVALID */
export function checkClaimed({ name, documentType, documentNumber }: Claimed): {
  name: string;
  number: string;
} {
  const named = checkName(name);
  if (!named.ok) throw new AppError('BAD_REQUEST', { fields: { name: named.message } });
  const check = checkDocumentNumber(documentType, documentNumber);
  if (!check.ok) throw new AppError('DOCUMENT_INVALID', { reason: check.message, problem: check.problem });
  return { name: named.name, number: check.number };
}

/** What is kept of a person: the name, the number sealed and indexed, and as much of it as may be shown. */
export function sealed(
  world: World,
  by: StudentActor,
  person: { name: string; number: string; type: DocumentType },
): Partial<Identity> {
  return {
    name: person.name,
    documentType: person.type,
    documentSealed: world.sealer.sealText(person.number, {
      collection: 'identities',
      recordId: by.accountId,
      field: 'document',
    }),
    documentIndex: world.blindIndex.of(person.type, person.number),
    claimedIndex: world.blindIndex.of(person.type, person.number),
    documentMasked: maskDocumentNumber(person.number),
  };
}

async function reserveAttempt(
  world: World,
  by: StudentActor,
  {
    identity,
    campaign,
    cardLastFour,
    claimedIndex,
  }: { identity: Identity; campaign: Campaign; cardLastFour: string; claimedIndex: string },
): Promise<Attempt> {
  const now = world.clock.now();
  if (attemptsLeft(identity, campaign.rules.verificationAttempts, now) === 0) {
    const next = campaign.rules.allowUnverified
      ? '可以先预约，现场核对身份证原件。'
      : '请到采集现场找工作人员办理。';
    throw new AppError('VERIFICATION_EXHAUSTED', { next });
  }
  if (isCardAtRisk(identity, cardLastFour, now)) {
    throw new AppError('VERIFICATION_FAILED', {
      reason: '这张卡已连续两次没通过，再错可能被银行锁定。请换一张本人的储蓄卡。',
      next: 'other_card',
    });
  }
  const attempt: Attempt = {
    id: world.ids.id(),
    at: now,
    cardLastFour,
    result: 'pending',
    counts: true,
    requestId: null,
  };
  const reserved = await changeRecord(
    Identities,
    { _id: identity._id, version: identity.version },
    { $push: { attempts: attempt }, $set: { claimedIndex, schoolId: campaign.schoolId } },
    line(world, actorName(by), 'identity.attempt'),
  );
  if (!reserved) throw new AppError('CHANGED_MEANWHILE');
  return attempt;
}

async function settleAttempt(
  world: World,
  by: StudentActor,
  attempt: Attempt,
  settled: Pick<Attempt, 'result' | 'counts' | 'requestId'>,
  change: Partial<Identity>,
): Promise<Identity> {
  const after = await changeRecord(
    Identities,
    { _id: by.accountId, 'attempts.id': attempt.id },
    { $set: { ...change, 'attempts.$': { ...attempt, ...settled } } },
    line(world, actorName(by), settled.result === 'pass' ? 'identity.verify' : 'identity.attempt-failed', {
      result: settled.result,
    }),
  );
  if (!after) throw new AppError('CHANGED_MEANWHILE');
  return after;
}

async function forgetPhotos(world: World, { photos }: Identity): Promise<void> {
  for (const photo of [photos.front, photos.back]) if (photo) await world.blobs.delete(photo);
}

const failed = (result: Exclude<keyof typeof BANK_MESSAGES, 'pass'>, left: number | null, next?: string) =>
  new AppError('VERIFICATION_FAILED', {
    reason: BANK_MESSAGES[result],
    result,
    ...(left === null ? {} : { attemptsLeft: left }),
    ...(next ? { next } : {}),
  });
