import { ApiError, hasCode } from './errors';

/** The person closed the question for a code: nothing was done, and they know. */
export class NotConfirmed extends Error {
  override readonly name = 'NotConfirmed';

  constructor() {
    super('没有输入验证码，什么都没有做');
  }
}

type AskedBecause = 'CODE_NEEDED' | 'AUTHENTICATOR_MISSING';

/** A request that waits for a code of the person's authenticator. */
export interface Asked {
  /** They have no authenticator yet. */
  isMissing: boolean;
  /** Sends it with a code. @throws ApiError when it is the code that was refused; the question stays */
  attempt: (code: string) => Promise<void>;
  giveUp: () => void;
}

let asked: Asked | null = null;
const listeners = new Set<() => void>();

/** The one question for a code, whichever page has asked to approve something. */
export const approval = {
  get: (): Asked | null => asked,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },

  isAskedFor: (error: unknown): error is ApiError & { code: AskedBecause } =>
    hasCode(error, 'CODE_NEEDED') || hasCode(error, 'AUTHENTICATOR_MISSING'),

  /** @returns the answer to the request. @throws NotConfirmed, and whatever the request throws but for its code */
  ask<T>(because: AskedBecause, send: (code: string) => Promise<T>): Promise<T> {
    asked?.giveUp();
    return new Promise((resolve, reject) => {
      set({
        isMissing: because === 'AUTHENTICATOR_MISSING',
        async attempt(code) {
          try {
            resolve(await send(code));
          } catch (error) {
            if (isAboutCode(error)) throw error;
            reject(error);
          }
          set(null);
        },
        giveUp() {
          reject(new NotConfirmed());
          set(null);
        },
      });
    });
  },
};

const isAboutCode = (error: unknown): boolean =>
  error instanceof ApiError && (error.code.startsWith('CODE_') || error.code === 'AUTHENTICATOR_MISSING');

function set(next: Asked | null): void {
  asked = next;
  for (const listener of listeners) listener();
}
