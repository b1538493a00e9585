import { z } from 'zod';
import { MESSAGE_KINDS, type MessageKind } from '../../../shared/domain/messages';

/** What a template's field can be filled with. */
export const MESSAGE_FACTS = ['campaign', 'time', 'place', 'amount', 'note'] as const;
export type MessageFact = (typeof MESSAGE_FACTS)[number];

const template = z.strictObject({
  id: z.string().min(1),
  /** By the template's own field names: {"thing1": "campaign", "date2": "time"} */
  fields: z.record(z.string().regex(/^[a-z_]+\d{1,2}$/), z.enum(MESSAGE_FACTS)),
});

export type Templates = Partial<Record<MessageKind, z.output<typeof template>>>;

/** The setting MESSAGE_TEMPLATES: JSON by kind of message. What is not named is not sent. */
export const templatesSetting = z
  .string()
  .default('{}')
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: '不是 JSON' });
      return z.NEVER;
    }
  })
  .pipe(z.partialRecord(z.enum(MESSAGE_KINDS), template));
