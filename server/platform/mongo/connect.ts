import mongoose from 'mongoose';
import { LOSS_AWARE } from './loss-aware-connection';

/**
 * Connects mongoose for the whole process. Writes are acknowledged by the majority and from the journal.
 *
 * @param uri a replica set in production, the embedded database elsewhere
 * @throws when nothing answers within 10 s
 */
export async function connectMongo(
  uri: string,
  options: { poolSize?: number; monitorCommands?: boolean } = {},
): Promise<void> {
  mongoose.set('strictQuery', 'throw');
  mongoose.set('autoIndex', false);
  mongoose.set('autoCreate', false);
  await mongoose.connect(uri, {
    ...LOSS_AWARE,
    maxPoolSize: options.poolSize ?? 50,
    serverSelectionTimeoutMS: 10_000,
    socketTimeoutMS: 30_000,
    writeConcern: { w: 'majority', journal: true },
    readConcern: { level: 'majority' },
    monitorCommands: options.monitorCommands ?? false,
  });
}

/** Creates what is missing. An index that cannot be built stops the start: uniqueness is an index, never a check. */
export async function ensureIndexes(): Promise<void> {
  for (const model of Object.values(mongoose.models)) await model.createIndexes();
}

export const disconnectMongo = (): Promise<void> => mongoose.disconnect();

/** Whether the database answers within so many milliseconds. */
export async function answersWithin(milliseconds: number): Promise<boolean> {
  const { db } = mongoose.connection;
  if (!db) return false;
  const silence = new Promise<false>((resolve) => setTimeout(() => resolve(false), milliseconds).unref());
  // No answer, whatever its reason, is the answer that was asked for.
  const answer = db.command({ ping: 1 }).then(
    () => true,
    () => false,
  );
  return Promise.race([answer, silence]);
}
