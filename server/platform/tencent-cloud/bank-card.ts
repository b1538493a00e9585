import { z } from 'zod';
import type { CallLog } from '../call-log';
import { failureOf, type SdkFailure } from './failure';

export interface FourFactorInput {
  name: string;
  /** Mainland resident ID number, 18 characters. */
  idNumber: string;
  /** Debit card, 16–19 digits. Sent to the verifier and kept nowhere. */
  bankCard: string;
  /** The phone number reserved at the bank. */
  phone: string;
}

/** What came of a check: one closed list. */
export type FourFactorResult =
  | 'pass'
  | 'mismatch'
  | 'holder_data_wrong'
  | 'card_not_usable_online'
  | 'card_confiscated'
  | 'card_number_invalid'
  | 'no_such_issuer'
  | 'card_dormant'
  | 'card_blocked_for_fraud'
  | 'card_reported_lost'
  | 'card_expired'
  | 'card_restricted'
  | 'pin_tries_exceeded'
  | 'issuer_unsupported'
  | 'card_abnormal'
  | 'name_malformed'
  | 'id_number_malformed'
  | 'card_number_malformed'
  | 'phone_malformed'
  | 'busy'
  | 'daily_limit_reached'
  | 'document_unsupported'
  | 'data_refused'
  | 'unavailable'
  | 'misconfigured';

export interface FourFactorOutcome {
  result: FourFactorResult;
  /** What the student can do about it. */
  next: 'done' | 'check_data' | 'other_card' | 'later' | 'manual';
  /** Whether Tencent bills the check; unknown when no answer came. */
  billed: boolean | 'unknown';
  /**
   * Whether it must be counted against the local limit: it reached, or may have reached, UnionPay, which locks a card after
   * three wrong checks in a row.
   */
  countsTowardLimit: boolean;
  /** Tencent's RequestId, when there was an answer. */
  requestId: string | undefined;
}

type Verdict = Omit<FourFactorOutcome, 'requestId'>;

const reachedBank = (result: FourFactorResult, next: Verdict['next']): Verdict => ({
  result,
  next,
  billed: true,
  countsTowardLimit: true,
});
const stoppedBefore = (result: FourFactorResult, next: Verdict['next']): Verdict => ({
  result,
  next,
  billed: false,
  countsTowardLimit: false,
});

/** By Tencent's result number (BankCard4EVerification, 2018-03-01). */
const VERDICTS: ReadonlyMap<string, Verdict> = new Map([
  ['0', reachedBank('pass', 'done')],
  ['-1', reachedBank('mismatch', 'check_data')],
  ['-6', reachedBank('holder_data_wrong', 'check_data')],
  ['-7', reachedBank('card_not_usable_online', 'other_card')],
  ['-8', reachedBank('card_confiscated', 'other_card')],
  ['-9', reachedBank('card_number_invalid', 'check_data')],
  ['-10', reachedBank('no_such_issuer', 'other_card')],
  ['-11', reachedBank('card_dormant', 'other_card')],
  ['-12', reachedBank('card_blocked_for_fraud', 'other_card')],
  ['-13', reachedBank('card_reported_lost', 'other_card')],
  ['-14', reachedBank('card_expired', 'other_card')],
  ['-15', reachedBank('card_restricted', 'other_card')],
  ['-16', reachedBank('pin_tries_exceeded', 'other_card')],
  ['-17', reachedBank('issuer_unsupported', 'other_card')],
  ['-21', reachedBank('card_abnormal', 'other_card')],
  ['-2', stoppedBefore('name_malformed', 'check_data')],
  ['-3', stoppedBefore('id_number_malformed', 'check_data')],
  ['-4', stoppedBefore('card_number_malformed', 'check_data')],
  ['-5', stoppedBefore('phone_malformed', 'check_data')],
  ['-18', stoppedBefore('busy', 'later')],
  ['-19', stoppedBefore('daily_limit_reached', 'later')],
  ['-20', stoppedBefore('document_unsupported', 'manual')],
]);

/** A silent or unknown answer may hide a check that took place. */
const PERHAPS_REACHED: Verdict = {
  result: 'unavailable',
  next: 'later',
  billed: 'unknown',
  countsTowardLimit: true,
};

const answered = z.object({ Result: z.string(), RequestId: z.string().optional() });

export type SendFourFactor = (request: {
  Name: string;
  IdCard: string;
  BankCard: string;
  Phone: string;
  CertType: 0;
}) => Promise<unknown>;

/** Sent once: a second check could lock the card. */
export async function verifyBankCard(
  send: SendFourFactor,
  input: FourFactorInput,
  log: CallLog,
): Promise<FourFactorOutcome> {
  const begun = performance.now();
  const { name, idNumber, bankCard, phone } = input;
  const request = { Name: name, IdCard: idNumber, BankCard: bankCard, Phone: phone, CertType: 0 as const };
  const { code, ...outcome } = await send(request).then(outcomeOf, (error: unknown) =>
    outcomeOfFailure(failureOf(error)),
  );
  const { result, requestId } = outcome;
  log.info(
    { result, code, requestId, milliseconds: Math.round(performance.now() - begun) },
    'four-factor check',
  );
  return outcome;
}

function outcomeOf(answer: unknown): FourFactorOutcome & { code: string } {
  const read = answered.safeParse(answer);
  if (!read.success) return { ...PERHAPS_REACHED, code: 'UNEXPECTED_ANSWER', requestId: undefined };
  const { Result, RequestId } = read.data;
  return { ...(VERDICTS.get(Result) ?? PERHAPS_REACHED), code: Result, requestId: RequestId };
}

function outcomeOfFailure({ failure, code, requestId }: SdkFailure): FourFactorOutcome & { code: string } {
  switch (failure) {
    case 'misconfigured':
      return { ...stoppedBefore('misconfigured', 'manual'), code, requestId };
    case 'refused':
      return { ...stoppedBefore('data_refused', 'check_data'), code, requestId };
    case 'busy':
      return { ...stoppedBefore('busy', 'later'), code, requestId };
    case 'not_sent':
      return { ...stoppedBefore('unavailable', 'later'), code, requestId };
    case 'no_answer':
      return { ...PERHAPS_REACHED, code, requestId };
  }
}
