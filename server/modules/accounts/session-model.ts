import { model, Schema } from 'mongoose';
import type { Actor } from '../../http/actor';

/** A sign-in. The token itself is only with the client; here stands its hash. */
export interface Session {
  _id: string;
  actor: Actor;
  /** `actorName` of the actor: revoking deletes by it. */
  who: string;
  createdAt: Date;
  expiresAt: Date;
  /** When somebody last touched the console, on the real clock; a phone has none. */
  usedAt?: Date;
}

const schema = new Schema<Session>(
  {
    _id: { type: String, required: true },
    actor: { type: Schema.Types.Mixed, required: true },
    who: { type: String, required: true },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    usedAt: { type: Date },
  },
  { versionKey: false },
);
schema.index({ who: 1 });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const Sessions = model<Session>('Session', schema, 'sessions');
