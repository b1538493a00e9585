import { createHash } from 'node:crypto';
import Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { type ContractKey, contract } from '../../shared/contract';
import type { Endpoint } from '../../shared/contract/endpoint';
import { AppError } from '../errors';
import { type Actor, actorName, type UserActor } from './actor';
import { readJson, readUpload } from './body';
import type { RateLimiters } from './rate-limit';
import type { Download, Routes } from './route';

/** How a person proves that they have their phone in hand. */
export interface SecondFactor {
  isEnrolled(actor: UserActor): Promise<boolean>;
  /** @throws AppError when the code does not count */
  take(actor: UserActor, given: { code: string; purpose: string }): Promise<void>;
}

export interface MountOptions {
  /** The actor of a request, or null; CSRF is its business too. @throws AppError NOT_SIGNED_IN, DEVICE_REVOKED */
  authenticate(ctx: Context): Promise<Actor | null>;
  rateLimiters: RateLimiters;
  secondFactor: SecondFactor;
  /** Outside production every answer is held against its contract. */
  checkAnswers: boolean;
}

/** Mounts every endpoint of the contract: who → how often → what → second factor → do → answer. */
export function mountContract(handlers: Required<Routes>, options: MountOptions): Router {
  const router = new Router();
  for (const key of Object.keys(contract) as ContractKey[]) {
    const endpoint: Endpoint = contract[key];
    const [method = '', path = ''] = key.split(' ');
    // Each handler fits its own endpoint; over all of them the type is the intersection, which no value has.
    const handler = handlers[key] as (call: unknown) => Promise<unknown>;
    router.register(path, [method.toLowerCase()], async (ctx) => {
      const actor = await admit(ctx, endpoint, options);
      ctx.state.actor = actor;
      const received = await receive(ctx, endpoint);
      if (actor?.kind === 'user')
        await askForCode(ctx, { key, endpoint, actor, body: received.body }, options);
      const answer = await handler({ ...received, actor, ctx });
      // A handler of a download answers with one: `Answer` in route.ts.
      if (endpoint.download) send(ctx, endpoint.download, answer as Download);
      else respond(ctx, endpoint, answer, options.checkAnswers);
    });
  }
  return router;
}

async function admit(ctx: Context, endpoint: Endpoint, options: MountOptions): Promise<Actor | null> {
  if (endpoint.who.includes('anyone')) {
    await options.rateLimiters.take(endpoint.limit, `address:${ctx.ip}`);
    return null;
  }
  const actor = await options.authenticate(ctx);
  if (!actor) throw new AppError('NOT_SIGNED_IN');
  if (!endpoint.who.includes(actor.role)) throw new AppError('NOT_ALLOWED');
  if (actor.kind === 'user' && actor.mustChangePassword && !endpoint.evenWithGivenPassword) {
    throw new AppError('PASSWORD_TO_CHANGE');
  }
  await options.rateLimiters.take(endpoint.limit, actorName(actor));
  return actor;
}

async function receive(ctx: Context, endpoint: Endpoint) {
  return {
    params: parsed(endpoint.params, ctx.params, 'NOT_FOUND'),
    query: parsed(endpoint.query ?? z.strictObject({}), { ...ctx.query }, 'BAD_REQUEST'),
    body: endpoint.body ? parsed(endpoint.body, await readJson(ctx, endpoint), 'BAD_REQUEST') : undefined,
    file: endpoint.upload ? await readUpload(ctx, endpoint.upload) : undefined,
  };
}

async function askForCode(
  ctx: Context,
  { key, endpoint, actor, body }: { key: string; endpoint: Endpoint; actor: UserActor; body: unknown },
  { secondFactor }: MountOptions,
): Promise<void> {
  if (!endpoint.secondFactor) return;
  if (endpoint.secondFactor === 'to-approve' && !approves(body)) return;
  if (endpoint.secondFactor === 'once-enrolled' && !(await secondFactor.isEnrolled(actor))) return;
  await secondFactor.take(actor, { code: ctx.get('x-code'), purpose: key });
}

const approves = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'decision' in body && body.decision === 'approve';

function parsed(schema: z.ZodType | undefined, value: unknown, code: 'BAD_REQUEST' | 'NOT_FOUND'): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  if (code === 'NOT_FOUND') throw new AppError('NOT_FOUND');
  throw new AppError('BAD_REQUEST', { fields: fieldProblems(result.error) });
}

/** Which fields are wrong and how; never the values, which may be personal. */
function fieldProblems(error: z.ZodError): Record<string, string> {
  return Object.fromEntries(
    error.issues.slice(0, 20).map((issue) => {
      const field = issue.path.join('.') || (issue.code === 'unrecognized_keys' ? issue.keys.join(',') : '');
      return [field.slice(0, 80), issue.code];
    }),
  );
}

function send(ctx: Context, contentType: string, { name, body }: Download): void {
  ctx.attachment(name);
  ctx.type = contentType;
  ctx.set('cache-control', 'no-store');
  ctx.body = body;
}

/** An answer that opens with the time of day is no new answer for that. */
const withoutClock = (body: string): string => body.replace(/^\{"now":"[^"]*",/, '{');

function respond(ctx: Context, endpoint: Endpoint, answer: unknown, check: boolean): void {
  if (!endpoint.response) {
    ctx.status = 204;
    return;
  }
  const body = JSON.stringify(check ? endpoint.response.parse(answer) : answer);
  ctx.type = 'json';
  ctx.set('cache-control', 'no-store');
  if (ctx.method === 'GET') {
    const etag = `"${createHash('sha1').update(withoutClock(body)).digest('base64url')}"`;
    ctx.set('etag', etag);
    // Not `ctx.fresh`: a browser's fetch with `no-store` says `no-cache`, for which Koa answers in full.
    if (ctx.get('if-none-match').includes(etag)) {
      ctx.status = 304;
      return;
    }
  }
  ctx.body = body;
}
