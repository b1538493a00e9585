import mongoose from 'mongoose';
import { LOSS_AWARE } from './loss-aware-connection';

const NEVER_MIND_MS = 24 * 3_600_000;

/** mongoose is one for the whole process, and so is what it is connected to. */
let connectedTo = '';

/**
 * Connects mongoose for the whole process. Writes are acknowledged by the majority and from the journal.
 *
 * @param uri a replica set in production, the embedded database elsewhere
 * @throws when nothing answers within 10 s
 */
export async function connectMongo(
  uri: string,
  options: { poolSize?: number; monitorCommands?: boolean; socketTimeoutMs?: number } = {},
): Promise<void> {
  mongoose.set('strictQuery', 'throw');
  mongoose.set('autoIndex', false);
  mongoose.set('autoCreate', false);
  connectedTo = uri;
  await mongoose.connect(uri, {
    ...LOSS_AWARE,
    maxPoolSize: options.poolSize ?? 50,
    serverSelectionTimeoutMS: 10_000,
    socketTimeoutMS: options.socketTimeoutMs ?? 30_000,
    writeConcern: { w: 'majority', journal: true },
    readConcern: { level: 'majority' },
    monitorCommands: options.monitorCommands ?? false,
  });
}

/**
 * Creates what is missing. An index that cannot be built stops the start: uniqueness is an index, never a check. While one
 * is built the database may be silent, on a million orders for minutes. So a connection of its own waits without end for the
 * answer, and does not ask meanwhile whether the database is still there: it would take its silence for an answer.
 */
export async function ensureIndexes(): Promise<void> {
  const builder = await mongoose
    .createConnection(connectedTo, {
      ...LOSS_AWARE,
      maxPoolSize: 1,
      serverSelectionTimeoutMS: 10_000,
      socketTimeoutMS: 0,
      heartbeatFrequencyMS: NEVER_MIND_MS,
    })
    .asPromise();
  try {
    for (const { modelName, schema, collection } of Object.values(mongoose.models))
      await builder.model(modelName, schema, collection.name).createIndexes();
  } finally {
    await builder.close();
  }
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
