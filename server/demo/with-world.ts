import mongoose from 'mongoose';
import { buildWorld } from '../build-world';
import { readEnv } from '../env';
import { createLog } from '../platform/log';
import { connectMongo, disconnectMongo } from '../platform/mongo/connect';
import type { World } from '../world';
import type { Stack } from './stack';

/** Does something through the use cases on a running stack's database, for what nobody could sign in to do yet. */
export async function withWorld<T>(stack: Stack, work: (world: World) => Promise<T>): Promise<T> {
  const env = readEnv({ ...stack.env, WORKER: 'off' });
  await connectMongo(env.MONGODB_URI);
  const { world, close } = await buildWorld(env, createLog('warn'));
  try {
    return await work(world);
  } finally {
    await close();
    await disconnectMongo();
    mongoose.connection.removeAllListeners();
  }
}
