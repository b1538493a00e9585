import { type ApiClient, createApiClient } from '../../server/demo/api-client';
import { type Ground, type LaidStudent, layCampaign, layGround } from '../../server/demo/ground';
import { DEMO_PASSWORD } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { enrolDesk, phoneOf } from './crash/world';
import { type Loosening, prepareLoosening } from './loosened';
import { opening } from './opening';
import { startTestStack } from './stack';

/** Two API processes on one database, an open campaign, and a staff phone at each process. */
export interface TwoProcesses {
  stack: Stack;
  ground: Ground;
  campaignId: string;
  /** As a user of the console. */
  user(login: string): Promise<ApiClient>;
  /** The student's phone, talking to the n-th process. */
  phone(student: LaidStudent, n: number): ApiClient;
  /** A staff phone that talks to the n-th process. */
  desk(n: number): ApiClient;
  /** Does `work` while both processes go without a guard. */
  loosen: Loosening['loosen'];
  /** Runs `work` without a unique index, of the bookings unless told otherwise, removes what it let in, and builds the index again. */
  withoutIndex(name: string, work: () => Promise<void>, of?: string): Promise<void>;
  close(): Promise<void>;
}

export const openTwoProcesses = (): Promise<TwoProcesses> =>
  opening(async (closeLater) => {
    const { env, loosen } = prepareLoosening();
    const stack = await startTestStack({ apis: 2, env });
    closeLater(stack.stop);
    const ground = await layGround(stack);
    closeLater(ground.close);
    const campaignId = await layCampaign(ground);
    const url = (n: number) => stack.apis[n % 2]?.url ?? '';
    const user = async (login: string) => {
      const client = createApiClient(url(0));
      await client.signIn(login, DEMO_PASSWORD);
      return client;
    };
    const office = await user('office');
    const desks = [await enrolDesk(url(0), office, campaignId), await enrolDesk(url(1), office, campaignId)];
    return {
      stack,
      ground,
      campaignId,
      user,
      phone: (student, n) => phoneOf(url(n), student),
      desk(n) {
        const desk = desks[n % 2];
        if (!desk) throw new Error('no desk');
        return desk;
      },
      loosen,
      async withoutIndex(name, work, of = 'bookings') {
        const records = ground.db.collection(of);
        const index = (await records.indexes()).find((known) => known.name === name);
        if (!index) throw new Error(`no index ${name}`);
        const before = new Set(await records.distinct('_id'));
        await records.dropIndex(name);
        try {
          await work();
        } finally {
          const letIn = (await records.distinct('_id')).filter((id) => !before.has(id));
          await records.deleteMany({ _id: { $in: letIn } });
          const { key, v: _, ...options } = index;
          await records.createIndex(key, options);
        }
      },
      async close() {
        await ground.close();
        await stack.stop();
      },
    };
  });
