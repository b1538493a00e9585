import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { type Proof, prove } from '../checker/prove';
import { type LaidStudent, layCampaign, layGround, laySession, layStudents } from '../demo/ground';
import { firstApi } from '../demo/seed';
import type { Stack } from '../demo/stack';
import { percentiles } from '../rehearsal/latencies';
import { type ApiLoad, watchApi } from './watch-api';

export interface Rush {
  students: number;
  places: number;
  booked: number;
  soldOut: number;
  /** Answers that are neither a place nor a refusal for want of one. */
  errors: number;
  requests: number;
  /** Lists answered with 304. */
  notModified: number;
  seconds: number;
  latencyMs: Record<'hold' | 'list', { p50: number; p99: number }>;
  api: ApiLoad;
  seats: Proof['seats'];
  /** What went wrong, in sentences; empty when all is well. */
  failures: string[];
}

const WITHIN_MS = 10_000;
const REFRESH_MS = 2_000;
const SESSION_PLACES = 50;
/** Fewer places than students, so that the end of a rush is played too. */
const PLACES_PER_STUDENT = 0.8;
const CONNECTIONS = 128;

/** All students open the list, refresh it, and press "book" at some moment of ten seconds; whoever finds the session full tries another. */
export async function rush(stack: Stack, students: number): Promise<Rush> {
  const ground = await layGround(stack);
  const campaignId = await layCampaign(ground);
  const sessionCount = Math.max(1, Math.ceil((students * PLACES_PER_STUDENT) / SESSION_PLACES));
  const phones: Phone[] = [];
  const seen: Seen = { hold: [], list: [], requests: 0, notModified: 0, errors: [] };
  const pool = new Pool(firstApi(stack), { connections: CONNECTIONS });
  for (let n = 0; n < sessionCount; n += 1) {
    const sessionId = await laySession(ground, { campaignId, capacity: SESSION_PLACES });
    const count = Math.floor((students * (n + 1)) / sessionCount) - Math.floor((students * n) / sessionCount);
    for (const student of await layStudents(ground, { campaignId, sessionId }, count))
      phones.push(createPhone(pool, seen, { student, campaignId, sessionId }));
  }

  const api = watchApi(firstApi(stack), stack.apis[0]?.pid ?? 0);
  const begun = performance.now();
  const ends = await Promise.all(phones.map((phone) => playRush(phone, Math.random() * WITHIN_MS)));
  const seconds = Math.round((performance.now() - begun) / 100) / 10;
  const load = await api.stop();
  await pool.close();
  await ground.close();
  const { seats, problems } = await prove({
    mongodbUri: stack.mongodbUri,
    sandboxControlUrl: stack.sandboxUrls.control,
  });

  const places = sessionCount * SESSION_PLACES;
  const booked = ends.filter((end) => end === 'booked').length;
  return {
    students,
    places,
    booked,
    soldOut: ends.filter((end) => end === 'sold_out').length,
    errors: seen.errors.length,
    requests: seen.requests,
    notModified: seen.notModified,
    seconds,
    latencyMs: { hold: percentiles(seen.hold), list: percentiles(seen.list) },
    api: load,
    seats,
    failures: [
      ...seen.errors.slice(0, 5),
      ...problems.slice(0, 5).map(({ subject, sentence }) => `${subject} ${sentence}`),
      ...differing('places given', booked, Math.min(places, students)),
      ...differing('places taken in the database', seats.taken, booked),
    ],
  };
}

const differing = (what: string, actual: number, expected: number): string[] =>
  actual === expected ? [] : [`${what}: ${actual}, expected ${expected}`];

interface Seen {
  hold: number[];
  list: number[];
  requests: number;
  notModified: number;
  errors: string[];
}

interface Phone {
  own: string;
  /** The sessions with places left, as the list last said. */
  refresh(): Promise<string[]>;
  book(sessionId: string): Promise<'booked' | 'full' | 'error'>;
}

async function playRush(phone: Phone, pressAt: number): Promise<'booked' | 'sold_out' | 'error'> {
  let open = await phone.refresh();
  for (let waited = 0; waited < pressAt; waited += REFRESH_MS) {
    await sleep(Math.min(REFRESH_MS, pressAt - waited));
    open = await phone.refresh();
  }
  let choice: string | undefined = phone.own;
  while (choice !== undefined) {
    const answer = await phone.book(choice);
    if (answer !== 'full') return answer;
    open = await phone.refresh();
    choice = open[Math.floor(Math.random() * open.length)];
  }
  return 'sold_out';
}

function createPhone(
  pool: Pool,
  seen: Seen,
  { student, campaignId, sessionId }: { student: LaidStudent; campaignId: string; sessionId: string },
): Phone {
  let etag = '';
  let open: string[] = [];
  const send = async (kind: 'hold' | 'list', method: 'GET' | 'POST', path: string, body?: string) => {
    const begun = performance.now();
    const answer = await pool.request({
      method,
      path,
      headers: {
        authorization: `Bearer ${student.token}`,
        ...(kind === 'list' ? { 'if-none-match': etag } : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
    });
    const text = await answer.body.text();
    seen[kind].push(performance.now() - begun);
    seen.requests += 1;
    return { status: answer.statusCode, headers: answer.headers, text };
  };
  return {
    own: sessionId,
    async refresh() {
      const { status, headers, text } = await send(
        'list',
        'GET',
        `/api/me/sessions?campaignId=${campaignId}`,
      );
      if (status === 304) seen.notModified += 1;
      else if (status === 200) {
        etag = String(headers.etag ?? '');
        const { sessions } = JSON.parse(text) as { sessions: { id: string; left: number }[] };
        open = sessions.filter(({ left }) => left > 0).map(({ id }) => id);
      } else seen.errors.push(`the list answered ${status}: ${text.slice(0, 200)}`);
      return open;
    },
    async book(wanted) {
      const body = JSON.stringify({ sessionId: wanted });
      const { status, text } = await send('hold', 'POST', '/api/me/bookings', body);
      if (status === 200) return 'booked';
      if (status === 409 && text.includes('SOLD_OUT')) return 'full';
      seen.errors.push(`a hold answered ${status}: ${text.slice(0, 200)}`);
      return 'error';
    },
  };
}
