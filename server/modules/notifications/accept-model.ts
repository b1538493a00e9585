import { model, Schema } from 'mongoose';
import type { MessageKind } from '../../../shared/domain/messages';

/** What a student has subscribed to: one accept is one message. */
export interface Accept {
  /** account and kind */
  _id: string;
  accountId: string;
  kind: MessageKind;
  /** Where it was accepted last: whom an opening is announced to. */
  campaignId: string;
  schoolId: string;
  /** Messages that may still be sent, as far as we know. */
  left: number;
  /** The taps that are counted in `left`, newest last: the same tap twice is one accept. */
  nonces: string[];
  refusedAt: Date | null;
}

const schema = new Schema<Accept>(
  {
    _id: { type: String, required: true },
    accountId: { type: String, required: true },
    kind: { type: String, required: true },
    campaignId: { type: String, required: true },
    schoolId: { type: String, required: true },
    left: { type: Number, required: true },
    nonces: { type: [String], required: true },
    refusedAt: { type: Date, default: null },
  },
  { versionKey: false },
);
schema.index({ campaignId: 1, kind: 1, left: 1 });

export const Accepts = model<Accept>('Accept', schema, 'message_accepts');

export const acceptId = (accountId: string, kind: MessageKind): string => `${accountId}:${kind}`;
