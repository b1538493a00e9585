import { type Connection, model, Schema } from 'mongoose';
import { type IRateLimiterMongoOptions, RateLimiterMongo } from 'rate-limiter-flexible';

interface Limit {
  key: string;
  points: number;
  /** On the machine's clock. */
  expire: Date | null;
}

const schema = new Schema<Limit>(
  { key: { type: String, required: true }, points: Number, expire: Date },
  { versionKey: false, autoCreate: false },
);
schema.index({ key: 1 }, { unique: true });
schema.index({ expire: 1 }, { expireAfterSeconds: 0 });

/** Its indexes are made with all others, so that none of the many limiters has to: `ensureIndexes`. */
export const Limits = model<Limit>('Limit', schema, 'shared_limits');

/** A limit that all instances count together. */
export const sharedLimiter = (
  connection: Connection,
  options: Omit<IRateLimiterMongoOptions, 'storeClient'>,
): RateLimiterMongo =>
  new RateLimiterMongo({
    ...options,
    storeClient: connection,
    tableName: Limits.collection.name,
    disableIndexesCreation: true,
  });
