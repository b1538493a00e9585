import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MongoClient, MongoServerError } from 'mongodb';
import { type EmbeddedMongo, startEmbeddedMongo } from '../../server/embedded-mongo/server';
import type { Clock } from '../../server/platform/clock';

export interface TestServer {
  readonly mongo: EmbeddedMongo;
  readonly client: MongoClient;
  readonly dataDir: string;
  readonly logged: string[];
  stop(): Promise<void>;
}

/** A clock the test turns. */
export class TestClock implements Clock {
  constructor(private time = new Date('2022-11-20T01:00:00Z').getTime()) {}

  now(): Date {
    return new Date(this.time);
  }

  advance(ms: number): void {
    this.time += ms;
  }
}

/** A server in this process with a folder of its own, and a client connected to it. */
export async function startTestServer(clock: Clock = new TestClock()): Promise<TestServer> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'embedded-mongo-'));
  const logged: string[] = [];
  const mongo = await startEmbeddedMongo({ dataDir, clock, log: (event) => logged.push(event) });
  const client = await new MongoClient(mongo.uri).connect();
  return {
    mongo,
    client,
    dataDir,
    logged,
    async stop() {
      await client.close();
      await mongo.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The code and message with which the server refuses; anything else fails the test. */
export async function refusal(attempt: Promise<unknown>): Promise<{ code: unknown; message: string }> {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof MongoServerError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('the server did not refuse');
}
