import { z } from 'zod';
import { DOCUMENT_TYPES } from '../domain/documents';
import { Training } from './campaigns';
import { type ContractPart, Id, IdParams, Instant, Line } from './endpoint';

export const CONSENTS = ['id_photo', 'bank_check', 'portrait'] as const;
/** id_photo: ID-card pictures · bank_check: card and phone to the verifier · portrait: portrait and identity to the register */
export const ConsentKind = z.enum(CONSENTS);

export const DocumentType = z.enum(DOCUMENT_TYPES);

export const GraduationType = z.enum(['regular', 'early']);

export const IDENTITY_STATUSES = ['none', 'verified', 'unverified', 'manual_review', 'onsite_only'] as const;

export const IdentityView = z.object({
  /** unverified: may book, the original is looked at on site · onsite_only: no booking in the app */
  status: z.enum(IDENTITY_STATUSES),
  name: z.string().nullable(),
  documentMasked: z.string().nullable(),
  attemptsLeft: z.int(),
  /** When attempts come back, if they are used up. */
  attemptsBackAt: Instant.nullable(),
  consents: z.array(z.object({ kind: ConsentKind, version: z.int(), at: Instant })),
  mayBookUnverified: z.boolean(),
  /** Why the office refused the document, until another way succeeds. */
  reviewAnswer: z.string().nullable(),
});
export type IdentityView = z.infer<typeof IdentityView>;

export const EnrolmentView = z.object({
  id: Id,
  campaignId: Id,
  name: z.string(),
  documentMasked: z.string().nullable(),
  studentNo: z.string(),
  college: z.string(),
  major: z.string(),
  className: z.string(),
  training: Training,
  graduationType: GraduationType,
  confirmedAt: Instant.nullable(),
  correction: z
    .object({ status: z.enum(['open', 'done', 'refused']), at: Instant, answer: z.string().nullable() })
    .nullable(),
  /** When a 采集码 was deposited; its text goes to the staff at the shot alone. */
  collectionCodeAt: Instant.nullable(),
  /** Since when the student says they cannot come that day. */
  cannotComeSince: Instant.nullable(),
  version: z.int(),
});
export type EnrolmentView = z.infer<typeof EnrolmentView>;

/** Fields that a student may say are wrong. */
export const CORRECTABLE = [
  'name',
  'documentNumber',
  'studentNo',
  'college',
  'major',
  'className',
  'training',
  'graduationType',
] as const;

export const IdCardReading = z.object({
  photoId: Id,
  side: z.enum(['front', 'back']),
  fields: z.object({
    name: z.string().optional(),
    documentNumber: z.string().optional(),
    authority: z.string().optional(),
    validity: z.string().optional(),
  }),
  /** Fields or aspects to look at again, in words for the student. */
  doubts: z.array(z.object({ field: z.string(), message: z.string() })),
});
export type IdCardReading = z.infer<typeof IdCardReading>;

