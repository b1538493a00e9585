import { PassThrough } from 'node:stream';
import Router from '@koa/router';
import type { Context } from 'koa';
import { contract } from '../../../shared/contract';
import { shanghaiDay } from '../../../shared/domain/time';
import { AppError } from '../../errors';
import type { Actor, UserActor } from '../../http/actor';
import { whenClosed } from '../../http/when-closed';
import type { World } from '../../world';
import { findOwnCampaign } from '../campaigns/find-campaign';
import { liveBoard } from './live-board';

const LOOK_MS = 2_000;
/** Proxies drop what is silent for a minute. */
const SIGN_OF_LIFE_MS = 20_000;
/** Then the browser asks again, and is asked who it is. */
const LONGEST_MS = 10 * 60_000;

interface Channel {
  listeners: Set<PassThrough>;
  /** The last board sent. */
  last: string;
  timer: NodeJS.Timeout;
}

/**
 * The live board as server-sent events: `GET …/board/events` sends what `GET …/board` answers, at once and whenever it
 * has changed. However many look at a campaign, this process reads it once every two seconds.
 *
 * @param stopping ends every stream: a process that takes its leave waits for what is under way
 */
export function boardStream(
  world: World,
  authenticate: (ctx: Context) => Promise<Actor | null>,
  stopping: AbortSignal,
): Router {
  const channels = new Map<string, Channel>();
  const router = new Router();

  async function look(campaignId: string, channel: Channel): Promise<void> {
    const now = world.clock.now();
    const board = JSON.stringify(await liveBoard(campaignId, shanghaiDay(now), now));
    if (board === channel.last) return;
    channel.last = board;
    for (const listener of channel.listeners) listener.write(`data: ${board}\n\n`);
  }

  function channelOf(campaignId: string): Channel {
    const known = channels.get(campaignId);
    if (known) return known;
    let isLooking = false;
    const lookUnlessLooking = () => {
      if (isLooking) return;
      isLooking = true;
      look(campaignId, channel)
        .catch((error: unknown) => world.log.warn({ err: error }, 'live board not read'))
        .finally(() => {
          isLooking = false;
        });
    };
    const timer = setInterval(lookUnlessLooking, LOOK_MS).unref();
    const channel: Channel = { listeners: new Set(), last: '', timer };
    channels.set(campaignId, channel);
    lookUnlessLooking();
    return channel;
  }

  router.get('/api/console/campaigns/:id/board/events', async (ctx) => {
    const actor = await admitted(authenticate, ctx);
    const { _id } = await findOwnCampaign(actor, String(ctx.params.id));
    const channel = channelOf(_id);
    const stream = new PassThrough();
    ctx.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    ctx.body = stream;
    stream.write('retry: 3000\n\n');
    if (channel.last !== '') stream.write(`data: ${channel.last}\n\n`);
    channel.listeners.add(stream);
    const signs = setInterval(() => stream.write(': here\n\n'), SIGN_OF_LIFE_MS).unref();
    const end = () => stream.end();
    const ending = setTimeout(end, LONGEST_MS).unref();
    // The browser asks again, and finds another process.
    stopping.addEventListener('abort', end);
    whenClosed(ctx.res, () => {
      clearInterval(signs);
      clearTimeout(ending);
      stopping.removeEventListener('abort', end);
      channel.listeners.delete(stream);
      if (channel.listeners.size > 0) return;
      clearInterval(channel.timer);
      channels.delete(_id);
    });
  });
  return router;
}

/** As the contract's endpoint of the same board. @throws AppError NOT_SIGNED_IN, NOT_ALLOWED */
async function admitted(
  authenticate: (ctx: Context) => Promise<Actor | null>,
  ctx: Context,
): Promise<UserActor> {
  const actor = await authenticate(ctx);
  if (!actor) throw new AppError('NOT_SIGNED_IN');
  const who: readonly string[] = contract['GET /api/console/campaigns/:id/board'].who;
  if (actor.kind !== 'user' || !who.includes(actor.role)) throw new AppError('NOT_ALLOWED');
  return actor;
}
