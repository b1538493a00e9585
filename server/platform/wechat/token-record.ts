import { model, Schema } from 'mongoose';
import type { Sealer } from '../crypto/sealer';
import { duplicateKey } from '../mongo/failures';
import type { StoredToken, TokenStore } from './access-tokens';

interface TokenRecord {
  /** appid */
  _id: string;
  sealedToken?: string;
  expiresAt?: Date;
  leaseUntil: Date;
}

const schema = new Schema<TokenRecord>(
  {
    _id: { type: String, required: true },
    sealedToken: String,
    expiresAt: Date,
    leaseUntil: { type: Date, required: true },
  },
  { versionKey: false },
);
const Tokens = model<TokenRecord>('WeChatToken', schema, 'wechat_tokens');

const FREE = new Date(0);

/** Shares one mini-program's access token between instances through the database, sealed. */
export function tokenRecord(appid: string, sealer: Sealer): TokenStore {
  const place = { collection: 'wechat_tokens', recordId: appid, field: 'sealedToken' };
  return {
    async read(): Promise<StoredToken | undefined> {
      const record = await Tokens.findById(appid).lean<TokenRecord>();
      if (!record?.sealedToken || !record.expiresAt) return undefined;
      return { token: sealer.openText(record.sealedToken, place), expiresAt: record.expiresAt };
    },

    async write({ token, expiresAt }) {
      const sealedToken = sealer.sealText(token, place);
      await Tokens.updateOne(
        { _id: appid },
        { $set: { sealedToken, expiresAt }, $setOnInsert: { leaseUntil: FREE } },
        { upsert: true },
      );
    },

    async lease(now, until) {
      try {
        const change = { $set: { leaseUntil: until } };
        await Tokens.updateOne({ _id: appid, leaseUntil: { $lte: now } }, change, { upsert: true });
        return true;
      } catch (error) {
        // No free record matched and the insert met the taken one.
        if (duplicateKey(error)) return false;
        throw error;
      }
    },

    async release() {
      await Tokens.updateOne({ _id: appid }, { $set: { leaseUntil: FREE } });
    },
  };
}
