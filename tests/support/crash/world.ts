import { type ApiClient, createApiClient } from '../../../server/demo/api-client';
import {
  type Ground,
  type LaidStudent,
  layCampaign,
  layGround,
  laySession,
  layStudents,
} from '../../../server/demo/ground';
import { DEMO_PASSWORD } from '../../../server/demo/seed';
import type { Stack } from '../../../server/demo/stack';
import { opening } from '../opening';
import { startTestStack } from '../stack';
import { startVictim, type Victim } from './victim';

/** A campaign with two sessions, students who can book at once, staff and finance; and the process that will be killed. */
export interface CrashWorld {
  stack: Stack;
  ground: Ground;
  victim: Victim;
  campaignId: string;
  /** Same day and hour, two rooms. */
  sessions: readonly [string, string];
  office: ApiClient;
  maker: ApiClient;
  checker: ApiClient;
  /** The phone in the first session's room. */
  desk: ApiClient;
  /** A student whom nobody has been yet. */
  student(): Student;
  /** Office, maker and checker anew: a session at the console ends with the week. */
  signInAll(): Promise<void>;
  /** Demo time goes by. */
  pass(minutes: number): Promise<void>;
  close(): Promise<void>;
}

export interface Student extends LaidStudent {
  api: ApiClient;
}

export const ROOM = 'C区202';
const STUDENTS = 600;
const LOGINS = [
  ['office', 'office'],
  ['maker', 'finance1'],
  ['checker', 'finance2'],
] as const;

/** @param settings of the process that will be killed */
export const openCrashWorld = (settings: Record<string, string> = {}): Promise<CrashWorld> =>
  opening(async (closeLater) => {
    const stack = await startTestStack({ apis: 0 });
    closeLater(stack.stop);
    const ground = await layGround(stack);
    closeLater(ground.close);
    const campaignId = await layCampaign(ground, { timetableKeptUntil: new Date('2100-01-01') });
    const sessions = [
      await laySession(ground, { campaignId, capacity: STUDENTS, room: ROOM }),
      await laySession(ground, { campaignId, capacity: STUDENTS, room: 'C区203' }),
    ] as const;
    const students = await layStudents(ground, { campaignId, sessionId: sessions[0] }, STUDENTS);
    const victim = await startVictim(stack, settings);
    const user = () => createApiClient(victim.url);
    const people = { office: user(), maker: user(), checker: user() };
    const signInAll = async () => {
      for (const [who, login] of LOGINS) await people[who].signIn(login, DEMO_PASSWORD);
    };
    await signInAll();
    return {
      stack,
      ground,
      victim,
      campaignId,
      sessions,
      ...people,
      signInAll,
      desk: await enrolDesk(victim.url, people.office, campaignId),
      student() {
        const laid = students.pop();
        if (!laid) throw new Error('every student has been somebody');
        return { ...laid, api: phoneOf(victim.url, laid) };
      },
      pass: async (minutes) => {
        await stack.sandbox.advance(minutes * 60_000);
      },
      async close() {
        await ground.close();
        await stack.stop();
      },
    };
  });

export function phoneOf(url: string, { token }: LaidStudent): ApiClient {
  const api = createApiClient(url);
  api.carryToken(token);
  return api;
}

/** A staff phone for every room of the campaign. */
export async function enrolDesk(url: string, office: ApiClient, campaignId: string): Promise<ApiClient> {
  const { code } = await office.call('POST /api/console/campaigns/:id/devices', {
    params: { id: campaignId },
    body: { label: '一号机', rooms: [] },
  });
  const desk = createApiClient(url);
  desk.carryToken((await desk.call('POST /api/staff/enrol', { body: { code, label: '一号机' } })).token);
  return desk;
}
