import { LRUCache } from 'lru-cache';

/** What many ask for and what rarely changes. */
export interface Remembered<T> {
  /**
   * What is known of `key`, or else what `read` finds: when thousands ask in the moment in which it has grown too old, one
   * of them reads for all. What failed is not remembered.
   */
  get(key: string, read: () => PromiseLike<T>): Promise<T>;
  /** Whoever asks from now on hears nothing older, also not from a read that is under way. */
  forget(key: string): void;
  /** What this process has just changed of it; the rest stays as old as it is. */
  amend(key: string, change: (known: T) => T): void;
}

/**
 * @param max how many keys; those that were not asked for the longest make way
 * @param ttlMs how old an answer may be, on the machine's clock from when its read began
 */
export function createRemembered<T>({ max, ttlMs }: { max: number; ttlMs: number }): Remembered<T> {
  const answers = new LRUCache<string, Promise<T>>({ max, ttl: ttlMs });

  /** @returns `answer`, which is forgotten if it turns out to be none */
  const keep = (key: string, answer: Promise<T>, { noUpdateTTL = false } = {}): Promise<T> => {
    answers.set(key, answer, { noUpdateTTL });
    answer.catch(() => {
      if (answers.peek(key) === answer) answers.delete(key);
    });
    return answer;
  };

  return {
    // A query of mongoose is not a promise yet, and runs once for each that asks it to be one.
    get: (key, read) => answers.get(key) ?? keep(key, (async () => read())()),
    forget(key) {
      answers.delete(key);
    },
    amend(key, change) {
      const known = answers.get(key);
      if (known) keep(key, known.then(change), { noUpdateTTL: true });
    },
  };
}
