import { model, Schema } from 'mongoose';
import type { MESSAGE_STATES, WHY_NOT_SENT } from '../../../shared/contract/notifications';
import type { MessageKind } from '../../../shared/domain/messages';

/**
 * queued → sending → sent, or not_sent with the reason. `sending` outlives a crash: whoever takes it up again knows
 * that WeChat may have it already.
 */
export type MessageState = (typeof MESSAGE_STATES)[number];

/**
 * no_accept: never subscribed, until it was too late · refused: WeChat says so (43101) · template: ours is wrong ·
 * not_applicable: cancelled, photographed, moved on meanwhile · expired: too late to be news · in_doubt: a crash hid
 * WeChat's answer, and sending again could be a second message
 */
export type WhyNot = (typeof WHY_NOT_SENT)[number];

/** One message to one student: planned once, sent once. */
export interface Message {
  /** What it is about, "day_before:<booking>:<day>": planning it twice is one message. */
  _id: string;
  kind: MessageKind;
  schoolId: string;
  campaignId: string;
  accountId: string;
  /** The booking, order or campaign it is about. */
  subjectId: string;
  state: MessageState;
  whyNot: WhyNot | null;
  /** When it may go out at the earliest, or be looked at again. */
  dueAt: Date;
  /** The student has not subscribed yet: it goes out with the next accept. */
  waitsForAccept: boolean;
  /** From here on it is no longer news. */
  expiresAt: Date;
  attempts: number;
  plannedAt: Date;
  sentAt: Date | null;
  /** What was sent, by the template's fields; for the office to read. */
  fields: { [field: string]: string } | null;
}

const schema = new Schema<Message>(
  {
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    schoolId: { type: String, required: true },
    campaignId: { type: String, required: true },
    accountId: { type: String, required: true },
    subjectId: { type: String, required: true },
    state: { type: String, required: true },
    whyNot: { type: String, default: null },
    dueAt: { type: Date, required: true },
    waitsForAccept: { type: Boolean, required: true },
    expiresAt: { type: Date, required: true },
    attempts: { type: Number, required: true },
    plannedAt: { type: Date, required: true },
    sentAt: { type: Date, default: null },
    fields: { type: Schema.Types.Mixed, default: null },
  },
  { versionKey: false, minimize: false },
);
schema.index(
  { dueAt: 1 },
  { name: 'waiting_by_due', partialFilterExpression: { state: { $in: ['queued', 'sending'] } } },
);
schema.index({ campaignId: 1, plannedAt: -1, _id: -1 });
schema.index({ accountId: 1 });
schema.index(
  { accountId: 1, kind: 1 },
  { name: 'waiting_for_accept', partialFilterExpression: { waitsForAccept: true } },
);

export const Messages = model<Message>('Message', schema, 'messages');
