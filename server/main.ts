import http from 'node:http';
import type { AddressInfo } from 'node:net';
import mongoose from 'mongoose';
import { createApp } from './app';
import { buildWorld } from './build-world';
import { registerEffects } from './effects';
import { readEnv, SettingsError } from './env';
import { startJobs } from './jobs';
import { checkMerchants } from './modules/campaigns/check-merchants';
import { watchCrashPoints } from './platform/crash-points';
import { SettingError } from './platform/crypto/settings';
import { createLog } from './platform/log';
import { connectMongo, disconnectMongo, ensureIndexes } from './platform/mongo/connect';

const STOP_WITHIN_MS = 15_000;
/** A request may wait 8 s for WeChat. What has not ended after this is cut, so that jobs and effects can end too. */
const CUT_AFTER_MS = 10_000;

/** Reads the settings, connects, listens, and stops cleanly: no new requests, running ones finished, jobs ended. */
async function main(): Promise<void> {
  const env = readEnv(process.env);
  const log = createLog(env.LOG_LEVEL);
  const crashPoints = env.CRASH_POINTS === 'on';
  await connectMongo(env.MONGODB_URI, { monitorCommands: crashPoints });
  if (crashPoints) watchCrashPoints(mongoose.connection.getClient());
  await ensureIndexes();
  const { world, close } = await buildWorld(env, log);
  await checkMerchants(world);
  registerEffects(world);
  world.metrics.watchOverdue(() => world.effects.overdueSeconds());
  const stopping = new AbortController();
  const server = http.createServer(createApp(world, stopping.signal).callback());
  server.requestTimeout = 30_000;
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(env.PORT, env.HOST, resolve);
  });
  const jobs = env.WORKER === 'on' ? startJobs(world, env.BILLS_EVERY_S * 1000) : null;
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ ready: true, url: `http://${env.HOST}:${port}` })}\n`);

  const stop = async () => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), CUT_AFTER_MS).unref();
    });
    await jobs?.stop();
    await world.effects.settle();
    await close();
    await disconnectMongo();
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  const told = error instanceof SettingsError || error instanceof SettingError ? error.message : error;
  console.error(told);
  process.exit(1);
});
