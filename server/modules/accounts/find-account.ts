import { type Account, Accounts } from './model';

/** Where WeChat reaches this account; null when it is gone. */
export async function openidOf(accountId: string): Promise<string | null> {
  const account = await Accounts.findById(accountId).lean<Account>();
  return account?.openid ?? null;
}
