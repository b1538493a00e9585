const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * A fresh name for a request or an intention (nonce). It has to be unique, not secret: who may do what is decided by
 * the session token.
 */
export function freshId(): string {
  let id = Date.now().toString(36);
  while (id.length < 24) id += LETTERS.charAt(Math.floor(Math.random() * LETTERS.length));
  return id;
}
