import { AppError } from '../../errors';
import type { StudentActor } from '../../http/actor';
import { duplicateKey } from '../../platform/mongo/failures';
import { WeChatError } from '../../platform/wechat/errors';
import type { World } from '../../world';
import { type Account, Accounts } from './model';
import { beginSession } from './sign-in';

/** The code of wx.login becomes an account and a session. The session key of WeChat stays out of it all. */
export async function loginWeChat(
  world: World,
  code: string,
): Promise<{ token: string; expiresAt: Date; actor: StudentActor }> {
  const { openid, unionid } = await exchange(world, code);
  const account = await findOrCreate(world, openid, unionid);
  const actor = { kind: 'student', role: 'student', accountId: account._id, openid } as const;
  return { ...(await beginSession(world, actor)), actor };
}

async function exchange(world: World, code: string) {
  try {
    return await world.wechat.code2Session(code);
  } catch (cause) {
    if (cause instanceof WeChatError && cause.kind === 'refused')
      throw new AppError('LOGIN_FAILED', {}, { cause });
    if (cause instanceof WeChatError) throw new AppError('UPSTREAM_UNAVAILABLE', {}, { cause });
    throw cause;
  }
}

async function findOrCreate(world: World, openid: string, unionid: string | undefined): Promise<Account> {
  const known = await Accounts.findOne({ openid }).lean<Account>();
  if (known) return known;
  const account: Account = {
    _id: world.ids.id(),
    openid,
    ...(unionid ? { unionid } : {}),
    createdAt: world.clock.now(),
  };
  try {
    await Accounts.create(account);
    return account;
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    // Two first logins at once: the other one was faster.
    const other = await Accounts.findOne({ openid }).lean<Account>();
    if (!other) throw error;
    return other;
  }
}
