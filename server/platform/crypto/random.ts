import { randomBytes } from 'node:crypto';

/** Where unguessable bytes come from. Passed in, so that a test can be the dice. */
export type RandomBytes = (size: number) => Buffer;

export const secureRandom: RandomBytes = (size) => randomBytes(size);
