import { z } from 'zod';
import { type ContractPart, Instant } from './endpoint';
import { CONSENTS, EnrolmentView, IdentityView } from './verification';

/** What is kept about a student, and until when. Money is counted, not listed: the orders have a page of their own. */
export const MyData = z.object({
  identity: IdentityView,
  photos: z.array(z.object({ kind: z.enum(['id_front', 'id_back', 'evidence']), keptUntil: Instant })),
  consents: z.array(z.object({ kind: z.enum(CONSENTS), version: z.int(), at: Instant })),
  enrolments: z.array(EnrolmentView),
  bookings: z.int(),
  /** Why erasing has to wait; null when it need not. */
  erasureBlockedBy: z.enum(['active_booking']).nullable(),
});
export type MyData = z.infer<typeof MyData>;

export const privacy = {
  'GET /api/me/data': {
    summary: 'What is kept about me',
    who: ['student'],
    limit: 'read',
    response: MyData,
  },
  'POST /api/me/erasure': {
    summary:
      'Erase what I have given: photos, name and document, consents, 采集码, the tie to the roster. Orders stay, as the law on accounts asks',
    who: ['student'],
    limit: 'write',
    response: MyData,
    errors: ['ERASURE_TOO_EARLY'],
  },
} as const satisfies ContractPart;
