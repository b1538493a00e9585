import { z } from 'zod';
import { type ContractPart, IdParams, Instant, Line } from './endpoint';

/** Who decides about money somewhere, and so needs a second factor. */
export const APPROVERS = ['office', 'finance'] as const;

export const AuthenticatorView = z.object({
  /** Since when codes are asked for; null before the first one. */
  since: Instant.nullable(),
});

export const authenticators = {
  'GET /api/console/me/authenticator': {
    summary: 'Whether the caller has an authenticator',
    who: APPROVERS,
    limit: 'read',
    response: AuthenticatorView,
  },
  'POST /api/console/me/authenticator': {
    summary:
      'A new secret for an authenticator app (RFC 6238); what there was before counts until this one is proved',
    who: APPROVERS,
    limit: 'login',
    secondFactor: 'once-enrolled',
    body: z.strictObject({ password: z.string().min(1).max(200) }),
    response: z.object({
      /** Base32, to be typed where a camera is missing */
      secret: z.string(),
      /** otpauth://totp/…, for the QR */
      uri: z.string(),
    }),
    errors: ['WRONG_PASSWORD', 'ACCOUNT_LOCKED'],
  },
  'POST /api/console/me/authenticator/prove': {
    summary: 'The first code of the new secret: from now on it counts',
    who: APPROVERS,
    limit: 'login',
    body: z.strictObject({ code: z.string().regex(/^\d{6}$/) }),
    response: AuthenticatorView,
    errors: ['AUTHENTICATOR_NOT_OFFERED', 'CODE_WRONG', 'CODE_LOCKED'],
  },
  'POST /api/console/users/:id/reset-authenticator': {
    summary: 'Take away the second factor of somebody whose phone is lost; they enrol another',
    who: ['office'],
    limit: 'write',
    secondFactor: 'always',
    params: IdParams,
    body: z.strictObject({ reason: Line(100) }),
    errors: ['NOT_YOURSELF'],
  },
} as const satisfies ContractPart;