export const verification = {
  'POST /api/me/consents': {
    summary: 'Record consents, each on its own, with the version that was shown',
    who: ['student'],
    limit: 'write',
    body: z.strictObject({
      campaignId: Id,
      consents: z
        .array(z.strictObject({ kind: ConsentKind, version: z.int().min(1) }))
        .min(1)
        .max(3),
    }),
    response: IdentityView,
  },
  'POST /api/me/id-photos': {
    summary:
      'One side of the ID card (JPEG or PNG); kept encrypted until the verification succeeds, read by OCR',
    who: ['student'],
    limit: 'upload',
    query: z.strictObject({ side: z.enum(['front', 'back']) }),
    upload: { maxBytes: 5_000_000, types: ['image/jpeg', 'image/png'] },
    response: IdCardReading,
    errors: ['CONSENT_MISSING', 'PHOTO_NOT_RECOGNISED', 'UPSTREAM_UNAVAILABLE'],
  },
  'POST /api/me/evidence-photos': {
    summary:
      'A photo for a person to look at (another document: at most 7 days; proof for a correction: until the answer, at most 30); encrypted',
    who: ['student'],
    limit: 'upload',
    query: z.strictObject({ purpose: z.enum(['review', 'correction']).default('review') }),
    upload: { maxBytes: 5_000_000, types: ['image/jpeg', 'image/png'] },
    response: z.object({ photoId: Id }),
    errors: ['CONSENT_MISSING'],
  },
  'POST /api/me/verification': {
    summary:
      'Four-factor check: name, document, debit card, the phone reserved at the bank. The card number is never stored',
    who: ['student'],
    limit: 'verification',
    body: z.strictObject({
      campaignId: Id,
      name: Line(60),
      documentType: DocumentType,
      documentNumber: Line(40),
      bankCard: Line(30),
      phone: Line(20),
    }),
    response: IdentityView,
    errors: [
      'CONSENT_MISSING',
      'DOCUMENT_INVALID',
      'BANK_CARD_INVALID',
      'VERIFICATION_FAILED',
      'VERIFICATION_EXHAUSTED',
      'ALREADY_VERIFIED',
      'UPSTREAM_UNAVAILABLE',
    ],
  },
  'POST /api/me/verification/unverified': {
    summary:
      'After the last failed attempt: go on unverified where the campaign allows it; the original is looked at on site',
    who: ['student'],
    limit: 'verification',
    body: z.strictObject({
      campaignId: Id,
      name: Line(60),
      documentType: DocumentType,
      documentNumber: Line(40),
    }),
    response: IdentityView,
    errors: ['DOCUMENT_INVALID', 'NOT_ALLOWED'],
  },
  'POST /api/me/verification/manual': {
    summary: 'Other documents: photos to the office for review',
    who: ['student'],
    limit: 'verification',
    body: z.strictObject({
      campaignId: Id,
      name: Line(60),
      documentType: DocumentType,
      documentNumber: Line(40),
      photoIds: z.array(Id).min(1).max(2),
    }),
    response: IdentityView,
    errors: ['CONSENT_MISSING', 'DOCUMENT_INVALID', 'PHOTO_MISSING'],
  },
  'POST /api/me/verification/on-site': {
    summary: 'No ID card at hand: the booking is done on site',
    who: ['student'],
    limit: 'verification',
    body: z.strictObject({ campaignId: Id, reason: z.enum(['lost_id', 'gave_up']) }),
    response: IdentityView,
  },
  'GET /api/me/identity': {
    summary: 'My identity: what is verified, what is left to do',
    who: ['student'],
    limit: 'read',
    query: z.strictObject({ campaignId: Id }),
    response: IdentityView,
  },
  'POST /api/me/enrolment': {
    summary: 'Find myself on the roster: by document, else by student number with the verified name',
    who: ['student'],
    limit: 'verification',
    body: z.strictObject({ campaignId: Id, studentNo: Line(30).optional() }),
    response: EnrolmentView,
    errors: ['NOT_VERIFIED', 'NOT_ON_ROSTER', 'STUDENT_TAKEN'],
  },
  'GET /api/me/enrolment': {
    summary: 'My enrolment data in a campaign',
    who: ['student'],
    limit: 'read',
    query: z.strictObject({ campaignId: Id }),
    response: EnrolmentView,
  },
  'POST /api/me/enrolment/:id/confirm': {
    summary: 'I confirm these enrolment data; `version` is the one that was shown',
    who: ['student'],
    limit: 'write',
    params: IdParams,
    body: z.strictObject({ version: z.int(), consentVersion: z.int().min(1) }),
    response: EnrolmentView,
    errors: ['CHANGED_MEANWHILE'],
  },
  'POST /api/me/enrolment/:id/corrections': {
    summary: 'Something is wrong: ask for a correction',
    who: ['student'],
    limit: 'write',
    params: IdParams,
    body: z.strictObject({
      field: z.enum(CORRECTABLE),
      proposed: Line(60),
      reason: Line(200),
      /** Of `POST /api/me/evidence-photos` */
      photoId: Id.optional(),
    }),
    response: EnrolmentView,
    errors: ['CORRECTION_AFTER_SHOT', 'PHOTO_MISSING'],
  },
  'PUT /api/me/enrolment/:id/collection-code': {
    summary: 'Deposit my 采集码 (the text of its QR), encrypted; null takes it back',
    who: ['student'],
    limit: 'write',
    params: IdParams,
    body: z.strictObject({ text: z.string().trim().min(8).max(4000).nullable() }),
    response: EnrolmentView,
    errors: ['CHANGED_MEANWHILE'],
  },
  'PUT /api/me/enrolment/:id/cannot-come': {
    summary: 'I cannot come that day (or I can after all): counted for the office, changes no booking',
    who: ['student'],
    limit: 'write',
    params: IdParams,
    body: z.strictObject({ cannotCome: z.boolean() }),
    response: EnrolmentView,
    errors: ['CHANGED_MEANWHILE'],
  },
} as const satisfies ContractPart;
