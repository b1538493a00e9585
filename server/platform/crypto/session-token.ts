import { createHash } from 'node:crypto';
import { type RandomBytes, secureRandom } from './random';

const TOKEN_BYTES = 32;

/** What the client keeps: 256 unguessable bits, base64url. The database keeps only its hash. */
export const newSessionToken = (random: RandomBytes = secureRandom): string =>
  random(TOKEN_BYTES).toString('base64url');

/** SHA-256 suffices (no salt, no stretching): the token has nothing to guess. */
export const hashSessionToken = (token: string): string =>
  createHash('sha256').update(token).digest('base64url');
