import { model, Schema } from 'mongoose';

/** A WeChat user of our mini-program. Who that is in life, the verification module knows. */
export interface Account {
  _id: string;
  openid: string;
  unionid?: string;
  createdAt: Date;
}

const schema = new Schema<Account>(
  {
    _id: { type: String, required: true },
    openid: { type: String, required: true },
    unionid: String,
    createdAt: { type: Date, required: true },
  },
  { versionKey: false },
);
schema.index({ openid: 1 }, { unique: true });

export const Accounts = model<Account>('Account', schema, 'accounts');
