import { createContext, useContext, useSyncExternalStore } from 'react';
import type { ConsoleUser } from '../../../shared/contract/accounts';
import { type SessionState, session } from '../api/session';
import { type GuardedKey, may } from './permissions';

export const useSession = (): SessionState => useSyncExternalStore(session.subscribe, session.get);

export const UserContext = createContext<ConsoleUser | null>(null);

/** The person at the console. Only below the sign-in. */
export function useUser(): ConsoleUser {
  const user = useContext(UserContext);
  if (!user) throw new Error('nobody is signed in');
  return user;
}

/** Whether the person may call an endpoint at all. */
export function useMay(): (key: GuardedKey) => boolean {
  const { role } = useUser();
  return (key) => may(role, key);
}
