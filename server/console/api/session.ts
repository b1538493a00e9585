import type { ConsoleUser } from '../../../shared/contract/accounts';
import { ApiError } from './errors';
import { send } from './send';

export type SessionState =
  | { kind: 'starting' }
  | { kind: 'signed_out' }
  | { kind: 'signed_in'; user: ConsoleUser }
  /** The person still sees the page; what they began waits until they sign in again. */
  | { kind: 'expired'; user: ConsoleUser };

let state: SessionState = { kind: 'starting' };
let csrfToken = '';
let recovery: { promise: Promise<boolean>; settle: (isBack: boolean) => void } | null = null;
const listeners = new Set<() => void>();

/** Who is signed in at this tab. The session itself is a cookie that no script can read. */
export const session = {
  get: (): SessionState => state,
  csrfToken: (): string => csrfToken,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },

  /** Takes over the session that the cookie has, if any. */
  async begin(): Promise<void> {
    try {
      enter(await send('GET /api/console/me', {}));
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      set({ kind: 'signed_out' });
    }
  },

  /** @throws ApiError WRONG_PASSWORD, ACCOUNT_LOCKED */
  async signIn(login: string, password: string): Promise<void> {
    enter(await send('POST /api/console/login', { body: { login, password } }));
  },

  /** @throws ApiError WRONG_PASSWORD, ACCOUNT_LOCKED, PASSWORD_TOO_WEAK */
  async changePassword(current: string, next: string): Promise<void> {
    enter(await send('POST /api/console/me/password', { body: { current, next } }, { csrfToken }));
  },

  async signOut(): Promise<void> {
    await send('POST /api/console/logout', {}, { csrfToken });
    this.forget();
  },

  /** Without asking the server: the session is over already. */
  forget(): void {
    csrfToken = '';
    set({ kind: 'signed_out' });
    recovery?.settle(false);
    recovery = null;
  },

  /**
   * After a 401: another tab may have signed in since (then only the CSRF token is old); else the person is asked to.
   *
   * @returns true when the same person is signed in again, so that the request may be sent once more
   */
  recover(): Promise<boolean> {
    if (recovery) return recovery.promise;
    let settle: (isBack: boolean) => void = () => undefined;
    const promise = new Promise<boolean>((resolve) => {
      settle = resolve;
    });
    recovery = { promise, settle };
    void send('GET /api/console/me', {}).then(enter, () => {
      if (state.kind === 'signed_in') set({ kind: 'expired', user: state.user });
      else this.forget();
    });
    return promise;
  },
};

function enter(signedIn: { user: ConsoleUser; csrfToken: string }): void {
  const before = state.kind === 'signed_in' || state.kind === 'expired' ? state.user : null;
  csrfToken = signedIn.csrfToken;
  set({ kind: 'signed_in', user: signedIn.user });
  recovery?.settle(before === null || before.id === signedIn.user.id);
  recovery = null;
}

function set(next: SessionState): void {
  state = next;
  for (const listener of listeners) listener();
}
