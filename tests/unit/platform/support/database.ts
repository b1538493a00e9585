import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedMongo } from '../../../../server/embedded-mongo/server';
import type { Clock } from '../../../../server/platform/clock';
import { connectMongo, disconnectMongo, ensureIndexes } from '../../../../server/platform/mongo/connect';

export interface TestDatabase {
  close(): Promise<void>;
}

/** A database of its own, connected and with the indexes of the models that the test has imported. */
export async function openTestDatabase(clock: Clock): Promise<TestDatabase> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'platform-'));
  const mongo = await startEmbeddedMongo({ dataDir, clock });
  await connectMongo(mongo.uri);
  await ensureIndexes();
  return {
    async close() {
      await disconnectMongo();
      await mongo.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
