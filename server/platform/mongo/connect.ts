import { setTimeout as sleep } from 'node:timers/promises';
import type { IndexDescription } from 'mongodb';
import mongoose from 'mongoose';
import { isOutcomeUnknown } from './failures';
import { LOSS_AWARE } from './loss-aware-connection';

const NEVER_MIND_MS = 24 * 3_600_000;
/**
 * Of one process. Its commands take a processor longer than they take the database, so a few are under way at any time;
 * more would only be opened anew, each with its greetings, whenever the database is away for a moment.
 */
const POOL_SIZE = 20;
const INDEX_ATTEMPTS = 5;
const INDEX_AGAIN_MS = 200;

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
    maxPoolSize: options.poolSize ?? POOL_SIZE,
    serverSelectionTimeoutMS: 10_000,
    socketTimeoutMS: options.socketTimeoutMs ?? 30_000,
    writeConcern: { w: 'majority', journal: true },
    readConcern: { level: 'majority' },
    monitorCommands: options.monitorCommands ?? false,
  });
}

/**
 * Creates what is missing; where the connection is lost meanwhile, it begins anew. An index that cannot be built stops the
 * start: uniqueness is an index, never a check.
 */
export async function ensureIndexes(): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await buildIndexes();
    } catch (error) {
      if (!isOutcomeUnknown(error) || attempt === INDEX_ATTEMPTS) throw error;
      await sleep(INDEX_AGAIN_MS);
    }
  }
}

/**
 * While an index is built the database may be silent, on a million orders for minutes. So a connection of its own waits
 * without end for the answer, and does not ask meanwhile whether the database is still there: it would take its silence for
 * an answer.
 */
async function buildIndexes(): Promise<void> {
  const builder = mongoose.createConnection(connectedTo, {
    ...LOSS_AWARE,
    maxPoolSize: 1,
    serverSelectionTimeoutMS: 10_000,
    socketTimeoutMS: 0,
    heartbeatFrequencyMS: NEVER_MIND_MS,
  });
  try {
    await builder.asPromise();
    for (const { schema, collection } of Object.values(mongoose.models)) {
      const wanted = schema.indexes().map(([key, options]) => ({ key, ...options }) as IndexDescription);
      if (wanted.length > 0) await builder.collection(collection.name).createIndexes(wanted);
    }
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
