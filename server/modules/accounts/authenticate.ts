import type { Context } from 'koa';
import { LRUCache } from 'lru-cache';
import { AppError } from '../../errors';
import type { Actor } from '../../http/actor';
import { constantTimeEqual } from '../../platform/crypto/constant-time';
import { hashSessionToken } from '../../platform/crypto/session-token';
import { readById } from '../../platform/mongo/by-id';
import type { World } from '../../world';
import { isLeftAlone, noteUse } from './presence';
import { type Session, Sessions } from './session-model';

export const CONSOLE_COOKIE = 'console';
const CACHE_MS = 5_000;
const findSession = readById<Session>(Sessions);
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What the console sends back in `x-csrf-token`: bound to the session, of no use without its cookie. */
export const csrfTokenOf = (token: string): string => hashSessionToken(`csrf ${token}`);

/**
 * Phones send a bearer token. The console has a cookie, which a browser also sends for other sites' requests:
 * whatever changes something must carry the session's CSRF token as well.
 *
 * @returns a function from request to actor, null when nobody is signed in
 */
export function createAuthenticator(world: World): (ctx: Context) => Promise<Actor | null> {
  const cache = new LRUCache<string, Session>({ max: 20_000, ttl: CACHE_MS });

  return async (ctx) => {
    const credential = credentialOf(ctx);
    if (!credential) return null;
    const hash = hashSessionToken(credential.token);
    const session = cache.get(hash) ?? (await findSession(hash));
    if (!session || session.expiresAt <= world.clock.now()) return null;
    cache.set(hash, session, { noUpdateTTL: true });
    if (session.actor.kind === 'user' && credential.from !== 'cookie') return null;
    if (session.actor.kind !== 'user' && credential.from === 'cookie') return null;
    if (session.actor.kind !== 'user') return session.actor;
    if (isLeftAlone(world, session)) return null;
    const used = await noteUse(ctx, session);
    if (used !== session) cache.set(hash, used);
    return { ...session.actor, signedInAt: session.createdAt };
  };
}

/** A phone's session token as it was sent, '' when there is none. */
export const bearerToken = (ctx: Context): string =>
  /^Bearer ([\w-]{20,100})$/.exec(ctx.get('authorization'))?.[1] ?? '';

function credentialOf(ctx: Context): { token: string; from: 'cookie' | 'header' } | null {
  const bearer = bearerToken(ctx);
  if (bearer) return { token: bearer, from: 'header' };
  const cookie = ctx.cookies.get(CONSOLE_COOKIE);
  if (!cookie) return null;
  if (!SAFE_METHODS.has(ctx.method) && !constantTimeEqual(ctx.get('x-csrf-token'), csrfTokenOf(cookie))) {
    throw new AppError('NOT_SIGNED_IN');
  }
  return { token: cookie, from: 'cookie' };
}
